#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The whole smart light on this machine: Muster, the API server with the phone's page, and a light in this terminal. See README.md.
#
#   ./run.sh [FOLDER]           start all of it; Ctrl+C ends it. What was made stays in FOLDER
#                               (below your home or /tmp; without one, in the cache)
#   ./run.sh --check [FOLDER]   walk through all of it without a person, in a folder of its own; 0 when it went well
#
# MUSTERD names the musterd to use; without it, what ./run-dev.sh has built, or the one that is installed.
# shellcheck disable=SC2317 # functions are called by name
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
checkout=${here%/examples/*}
# The tool chain brings Node, curl and jq; MUSTER_TOOLCHAIN=native takes the machine's own.
[ "${MUSTER_TOOLCHAIN:-}" = native ] || exec "$checkout/tools/toolchain" "$here/run.sh" "$@"

. "$here/steps.sh"
check=no
if [ "${1:-}" = --check ]; then check=yes; shift; fi
case ${1:-} in -*) sed -n '3,9s/^#* *//p' "$0" >&2; exit 2 ;; esac

musterd=$(program musterd "${MUSTERD:-}") || die "no musterd: build it with ./run-dev.sh, or name one in MUSTERD"
if [ -n "${1:-}" ]; then
    folder=$1
elif [ "$check" = yes ]; then
    mkdir -p "$cache"
    folder=$(mktemp -d "$cache/smart-light-check.XXXXXX")
else
    folder=$cache/smart-light
fi
umask 077
mkdir -p "$folder"
folder=$(cd "$folder" && pwd -P)
exec {lock}>"$folder/lock"
flock -n "$lock" || die "it runs already in $folder"

[ "$check" = no ] || [ ! -e "$folder/light.json" ] || die "$folder is in use: a walk begins with a folder of its own"

# --- processes: started here, and ended here by their ids ---

musterd_pid='' server_pid='' light_pid=''

end() {
    local code=$?
    trap '' INT TERM
    stop "$light_pid"
    stop "$server_pid"
    stop "$musterd_pid"
    if [ "$check" = yes ]; then
        if [ "$code" = 0 ]; then echo "the whole walk went well"; else echo "it did not go well: logs are in $folder" >&2; fi
        case $code:$folder in 0:"$cache"/smart-light-check.*) rm -rf "$folder" ;; esac
    fi
    exit "$code"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# --- ports: free ones, looked for once and kept, because the light knows Muster's ---

[ -s "$folder/ports" ] || free_ports 3 >"$folder/ports"
read -r muster_port page_port light_port <"$folder/ports"
for port in "$muster_port" "$page_port" "$light_port"; do
    ! taken "$port" || die "port $port of 127.0.0.1 is taken: end what has it, or give another folder"
done
muster=http://127.0.0.1:$muster_port
page=http://127.0.0.1:$page_port
door=http://127.0.0.1:$light_port

# --- Muster, with an account and its API key ---

[ -d "$here/node_modules/ws" ] || (cd "$here" && npm ci --no-audit --no-fund >"$folder/npm.log" 2>&1) || die "npm ci failed: see $folder/npm.log"
export QT_QPA_PLATFORM=offscreen
if [ ! -s "$folder/api.key" ]; then
    "$musterd" user add --data "$folder/muster" --name vendor --role admin --api-key-file "$folder/api.key" >"$folder/musterd.log" 2>&1 ||
        die "no account: $(tail -n 5 "$folder/musterd.log")"
fi
MUSTER_API_KEY=$(cat "$folder/api.key")
export MUSTER_API_KEY
"$musterd" run --data "$folder/muster" --listen "127.0.0.1:$muster_port" {lock}>&- >>"$folder/musterd.log" 2>&1 </dev/null &
musterd_pid=$!
wait_for 20 $musterd_pid "$folder/musterd.log" musterd curl -fs -o /dev/null "$muster/healthz"
ok "start: Muster at $muster"

# --- the factory ---

at_light() { curl -fsS -o /dev/null -d "@-" "$door/rpc/$1"; }

# start_light DATA…: in the background, with its words in a file
start_light() {
    node "$here/light-mdash/light.js" --data "$folder/light" --http "$light_port" {lock}>&- >>"$folder/light.log" 2>&1 </dev/null &
    light_pid=$!
}
light_answers() { curl -fs -o /dev/null "$door/rpc/Sys.GetInfo"; }

if [ ! -s "$folder/light.json" ]; then
    api -d '{"name":"Smart light"}' "$muster/api/v2/devices" >"$folder/light.json.new"
    mv "$folder/light.json.new" "$folder/light.json"
fi
id=$(jq -r .id "$folder/light.json")
ok "register: the light $id"

if [ ! -s "$folder/light/conf5.json" ]; then
    start_light
    wait_for 10 $light_pid "$folder/light.log" "the light" light_answers
    jq --arg server "ws://127.0.0.1:$muster_port/api/v2/rpc" \
        '{config: {device: {id}, dash: {token, server: $server}, conf_acl: "wifi.*,device.*,dash.enable"}}' "$folder/light.json" | at_light Config.Set
    at_light Config.Save <<<'{}'
    at_light FS.Rename <<<'{"src":"conf9.json","dst":"conf5.json"}'
    at_light Sys.Reboot <<<'{}'
    wait_for 10 $light_pid "$folder/light.log" "the light" light_answers
    stop $light_pid
    light_pid=''
    ok "factory: id, token and server are in conf5.json, which a reset leaves"
fi

# --- the vendor's API server ---

node "$here/api-server/server.js" --muster "$muster" --listen "127.0.0.1:$page_port" --light-new "$door" --light-home "$door" \
    {lock}>&- >>"$folder/server.log" 2>&1 </dev/null &
server_pid=$!
wait_for 10 $server_pid "$folder/server.log" "the API server" curl -fs -o /dev/null "$page"
ok "start: the API server"

# --- the customer ---

if [ "$check" = yes ]; then
    start_light
    wait_for 10 $light_pid "$folder/light.log" "the light" light_answers
    ok "ship: the light has power, and waits for a phone"
    node "$here/check/walk.js" --muster "$muster" --page "$page" --light "$door" --id "$id" --pid $light_pid
    # The same light once more, as a worker of a native device.
    if agent=$(program muster-agent "${MUSTER_AGENT:-${musterd%/*}/muster-agent}"); then
        MUSTER_AGENT=$agent "$here/run-worker.sh" --check "$folder"
    else
        echo "left out: the native worker; there is no muster-agent (MUSTER_AGENT names one)"
    fi
    exit
fi
echo
echo "  the phone:  $page/"
echo "  Muster:     $muster/   (its API key is in $folder/api.key)"
echo "  the light is here; Ctrl+C ends all"
echo
node "$here/light-mdash/light.js" --data "$folder/light" --http "$light_port" {lock}>&- <&0 &
light_pid=$!
code=0
wait $light_pid || code=$?
light_pid=''
exit $code
