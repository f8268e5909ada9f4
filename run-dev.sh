#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds Muster and runs it on this machine: the endpoint, the dashboard's window, and an agent for this machine with a message
# bus, a sample worker and, where Podman can run, some containers. The dashboard for the browser is built after all that, in the
# background: about 20 minutes the first time, seconds later on.
#
#   ./run-dev.sh              start what does not run yet, and say how to use it; everything goes on in the background
#   ./run-dev.sh status       say what runs
#   ./run-dev.sh down         stop what was started
#   ./run-dev.sh --headless   start without a window, also where there is a display
#   ./run-dev.sh --database postgresql   keep what the endpoint knows in a PostgreSQL of its own, and not in files
#
# A clone and nothing else is enough: tools/toolchain brings the rest. Data, keys and logs are in the cache, in a folder
# of this checkout's own; removing that folder starts afresh. MUSTER_PORT asks for another port than 8420.
# shellcheck disable=SC2317,SC2016 # functions are called by name; jq has variables of its own
set -euo pipefail

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
cd "$checkout"
. tools/steps.sh
cache=${XDG_CACHE_HOME:-$HOME/.cache}/muster
name=$(printf %s "$checkout" | sha256sum | cut -c1-8)
build=$cache/build/dev-$name
state=$cache/dev-$name
server=$state/server agent=$state/agent logs=$state/logs run=$state/run bin=$state/bin web=$state/web

say() { printf '%s\n' "$*"; }
die() { printf 'run-dev.sh: %s\n' "$*" >&2; exit 1; }
in_toolchain() { "$checkout/tools/toolchain" "$@"; }

# --- processes: known by their id and the time at which they started, so that a re-used id is never taken for ours ---

start_time() { # start_time PID: its start in clock ticks since boot; nothing when there is no such process
    local text
    { read -r text <"/proc/$1/stat"; } 2>/dev/null || return 1
    text=${text##*) }
    # shellcheck disable=SC2086 # fields
    set -- $text
    [ "$1" != Z ] || return 1
    printf '%s\n' "${20}"
}

# runs WHAT: whether it runs; then $pid is its id and $program the stamp of the program file that it runs.
runs() {
    local started
    pid='' program=''
    { read -r pid started program <"$run/$1.pid"; } 2>/dev/null || return 1
    [ -n "$started" ] && [ "$(start_time "$pid")" = "$started" ]
}

stamp() { stat -c '%Y.%s' "$build/bin/$1" 2>/dev/null || echo -; }

# launch WHAT COMMAND…: starts a program in the background, in a session of its own. Its standard input is $input.
input=/dev/null
launch() {
    local what=$1
    shift
    setsid "$checkout/tools/toolchain" "$@" >>"$logs/$what.log" 2>&1 <>"$input" {lock}>&- &
    pid=$!
    printf '%s %s %s\n' "$pid" "$(start_time "$pid")" "$(stamp "${1##*/}")" >"$run/$what.pid"
}

# stop WHAT: asks it to end, and after ten seconds makes it.
stop() {
    local waited=0 all
    if runs "$1"; then
        # A build is many processes, all of one group.
        if [ "$1" = browser ]; then all=-$pid; else all=$pid; fi
        # The engine ends its containers before itself.
        if [ "$1" = engine ]; then echo end >"$run/engine.in"; else kill -TERM -- "$all" 2>/dev/null || :; fi
        while runs "$1" && [ $waited -lt 200 ]; do pause; waited=$((waited + 1)); done
        if runs "$1"; then kill -KILL -- "$all" 2>/dev/null || :; fi
        say "  stopped: $1 ($pid)"
    fi
    rm -f "$run/$1.pid"
}

pause() { read -r -t 0.05 <>"$run/never" || :; }

# wait_for SECONDS WHAT CONDITION…: until the condition holds; gives up early when the process ends.
wait_for() {
    local deadline=$((SECONDS + $1)) what=$2
    shift 2
    until "$@"; do
        runs "$what" || die "$what ended at once; the end of $logs/$what.log:
$(tail -n 15 "$logs/$what.log")"
        [ $SECONDS -lt $deadline ] || die "$what does not answer; see $logs/$what.log"
        pause
    done
}

# --- what is asked of the programs ---

# browser_says MEMBER: of what the build of the browser's dashboard told last.
browser_says() { sed -nE 's/.*"'"$1"'" *: *"?([^",}]*).*/\1/p' "$web/progress.json" 2>/dev/null; }

# How the dashboard for the browser stands, in a few words; nothing when it is as it should be.
browser_standing() {
    if runs browser && [ ! -e "$web/bundle.json" ]; then
        printf 'being built for the browser: %s %%' "$(browser_says percent)"
    elif [ -x wasm/build ] && ! runs browser && [ "$(browser_says state)" = failed ]; then
        printf 'could not be built for the browser: see %s' "$logs/browser.log"
    fi
}

port_is_busy() { (: <>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

next_free() { # next_free PORT: it, or the next free one above
    local port=$1
    while port_is_busy "$port"; do port=$((port + 1)); done
    printf '%s\n' "$port"
}

free_port() { # the port of last time, or 8420, or the next free one above
    local port
    port=${MUSTER_PORT:-$(cat "$run/port" 2>/dev/null || echo 8420)}
    if port_is_busy "$port"; then
        [ -z "${MUSTER_PORT:-}" ] || die "port $port is taken by another program: choose another one with MUSTER_PORT"
        local taken=$port
        port=$(next_free "$port")
        say "      port $taken is taken by another program: taking $port" >&2
    fi
    printf '%s\n' "$port" | tee "$run/port"
}

server_url() { sed -nE 's/.*"url" *: *"([^"]+)".*/\1/p' "$run/ready.json" 2>/dev/null; }

is_healthy() {
    local url status=
    url=$(server_url)
    [ -n "$url" ] || return 1
    url=${url#http://}
    exec {http}<>"/dev/tcp/${url%:*}/${url##*:}" || return 1
    printf 'GET /healthz HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$url" >&"$http"
    read -r -t 5 status <&"$http" || :
    exec {http}>&-
    case $status in 'HTTP/1.1 200'*) return 0 ;; esac
    return 1
}

# api VERB PATH [FILTER]: one call of the operator API, and what jq makes of its answer.
api() {
    local body=()
    [ "$1" = GET ] || body=(--data '{}')
    in_toolchain curl --silent --show-error --fail --max-time 10 --request "$1" -H "@$run/header" -H 'Content-Type: application/json' \
        "${body[@]}" "$url/api/v2$2" 2>>"$logs/run-dev.log" |
        in_toolchain jq --raw-output --arg id "$device" --arg key "$fingerprint" "${3:-.}" 2>>"$logs/run-dev.log"
}

sign_in_link() { api POST /sign-in-links .link; }

# What the endpoint knows of this machine's key: "pending NUMBER", "accepted" once it is connected, "rejected", or nothing yet.
agent_standing() {
    [ "$(api GET "/devices/$device" 'select(.presence.state == "online" and .key.fingerprint == $key) | "accepted"')" != accepted ] || { echo accepted; return; }
    api GET '/approvals?state=all' 'first(.items[] | select(.device_id == $id and .fingerprint == $key)) |
        if .state == "pending" then "pending \(.id)" elif .state == "rejected" then "rejected" else empty end'
}

agent_is_known() {
    standing=$(agent_standing) || standing=
    [ -n "$standing" ]
}

# --- steps ---

steps=10 number=0
begin() { number=$((number + 1)); printf '[%d/%d] %s\n' "$number" "$steps" "$*"; }

configure_and_build() {
    in_toolchain cmake --preset dev -B "$build" --log-level=WARNING &&
        in_toolchain cmake --build "$build" -j "$(nproc)" --target musterd muster-agent muster musterctl
}

build_programs() {
    begin "Building (the first time takes some minutes)"
    MUSTER_PROGRESS_SECONDS=10 logged "$logs/build.log" configure_and_build || {
        tail -n 30 "$logs/build.log" >&2
        die "the build failed: $logs/build.log"
    }
}

write_wrapper() { # write_wrapper PROGRAM [NAME=VALUE…]: a command that runs a program of this build, set up for this fleet
    local file=$bin/$1 setting
    {
        printf '#!/usr/bin/env bash\n'
        for setting in "${@:2}"; do printf 'export %q\n' "$setting"; done
        printf 'exec %q %q "$@"\n' "$checkout/tools/toolchain" "$build/bin/$1"
    } >"$file.new"
    chmod +x "$file.new"
    mv "$file.new" "$file"
}

# asks_postgres STATEMENT: in its own database of that name
asks_postgres() { in_toolchain "$programs/psql" --no-psqlrc --host "$sockets" --username muster --dbname postgres --command "$1" >>"$logs/postgres.log" 2>&1; }

# Sets database, what the endpoint is told of it.
start_database() {
    begin "Database"
    if [ "$kind" = sqlite ]; then
        say "      SQLite, in files"
        return
    fi
    # PostgreSQL does not run as root, and nobody else sees into root's cache.
    local as=()
    sockets=$state/postgres
    if [ "$(id -u)" = 0 ]; then
        sockets=/tmp/muster-$name as=(setpriv --reuid 65534 --regid 65534 --clear-groups)
        mkdir -p "$sockets" && chown 65534:65534 "$sockets"
    fi
    mkdir -p "$sockets"
    programs=$(in_toolchain bash -c 'ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1')
    if runs postgres; then
        say "      PostgreSQL runs already"
    else
        if [ ! -e "$sockets/data" ]; then
            in_toolchain "${as[@]}" "$programs/initdb" --pgdata "$sockets/data" --auth trust --username muster --encoding UTF8 --locale C >"$logs/postgres.log" 2>&1 ||
                die "the database could not be made: $logs/postgres.log"
            rm -f "$run/account-postgresql"
        fi
        launch postgres "${as[@]}" "$programs/postgres" -D "$sockets/data" -k "$sockets" -c listen_addresses=
        wait_for 60 postgres asks_postgres "SELECT 1"
        asks_postgres "CREATE DATABASE muster" || :
        say "      PostgreSQL listens in $sockets"
    fi
    database=(--database "postgresql://muster@/muster?host=$sockets")
}

make_keys_and_account() {
    begin "Keys, account and settings"
    local made=$server/muster.db
    [ "$kind" = sqlite ] || made=$run/account-postgresql
    if [ ! -s "$run/api-key" ] || [ ! -e "$made" ] || [ "$kind" != "$(cat "$run/kind" 2>/dev/null || echo sqlite)" ]; then
        stop musterd
        in_toolchain "$build/bin/musterd" user add --data "$server" "${database[@]}" --name admin --role admin --api-key-file "$run/api-key" >"$logs/account.log" 2>&1 || {
            tail -n 5 "$logs/account.log" >&2
            die "the first account could not be made: $logs/account.log"
        }
        [ "$kind" = sqlite ] || : >"$made"
        printf '%s\n' "$kind" >"$run/kind"
        say "      made the account admin, and a key for musterctl"
    fi
    write_wrapper musterd
    write_wrapper muster "MUSTER_PROFILE=$run/profile.json"
    write_wrapper musterctl "MUSTER_PROFILE=$run/profile.json"
    write_wrapper muster-agent "DEVICE_ID=$device" "DEVICE_PRIVATE_KEY_PATH=$agent/device_private.pem" \
        "CLOUD_PUBLIC_KEY_PATH=$agent/cloud_public.pem" "MUSTER_AGENT_DATA=$agent/data"
}

start_server() {
    begin "Endpoint"
    if runs musterd && [ "$program" = "$(stamp musterd)" ] && is_healthy; then
        say "      runs already: $(server_url)"
    else
        if runs musterd; then say "      was built anew, or does not answer: starting it again"; stop musterd; fi
        local port
        port=$(free_port)
        rm -f "$run/ready.json"
        launch musterd "$build/bin/musterd" run --data "$server" "${database[@]}" --listen "127.0.0.1:$port" --ready-file "$run/ready.json" --web "$web"
        wait_for 60 musterd is_healthy
        say "      answers on $(server_url)"
    fi
    url=$(server_url)
    (
        umask 077
        printf '{"server": "%s", "api_key": "%s"}\n' "$url" "$(cat "$run/api-key")" >"$run/profile.json"
        # For curl, so that the key stands in no command line.
        printf 'Authorization: Bearer %s\n' "$(cat "$run/api-key")" >"$run/header"
    )
    # The agent trusts the endpoint by its public key alone: this is how the key gets to it.
    cmp -s "$server/keys/cloud_public.pem" "$agent/cloud_public.pem" || {
        cp "$server/keys/cloud_public.pem" "$agent/cloud_public.pem"
        say "      handed its public key to the agent"
    }
}

# Sets nats_url.
start_bus() {
    begin "Message bus"
    local port
    if runs nats-server; then
        port=$(cat "$run/nats-port")
        say "      runs already: port $port"
    else
        port=$(next_free 4222)
        printf '%s\n' "$port" >"$run/nats-port"
        launch nats-server nats-server --addr 127.0.0.1 --port "$port"
        wait_for 30 nats-server port_is_busy "$port"
        say "      nats-server listens on 127.0.0.1:$port"
        stop sensor
    fi
    nats_url=nats://127.0.0.1:$port
}

# After the agent, which hears the worker's first event then.
start_worker() {
    begin "Sample worker"
    local source=examples/device-stack/sensor/sensor.c
    if [ ! "$build/bin/sensor" -nt "$source" ]; then
        stop sensor
        in_toolchain cc -O2 -o "$build/bin/sensor" "$source" -lnats
    fi
    if ! runs sensor; then
        MUSTER_NATS_URL=$nats_url launch sensor "$build/bin/sensor"
        say "      $source answers Sensor.Read"
    else
        say "      runs already"
    fi
}

has_engine() {
    local socket
    for socket in /run/docker.sock /var/run/docker.sock /run/podman/podman.sock; do [ ! -S "$socket" ] || return 0; done
    return 1
}

engine_says() { grep -q '^= ' "$logs/engine.log"; }
serves() { [ -S "$state/engine/engine.sock" ]; }

# Sets engine_socket; empty where the agent finds an engine by itself, or there is none.
start_engine() {
    begin "Containers"
    engine_socket=
    if has_engine; then
        say "      this machine has an engine of its own: the agent shows its containers"
        return
    fi
    if ! runs engine; then
        rm -rf "$state/engine" "$run/engine.in"
        mkdir -p "$state/engine"
        mkfifo "$run/engine.in"
        : >"$logs/engine.log"
        input=$run/engine.in launch engine "$checkout/tests/support/podman.sh" "$state/engine"
        local deadline=$((SECONDS + 60))
        while ! engine_says && runs engine && [ $SECONDS -lt $deadline ]; do pause; done
        if ! grep -q '^= 0' "$logs/engine.log"; then
            stop engine
            say "      Podman cannot run here: the agent shows no containers"
            return
        fi
        # One word an argument; %20 is a space in it.
        local web='i=0;%20while%20true;%20do%20i=$((i+1));%20echo%20"GET%20/status%20200%20$((i%9+1))%20ms";%20sleep%201;%20done'
        local camera='while%20true;%20do%20echo%20"frame%20shown";%20sleep%202;%20echo%20"warning:%20frame%20dropped"%20>&2;%20sleep%203;%20done'
        printf '%s\n' serve \
            "run -d --name web localhost/box sh -c $web" \
            "run -d --name camera localhost/box sh -c $camera" \
            'run -d --name migrate localhost/box echo 12%20tables%20migrated' >"$run/engine.in"
        wait_for 60 engine serves
        say "      Podman runs web, camera and migrate"
    else
        say "      run already"
    fi
    engine_socket=$state/engine/engine.sock
}

start_agent() {
    begin "Agent for this machine"
    local shown
    shown=$("$bin/muster-agent" fingerprint --json) || die "the agent has no key: see above"
    fingerprint=$(in_toolchain jq -r .fingerprint <<<"$shown")
    words=$(in_toolchain jq -r '.words | join(" ")' <<<"$shown")
    if runs muster-agent && [ "$program" = "$(stamp muster-agent)" ] && [ "$(cat "$run/agent-url" 2>/dev/null)" = "$url $nats_url $engine_socket" ]; then
        say "      runs already: $device"
    else
        if runs muster-agent; then say "      was built anew, or has a new endpoint: starting it again"; stop muster-agent; fi
        DEVICE_ID=$device DEVICE_PRIVATE_KEY_PATH=$agent/device_private.pem CLOUD_PUBLIC_KEY_PATH=$agent/cloud_public.pem \
            MUSTER_AGENT_DATA=$agent/data MUSTER_NATS_URL=$nats_url MUSTER_CONTAINER_SOCKET=$engine_socket launch muster-agent "$build/bin/muster-agent" run --server "ws${url#http}/device"
        printf '%s\n' "$url $nats_url $engine_socket" >"$run/agent-url"
    fi
    wait_for 30 muster-agent agent_is_known
    say "      is known to the endpoint: ${standing% *}"
}

has_display() { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; }

start_window() {
    begin "Dashboard"
    link=$(sign_in_link) || die "no sign-in link: see $logs/run-dev.log"
    if $headless || ! has_display; then
        say "      no display: started without a window"
    elif runs muster && [ "$program" = "$(stamp muster)" ]; then
        say "      its window is open already"
    else
        stop muster
        launch muster "$build/bin/muster" --connect "$(sign_in_link)"
        say "      opened its window"
    fi
}

# Last, and at the lowest priority: everything else is there without it. It goes on when this script has ended, and the endpoint
# serves what it makes as soon as it is whole.
start_browser() {
    [ -x wasm/build ] || return 0
    if ! runs browser; then
        [ -e "$web/bundle.json" ] || echo '{"state":"building","percent":0,"text":"Preparing"}' >"$web/progress.json"
        launch browser nice -n 19 "$checkout/wasm/build" --into "$web"
    fi
    # What is up to date takes a moment, and then nothing is said of it.
    local waited=0
    while runs browser && [ $waited -lt 40 ]; do pause; waited=$((waited + 1)); done
}

tell() {
    local browser
    browser=$(browser_standing)
    say ""
    say "  Dashboard     $url${browser:+ ($browser)}"
    say "  Sign in once  $link"
    case $standing in
        pending*)
            say "  Waits         $device: $words"
            say "                $fingerprint"
            say "                Compare with 'muster-agent fingerprint' on the device; then accept it in the window,"
            say "                or with: musterctl accept ${standing#pending }"
            ;;
        rejected)
            say "  Device        $device was rejected: $words"
            ;;
        *)
            say "  Device        $device is accepted: $words"
            ;;
    esac
    if $headless || ! has_display; then say "  Look          muster --screenshot devices.png devices     (with the PATH below)"; fi
    say "  Commands      export PATH=\"$bin:\$PATH\"     (musterctl, muster, muster-agent, musterd)"
    say "  Logs          $logs"
    say "  Stop          ./run-dev.sh down"
}

up() {
    local began=$SECONDS
    begin "Tool chain"
    in_toolchain true
    build_programs
    start_database
    make_keys_and_account
    start_server
    start_bus
    start_engine
    start_agent
    start_worker
    start_window
    start_browser
    tell
    say ""
    say "  Ready after $((SECONDS - began)) s; everything goes on in the background."
}

status() {
    local what code=1
    for what in musterd postgres nats-server sensor engine muster-agent muster; do
        if runs "$what"; then
            case $what in
                musterd) code=0; if is_healthy; then say "musterd       runs ($pid), answers on $(server_url)"; else say "musterd       runs ($pid), but does not answer: $logs/musterd.log"; fi ;;
                muster-agent) say "muster-agent  runs ($pid) as $device" ;;
                muster) say "muster        runs ($pid): the window is open" ;;
                *) printf '%-13s runs (%s)\n' "$what" "$pid" ;;
            esac
        elif [ "$what" != postgres ]; then
            printf '%-13s does not run\n' "$what"
        fi
    done
    [ -x wasm/build ] || return $code
    local browser
    browser=$(browser_standing)
    if [ -n "$browser" ]; then
        say "browser       $browser"
    elif runs browser; then
        say "browser       is built anew ($pid): $(browser_says percent) %; the one before is served"
    elif [ -e "$web/bundle.json" ]; then
        say "browser       is built"
    else
        say "browser       is not built: ./run-dev.sh builds it"
    fi
    return $code
}

down() {
    local what any=false
    for what in browser muster muster-agent engine sensor nats-server musterd postgres; do
        if runs "$what"; then any=true; fi
        stop "$what"
    done
    $any || say "Nothing of this checkout runs."
}

command=up headless=false kind=sqlite database=() wants=
for argument; do
    if [ -n "$wants" ]; then
        case $argument in sqlite|postgresql) kind=$argument wants='' ;; *) echo "run-dev.sh: --database takes sqlite or postgresql" >&2; exit 2 ;; esac
        continue
    fi
    case $argument in
        up|down|status) command=$argument ;;
        --headless) headless=true ;;
        --database) wants=database ;;
        -h|--help) sed -n '3,/^set/p' "$0" | sed -e '/^set/d' -e '/shellcheck/d' -e 's/^# \{0,1\}//'; exit 0 ;;
        *) echo "run-dev.sh: '$argument' is not known here (--help lists what is)" >&2; exit 2 ;;
    esac
done

[ -z "$wants" ] || { echo "run-dev.sh: --database takes sqlite or postgresql" >&2; exit 2; }

device=$(uname -n | tr -c 'A-Za-z0-9._\n-' - | sed -E 's/^[^A-Za-z0-9]+//' | cut -c1-100)
device=${device:-this-machine}
(umask 077; mkdir -p "$state")
mkdir -p "$server" "$agent/data" "$logs" "$run" "$bin" "$web"
[ -p "$run/never" ] || { rm -f "$run/never"; mkfifo "$run/never"; }
exec {lock}>"$run/lock"
flock -n "$lock" || die "another ./run-dev.sh of this checkout is at work: wait for it"
"$command"
