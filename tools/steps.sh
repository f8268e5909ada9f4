# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the scripts that do long things step by step.
# shellcheck shell=bash

# Says every half minute how far a log has come, until its own input ends.
say_progress() {
    local code
    while :; do
        code=0
        read -r -t "${2:-30}" || code=$?
        [ $code -gt 128 ] || return 0
        printf '        … %s\n' "$(tail -n 1 "$1" 2>/dev/null | tr '\r' '\n' | tail -n 1 | cut -c1-120)"
    done
}

# logged LOG COMMAND…: runs a command with its output in a log, and says how far it is while it takes long.
logged() {
    local log=$1 code=0 pipe
    shift
    exec {pipe}> >(say_progress "$log" "${MUSTER_PROGRESS_SECONDS:-30}")
    "$@" >"$log" 2>&1 </dev/null {pipe}>&- || code=$?
    exec {pipe}>&-
    return $code
}
