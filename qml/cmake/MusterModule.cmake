# muster_module(NAME …): one folder of the dashboard. Its path below qml/ is its name as a QML module: qml/Muster/Charts is Muster.Charts.
#
#   USES       modules of this dashboard that it imports: ground modules, and few features (tools/check/arrows knows which)
#   QML        its screens; SINGLETONS  those of them that exist once
#   SOURCES    its models in C++; types with QML_ELEMENT are known by the module's name
#   LIBRARIES  what else it links
#
# muster_feature(NAME …): the same for what one sees as a page or as a tab of one, which imports all of the ground by itself.
include(MusterTranslated)

set(MUSTER_GROUND Client Controls Charts Forms Frame Logs Server)

function(muster_module name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "USES;QML;SINGLETONS;SOURCES;LIBRARIES")
    set(target MusterQml${name})
    if(arg_SINGLETONS)
        set_source_files_properties(${arg_SINGLETONS} PROPERTIES QT_QML_SINGLETON_TYPE TRUE)
    endif()
    list(TRANSFORM arg_USES PREPEND "Muster." OUTPUT_VARIABLE uris)
    list(TRANSFORM arg_USES PREPEND "MusterQml" OUTPUT_VARIABLE used)
    qt_add_library(${target} STATIC)
    qt_add_qml_module(${target}
        ${qml_translation}
        URI Muster.${name}
        VERSION 1.0
        OUTPUT_DIRECTORY "${QT_QML_OUTPUT_DIRECTORY}/Muster/${name}"
        IMPORTS QtQuick
        DEPENDENCIES QtQuick.Controls.Basic QtQuick.Layouts QtQuick.Shapes ${uris}
        SOURCES ${arg_SOURCES}
        QML_FILES ${arg_QML})
    muster_join_translated(${target})
    target_link_libraries(${target} PUBLIC MusterClient ${used} ${arg_LIBRARIES} Qt6::Quick Qt6::QuickControls2)
    # The registration that Qt writes names headers without their folder.
    target_include_directories(${target} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
    set_property(GLOBAL APPEND PROPERTY MUSTER_MODULES ${name})
    if(MUSTER_TESTS AND EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/tests/CMakeLists.txt")
        add_subdirectory(tests)
    endif()
endfunction()

function(muster_feature name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "USES;QML;SINGLETONS;SOURCES;LIBRARIES")
    muster_module(${name}
        USES ${MUSTER_GROUND} ${arg_USES} QML ${arg_QML} SINGLETONS ${arg_SINGLETONS} SOURCES ${arg_SOURCES} LIBRARIES ${arg_LIBRARIES})
endfunction()

# muster_dashboard(TARGET): what a program links to have all modules, with the header musterplugins.h that names their plugins. One
# source of the program includes it.
function(muster_dashboard target)
    get_property(modules GLOBAL PROPERTY MUSTER_MODULES)
    add_library(${target} INTERFACE)
    set(lines "// Written by muster_dashboard(): the modules are linked in.\n#pragma once\n\n#include <QtQml/QQmlExtensionPlugin>\n\n")
    foreach(name IN LISTS modules)
        target_link_libraries(${target} INTERFACE MusterQml${name} MusterQml${name}plugin)
        string(APPEND lines "Q_IMPORT_QML_PLUGIN(Muster_${name}Plugin)\n")
    endforeach()
    file(CONFIGURE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/plugins/musterplugins.h" CONTENT "${lines}" @ONLY)
    target_include_directories(${target} INTERFACE "${CMAKE_CURRENT_BINARY_DIR}/plugins")
endfunction()
