# muster_font(IN OUT CODEPOINTS): a font with the characters that are named, as U+0020-024F,U+2022,… alone: the rest would be two
# thirds of the program that a browser fetches. Made once for each list and font.
find_package(Python3 REQUIRED COMPONENTS Interpreter)

function(muster_font in out points)
    file(SHA256 "${in}" hash)
    # Features: kerning and marks, contextual forms, and figures of one width, which columns of numbers use. All names: the weights are
    # one family by those that fontTools leaves out otherwise.
    set(options --layout-features=kern,mark,mkmk,ccmp,locl,calt,tnum "--name-IDs=*" --no-hinting --notdef-outline)
    string(SHA256 key "${hash} ${points} ${options}")
    if(EXISTS "${out}" AND EXISTS "${out}.key")
        file(READ "${out}.key" made)
        if(made STREQUAL key)
            return()
        endif()
    endif()
    execute_process(
        COMMAND "${Python3_EXECUTABLE}" -m fontTools.subset "${in}" "--unicodes=${points}" "--output-file=${out}" ${options}
        RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "The font ${in} could not be cut down (is python3-fonttools installed?):\n${output}")
    endif()
    file(WRITE "${out}.key" "${key}")
endfunction()
