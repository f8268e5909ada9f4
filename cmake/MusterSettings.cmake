# What holds for every target of ours.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
if(NOT EMSCRIPTEN)
    set(CMAKE_POSITION_INDEPENDENT_CODE ON)
endif()
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

find_program(CCACHE ccache)
if(CCACHE)
    # What is precompiled carries times and macros with it, which ccache would otherwise be too careful about.
    set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros "${CCACHE}")
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror)
# A designated initializer that leaves a member out means its default: that is what they are for.
add_compile_options(-Wno-missing-field-initializers)
add_compile_definitions(
    MUSTER_VERSION="${PROJECT_VERSION}"
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_FOREACH QT_NO_CONTEXTLESS_CONNECT
    QT_DISABLE_DEPRECATED_UP_TO=0x060800)
if(NOT EMSCRIPTEN)
    add_link_options(LINKER:--as-needed)
    # Links a test of the windows in 0.4 s where GNU's takes 2.6. Debian names it with its version; its own folder does not.
    find_program(MUSTER_LLD NAMES ld.lld ld.lld-19 ld.lld-18)
    if(MUSTER_LLD AND CMAKE_SYSTEM_NAME STREQUAL "Linux" AND NOT CMAKE_INTERPROCEDURAL_OPTIMIZATION)
        file(REAL_PATH "${MUSTER_LLD}" lld)
        cmake_path(GET lld PARENT_PATH lld)
        add_link_options(-fuse-ld=lld "-B${lld}")
    endif()
endif()
include_directories("${CMAKE_SOURCE_DIR}")

if(MUSTER_PRECOMPILE)
    # Programs are compiled as libraries are, so that both can use the same headers; they are linked as before.
    set(CMAKE_CXX_COMPILE_OPTIONS_PIE -fPIC)
    # What ccache needs to know a precompiled header again.
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        add_compile_options(-fpch-preprocess)
    else()
        add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
    endif()
endif()
if(MUSTER_SANITIZE)
    add_compile_options(-fsanitize=${MUSTER_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${MUSTER_SANITIZE})
endif()
if(MUSTER_FUZZ)
    # The fuzzers steer by what their inputs reach: all that they call has to be counted. Costs the tests nothing that could be measured.
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
