# What turns Clang's addresses into lines: Debian names it with its version, where nothing looks for it.
set(symbolizer "")
if(MUSTER_SANITIZE AND CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    string(REGEX MATCH "^[0-9]+" clang_version "${CMAKE_CXX_COMPILER_VERSION}")
    find_program(MUSTER_SYMBOLIZER NAMES llvm-symbolizer llvm-symbolizer-${clang_version} REQUIRED)
    set(symbolizer ";ASAN_SYMBOLIZER_PATH=${MUSTER_SYMBOLIZER}")
endif()

# A test of ours that another build has as well need not be compiled twice; checkers of its source read what moc made of it.
set(MUSTER_TESTS_BUT "" CACHE PATH "The folder of another build, whose tests are not built here unless they are named")
set(elsewhere "")
if(MUSTER_TESTS_BUT)
    file(STRINGS "${MUSTER_TESTS_BUT}/tests.txt" elsewhere)
    add_custom_target(muster_mocs ALL)
endif()

# muster_test(NAME SOURCES a.cpp … LIBRARIES x y … [POSTGRES]): one Qt Test program, registered with ctest under its name; with POSTGRES
# once more as NAME_postgres, where its stores are in PostgreSQL (server/tests/storeplace.h).
# The program's source ends with MUSTER_TEST(Class) (tests/support/testcase.h), which makes any unexpected warning a failure.
function(muster_test name)
    if(NOT MUSTER_TESTS)
        return()
    endif()
    cmake_parse_arguments(TEST "POSTGRES" "" "SOURCES;LIBRARIES;LABELS" ${ARGN})
    qt_add_executable(${name} ${TEST_SOURCES})
    target_link_libraries(${name} PRIVATE ${TEST_LIBRARIES} MusterTestSupport Qt6::Test)
    target_compile_definitions(${name} PRIVATE MUSTER_SOURCE_DIR="${CMAKE_SOURCE_DIR}" MUSTER_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
    # A test of screens names their plugins by hand: nothing is to be searched for.
    set_target_properties(${name} PROPERTIES QT_QML_MODULE_NO_IMPORT_SCAN TRUE)
    add_test(NAME ${name} COMMAND ${name})
    set_property(GLOBAL APPEND PROPERTY MUSTER_TEST_NAMES ${name})
    if(name IN_LIST elsewhere)
        set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL TRUE)
        add_dependencies(muster_mocs ${name}_autogen)
    endif()
    # Sanitizers make everything several times slower; a test that hangs is found all the same.
    set(limit 120)
    if(MUSTER_SANITIZE)
        set(limit 600)
        target_compile_definitions(${name} PRIVATE MUSTER_SLOW_TESTS)
    endif()
    set(variables "QT_QPA_PLATFORM=offscreen;QT_LOGGING_RULES=*.debug=false\;muster.contract.warning=true\;qt.sql.postgresql.warning=false;ASAN_OPTIONS=detect_leaks=1;LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/support/lsan.supp:print_suppressions=0;TSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/support/tsan.supp${symbolizer}")
    set_tests_properties(${name} PROPERTIES TIMEOUT ${limit} LABELS "${TEST_LABELS}" ENVIRONMENT "${variables}")
    if(TEST_POSTGRES)
        add_test(NAME ${name}_postgres COMMAND ${name})
        set_tests_properties(${name}_postgres PROPERTIES
            TIMEOUT ${limit} LABELS "${TEST_LABELS}" ENVIRONMENT "${variables};MUSTER_TEST_POSTGRES=1")
    endif()
endfunction()
