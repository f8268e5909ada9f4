# shellcheck shell=bash
# Sourced by what builds the program for the browser: how far it is, for the page that waits for it.

# report STATE PERCENT TEXT: for who looks on, and into the file that MUSTER_PROGRESS names: whole, so that a reader never sees half.
report() {
    if [ "$1" = building ] && [ $(($2 % 5)) = 0 ]; then printf 'wasm: %3d %% %s\n' "$2" "$3" >&2; fi
    [ -n "${MUSTER_PROGRESS:-}" ] || return 0
    printf '{"state":"%s","percent":%d,"text":"%s"}\n' "$1" "$2" "${3//[\"\\]/}" >"$MUSTER_PROGRESS.new"
    mv "$MUSTER_PROGRESS.new" "$MUSTER_PROGRESS"
}

# ninja_with FROM TO WHAT LOG ARGUMENT…: builds, and reports its share of the whole as percent.
ninja_with() {
    local from=$1 to=$2 what=$3 log=$4 line last=-1 percent
    shift 4
    NINJA_STATUS='[%f/%t] ' ninja "$@" 2>&1 | while IFS= read -r line; do
        printf '%s\n' "$line" >>"$log"
        if [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]]; then
            percent=$((from + (to - from) * BASH_REMATCH[1] / BASH_REMATCH[2]))
            if [ "$percent" != "$last" ]; then report building "$percent" "$what"; last=$percent; fi
        fi
    done
}
