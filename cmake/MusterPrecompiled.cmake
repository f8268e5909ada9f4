# muster_precompile(DIRECTORY): every C++ target below it begins with the headers that most files read anyway, parsed once. Parsing
# them is more than half of what a file takes to compile. Names no header of ours: one change there would compile everything anew.
option(MUSTER_PRECOMPILE "Parse the headers that most files read once (a file that forgot one compiles all the same)" OFF)

if(MUSTER_PRECOMPILE)
    file(GENERATE OUTPUT "${CMAKE_BINARY_DIR}/precompiled.cpp" CONTENT "// CMake wants a source beside the headers.\n")
    add_library(MusterPrecompiled STATIC "${CMAKE_BINARY_DIR}/precompiled.cpp")
    target_link_libraries(MusterPrecompiled PRIVATE Qt6::Core)
    target_precompile_headers(MusterPrecompiled PRIVATE
        <QByteArray> <QDateTime> <QFuture> <QHash> <QJsonArray> <QJsonDocument> <QJsonObject> <QList> <QLoggingCategory> <QObject>
        <QPointer> <QString> <QStringList> <QTimer>
        <algorithm> <array> <chrono> <expected> <functional> <memory> <optional>)
endif()

function(muster_precompile directory)
    get_property(folders DIRECTORY "${directory}" PROPERTY SUBDIRECTORIES)
    foreach(folder IN LISTS folders)
        muster_precompile("${folder}")
    endforeach()
    get_property(targets DIRECTORY "${directory}" PROPERTY BUILDSYSTEM_TARGETS)
    foreach(target IN LISTS targets)
        get_target_property(type ${target} TYPE)
        get_target_property(libraries ${target} LINK_LIBRARIES)
        # Not plugins, which are told to be ones in every header, and not what is C.
        if(type MATCHES "STATIC_LIBRARY|EXECUTABLE" AND libraries MATCHES "Qt6::|Muster" AND NOT target MATCHES "plugin$|^MusterPrecompiled$")
            target_precompile_headers(${target} REUSE_FROM MusterPrecompiled)
        endif()
    endforeach()
endfunction()
