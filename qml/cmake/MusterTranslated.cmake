# muster_join_translated(TARGET): compiles together what Qt writes for a module: the C++ that its QML was translated to, eight files at
# a time, and what registers its types. Each is small and reads the same headers of Qt Qml, which are nearly all of its time. More at a time
# would make a change of one file dear.
function(muster_join_translated target)
    get_target_property(sources ${target} SOURCES)
    list(FILTER sources INCLUDE REGEX "/\\.rcc/qmlcache/.*_qml\\.cpp$|_qmltyperegistrations\\.cpp$")
    set(number 0)
    foreach(source IN LISTS sources)
        math(EXPR group "${number} / 8")
        set_source_files_properties("${source}" PROPERTIES UNITY_GROUP "qml${group}")
        math(EXPR number "${number} + 1")
    endforeach()
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()
