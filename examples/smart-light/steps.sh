# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by run.sh and run-worker.sh: how to start something, to wait for it, and to end it by its id.
# shellcheck shell=bash disable=SC2317 # functions are called by name

cache=${XDG_CACHE_HOME:-$HOME/.cache}/muster

die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }
ok() { printf 'ok    %s\n' "$*"; }
pause() { sleep 0.1; }

# program NAME GIVEN: the path of a program of Muster: the given one, what ./run-dev.sh built in this checkout, or the installed one.
program() {
    local path=${2:-$cache/build/dev-$(printf %s "$checkout" | sha256sum | cut -c1-8)/bin/$1}
    [ -x "$path" ] || path=$(command -v "$1") || return 1
    printf '%s\n' "$path"
}

taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_ports HOW-MANY: below those that systems give to outgoing connections, so that they are free the next time as well
free_ports() {
    local port found=()
    for ((port = 8440 + RANDOM % 400 * 10; ${#found[@]} < $1 && port < 32000; ++port)); do
        taken "$port" || found+=("$port")
    done
    echo "${found[@]}"
}

# stop PID: asks it to end, and makes it after five seconds
stop() {
    [ -n "$1" ] || return 0
    kill -TERM "$1" 2>/dev/null || :
    for _ in {1..50}; do
        kill -0 "$1" 2>/dev/null || return 0
        pause
    done
    kill -KILL "$1" 2>/dev/null || :
}

# wait_for SECONDS PID LOG WHAT CONDITION…
wait_for() {
    local until=$((SECONDS + $1)) pid=$2 log=$3 what=$4
    shift 4
    until "$@" 2>/dev/null; do
        kill -0 "$pid" 2>/dev/null || die "$what ended: $(tail -n 5 "$log")"
        [ $SECONDS -lt "$until" ] || die "$what does not answer: see $log"
        pause
    done
}

# api …: curl with the API key, which it reads: arguments are seen by everybody on the machine
api() { curl -fsS -K <(printf 'header = "Authorization: Bearer %s"\n' "$MUSTER_API_KEY") "$@"; }
api_json() { api -H 'Content-Type: application/json' "$@"; }
