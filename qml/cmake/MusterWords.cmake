# The words of each language, out of qml/words/CODE.ts: the target muster_words makes ${CMAKE_BINARY_DIR}/words/CODE.qm. English (its
# plurals) is in every dashboard; MusterOtherWords brings the others along, for programs that do not fetch them.
find_program(MUSTER_LRELEASE NAMES lrelease HINTS /usr/lib/qt6/bin "${QT_HOST_PATH}/bin" REQUIRED NO_CMAKE_FIND_ROOT_PATH)

set(words "")
foreach(code IN ITEMS en de fr)
    set(source "${PROJECT_SOURCE_DIR}/qml/words/${code}.ts")
    set(target "${CMAKE_BINARY_DIR}/words/${code}.qm")
    add_custom_command(OUTPUT "${target}"
        COMMAND "${CMAKE_COMMAND}" -E make_directory "${CMAKE_BINARY_DIR}/words"
        COMMAND "${MUSTER_LRELEASE}" -silent "${source}" -qm "${target}"
        DEPENDS "${source}"
        COMMENT "Words: ${code}")
    set_source_files_properties("${target}" PROPERTIES QT_RESOURCE_ALIAS "${code}.qm")
    list(APPEND words "${target}")
endforeach()
add_custom_target(muster_words ALL DEPENDS ${words})

list(POP_FRONT words english)
qt_add_resources(MusterQmlClient english PREFIX /muster/words FILES "${english}")
qt_add_library(MusterOtherWords STATIC EXCLUDE_FROM_ALL)
qt_add_resources(MusterOtherWords others PREFIX /muster/words FILES ${words})
target_link_libraries(MusterOtherWords PUBLIC Qt6::Core)
add_dependencies(MusterQmlClient muster_words)
add_dependencies(MusterOtherWords muster_words)
