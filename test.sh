#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds Muster and runs every check.
#
#   ./test.sh                 everything: checks of the code, tests, whole-system tests, attacks on the server, the
#                             dashboard in a browser, sanitizers, a short fuzzing
#   ./test.sh --quick         build and unit tests alone
#   ./test.sh --long          as well: long fuzzing (10 minutes a target), 100 rounds of killing programs, attacks for
#                             longer, soak tests, static analysis, the windows with sanitizers, the release build; clazy and
#                             clang-tidy on every file
#   ./test.sh --keep-going    do not stop at the first step that fails
#
# A clone and nothing else is enough: tools/toolchain brings the rest. Everything is built in the cache
# (~/.cache/muster/build), with a log of each step in the build's folder "logs". The last line counts the tests.
# shellcheck disable=SC2317 # functions are called by name, through step
set -euo pipefail

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
cd "$checkout"
. tools/steps.sh
cache=${XDG_CACHE_HOME:-$HOME/.cache}/muster
name=$(printf %s "$checkout" | sha256sum | cut -c1-8)
dev=$cache/build/dev-$name
asan=$cache/build/sanitized-$name
release=$cache/build/release-$name
logs=$dev/logs
jobs=$(nproc)

quick=false long=false keep_going=false fuzz_seconds=12 sanitizers=asan
# Labels of tests that have a step of their own.
apart='^(system|interop|browser|hostile|soak)$'
# A machine without verdicts has hundreds of files to check: each run does as many as this many minutes take.
clazy=(--minutes 3) tidy=(--minutes 4) again=() but=(--but "$asan") elsewhere=$asan
for argument; do
    case $argument in
        --quick) quick=true elsewhere= ;;
        --long) long=true fuzz_seconds=600 sanitizers=asan-all clazy=(--all) tidy=(--all) again=(--all) but=() elsewhere= ;;
        --keep-going) keep_going=true ;;
        -h|--help) sed -n '3,/^set/p' "$0" | sed -e '/^set/d' -e 's/^# \{0,1\}//'; exit 0 ;;
        *) echo "test.sh: '$argument' is not an option (--help lists them)" >&2; exit 2 ;;
    esac
done

mkdir -p "$logs"
passed=0 failed=0 failures=() began=$SECONDS number=0

in_toolchain() { "$checkout/tools/toolchain" "$@"; }

# Adds the tests of a log to the count: ctest's, node's, or the step itself as one.
count() {
    local log=$1 code=$2 summary one two
    if summary=$(grep -E '[0-9]+ tests? failed out of [0-9]+' "$log" | tail -n 1) && [ -n "$summary" ]; then
        two=$(sed -E 's/.* ([0-9]+) tests? failed out of ([0-9]+).*/\1/' <<<"$summary")
        one=$(($(sed -E 's/.* failed out of ([0-9]+).*/\1/' <<<"$summary") - two))
    elif grep -q 'No tests were found' "$log"; then
        one=0 two=0
    else
        one=1 two=0
    fi
    # A step that failed has at least one failure, whatever its tests say.
    if [ "$code" != 0 ] && [ "$two" = 0 ]; then two=1; [ "$one" = 0 ] || one=$((one - 1)); fi
    passed=$((passed + one)) failed=$((failed + two))
}

finish() {
    local failure
    rejoin
    # Where something failed nobody waits half an hour for what nothing needs any more.
    [ ${#failures[@]} -gt 0 ] || rejoin behind
    grep -h '^unstable: ' "$logs"/[0-9]*.log || :
    for failure in "${failures[@]}"; do printf 'failed: %s\n' "$failure"; done
    printf 'test.sh: %d steps in %d min %02d s\n' "$number" $(((SECONDS - began) / 60)) $(((SECONDS - began) % 60))
    printf '%d passed, %d failed\n' "$passed" "$failed"
    [ "$failed" = 0 ]
    exit
}

# The time that all processors have had, and of it what they were busy; and how busy they have been since, for who looks for time.
processors() { awk '/^cpu / { print $2 + $3 + $4 + $5 + $6 + $7 + $8, $2 + $3 + $4 + $7 + $8 }' /proc/stat 2>/dev/null || echo 0 0; }
busy_since() { # busy_since BEFORE
    echo "$1 $(processors)" | awk '{ if ($3 - $1 >= 1000) printf " (processors %d %% busy)", 100 * ($4 - $2) / ($3 - $1) }'
}

# step WHAT COMMAND…: runs one step with its output in a log. A step named with "setup:" is not counted as a test.
step() {
    local what=$1 counted=true log code=0 start=$SECONDS before
    before=$(processors)
    shift
    case $what in setup:*) what=${what#setup:} counted=false ;; esac
    begin "$what"
    logged "$log" "$@" || code=$?
    ended "$what$(busy_since "$before")" "$log" $code $((SECONDS - start)) $counted
    # Nothing after a build makes sense without it.
    if [ $code != 0 ] && { ! $counted || ! $keep_going; }; then finish; fi
}

# Steps that run beside others, and those that take what is left of the processors: of each what, log, process and start. Each is a process
# group, which ends with this script.
beside=() behind=()
end_others() {
    local at all=("${beside[@]}" "${behind[@]}")
    for ((at = 2; at < ${#all[@]}; at += 4)); do
        kill -- "-${all[at]}" 2>/dev/null || :
        kill -CONT -- "-${all[at]}" 2>/dev/null || :
    done
}
trap end_others EXIT

# aside WHAT COMMAND…: starts a step that needs one core, and goes on. The next rejoin waits for it.
aside() {
    local what=$1 log
    shift
    begin "$what"
    start_group "$@"
    beside+=("$what" "$log" $! $SECONDS)
}

leftover=(chrt --idle 0)
# meanwhile WHAT COMMAND…: starts a long step that runs while the others wait for something, and goes on. "rejoin behind" waits for it.
meanwhile() {
    local what=$1 log
    shift
    begin "$what"
    start_group "${leftover[@]}" "$@"
    behind+=("$what" "$log" $! $SECONDS)
}

start_group() {
    set -m
    "$@" >"$log" 2>&1 </dev/null &
    set +m
}

# rejoin [beside|behind]: waits for these steps, and says how they went.
rejoin() {
    local -n steps=${1:-beside}
    local at code bad=false counted=true
    # A build is no test.
    [ "${1:-}" != behind ] || counted=false
    for ((at = 0; at < ${#steps[@]}; at += 4)); do
        code=0
        # What waited for the others goes on as fast as it can.
        [ "${1:-}" != behind ] || hurry "${steps[at + 2]}"
        wait "${steps[at + 2]}" || code=$?
        ended "${steps[at]}" "${steps[at + 1]}" $code $((SECONDS - steps[at + 3])) "$counted"
        [ $code = 0 ] || bad=true
    done
    steps=()
    if $bad && ! $keep_going; then finish; fi
}

# still COMMAND…: runs one while those behind stand still: it measures how soon somebody is answered.
still() {
    local at code=0
    for ((at = 2; at < ${#behind[@]}; at += 4)); do kill -STOP -- "-${behind[at]}" 2>/dev/null || :; done
    "$@" || code=$?
    for ((at = 2; at < ${#behind[@]}; at += 4)); do kill -CONT -- "-${behind[at]}" 2>/dev/null || :; done
    return "$code"
}

hurry() { # hurry GROUP: gives its processes, and those that they start, their full share
    local one
    for one in $(pgrep --pgroup "$1"); do chrt --other --pid 0 "$one" 2>/dev/null || :; done
}

begin() { # begin WHAT: sets log
    number=$((number + 1))
    log=$logs/$(printf %02d "$number")-${1// /-}.log
    printf '[%2d] %s\n' "$number" "$1"
}

ended() { # ended WHAT LOG CODE SECONDS COUNTED
    if [ "$3" = 0 ]; then
        printf '     ok, %d s: %s\n' "$4" "$1"
    else
        tail -n 60 "$2" | sed 's/^/     | /'
        printf '     FAILED after %d s: %s, %s\n' "$4" "$1" "$2"
        failures+=("$1 ($2)")
    fi
    if $5 || [ "$3" != 0 ]; then count "$2" "$3"; fi
}

configure() { in_toolchain cmake --preset "$1" -B "$2" --log-level=WARNING "${@:3}"; } # configure PRESET FOLDER OPTION…

build() { configure "$@" && in_toolchain cmake --build "$2" -j "$jobs"; } # build PRESET FOLDER OPTION…

tests() { # tests FOLDER OPTION… -- ARGUMENT…
    in_toolchain tools/check/tests "$1" "${again[@]}" "${@:2}"
}

rm -f "$logs"/[0-9]*.log
printf 'test.sh: logs are in %s\n' "$logs"
# Not through a log: making the tool chain says itself how far it is.
"$checkout/tools/toolchain" true || { failures+=("tool chain"); failed=1; finish; }

# What needs one core runs while the build is configured. The browser's program, and its Qt where that is missing, are made while tests wait.
if ! $quick; then
    # From nothing its Qt takes as long as all the rest, and much of that one processor: then it has its share from the start.
    [ -n "$(wasm/qt/build --where 2>/dev/null)" ] || leftover=()
    meanwhile "build for the browser" wasm/build --into "$dev/web"
    aside "check host names" "$checkout/tools/check/hosts"
    aside "check scripts" in_toolchain tools/check/shell
    aside "check arrows" in_toolchain tools/check/arrows
    aside "check the check of the arrows" in_toolchain tools/check/arrows --self-test
    aside "check the choice of files" in_toolchain tools/check/changed.py --self-test
    aside "check layout" in_toolchain tools/check/format
fi
# What the build with sanitizers has is built and run there, and here as well with --long and --quick.
if [ -n "$elsewhere" ]; then step "setup:configure with sanitizers" configure "$sanitizers" "$asan"; fi
step "setup:build" build dev "$dev" -DMUSTER_TESTS_BUT="$elsewhere"
rejoin
if $quick; then
    step "tests" tests "$dev" -- -LE "$apart"
    finish
fi

step "tests" tests "$dev" "${but[@]}" -- -LE "$apart"
step "interop tests" tests "$dev" -- -L '^interop$'
step "hostile tests" still tests "$dev" -- -L '^hostile$'
step "check qml" in_toolchain tools/check/qml
step "check words" in_toolchain tools/check/words
step "check clazy" in_toolchain tools/check/clazy "${clazy[@]}"
step "check tidy" in_toolchain tools/check/tidy "${tidy[@]}"

step "setup:build with sanitizers" build "$sanitizers" "$asan"
step "tests with sanitizers" tests "$asan" -- -LE '^(interop|browser|hostile|soak)$'

rejoin behind
step "check size in the browser" in_toolchain tools/check/browser-size "$dev/web"
step "browser tests" tests "$dev" -- -L '^browser$'
step "check clazy in the browser" in_toolchain tools/check/clazy --browser
step "check tidy in the browser" in_toolchain tools/check/tidy --browser

# A fuzzer needs one core for the same time, whatever it finds.
for target in "$asan"/bin/fuzz_*; do
    [ -x "$target" ] || continue
    aside "fuzz ${target##*/fuzz_}" in_toolchain tools/check/fuzz "$target" "$fuzz_seconds"
    [ ${#beside[@]} -lt $((4 * jobs)) ] || rejoin
done
rejoin

if $long; then
    step "whole-system tests" tests "$dev" -- -L '^system$'
    step "kill rounds" env MUSTER_KILL_ROUNDS=100 QTEST_FUNCTION_TIMEOUT=3600000 "$checkout/tools/toolchain" ctest --test-dir "$dev" --output-on-failure -R '^tst_(killrounds|killrounds_postgres|takeover)$'
    step "hostile tests for longer" in_toolchain tests/hostile/run "$dev/tests/hostile/node" "$dev/bin" --long
    if in_toolchain ctest --test-dir "$dev" -N -L '^soak$' | grep -q 'Test *#'; then step "soak tests" tests "$dev" -- -L '^soak$'; fi
    step "check tidy deeply" in_toolchain tools/check/tidy --deep --all
    step "setup:release build" build release "$release"
fi
finish
