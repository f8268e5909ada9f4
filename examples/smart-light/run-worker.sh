#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The same light as a native device: a message bus, Muster's agent, and the worker in this terminal, at the Muster of a running ./run.sh.
#
#   ./run-worker.sh [FOLDER]           start them; Ctrl+C ends them. FOLDER is that of ./run.sh
#   ./run-worker.sh --check FOLDER     switch the light without a person; 0 when it went well
#
# MUSTER_AGENT names the muster-agent to use; without it, what ./run-dev.sh has built, or the one that is installed.
# shellcheck disable=SC2317 # functions are called by name
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
checkout=${here%/examples/*}
# The tool chain brings the compiler, libnats, nats-server, curl and jq; MUSTER_TOOLCHAIN=native takes the machine's own.
[ "${MUSTER_TOOLCHAIN:-}" = native ] || exec "$checkout/tools/toolchain" "$here/run-worker.sh" "$@"

. "$here/steps.sh"
check=no
if [ "${1:-}" = --check ]; then check=yes; shift; fi
case ${1:-} in -*) sed -n '3,8s/^#* *//p' "$0" >&2; exit 2 ;; esac
folder=${1:-$cache/smart-light}
for file in ports api.key; do
    [ -s "$folder/$file" ] || die "there is no $folder/$file: start ./run.sh first"
done
folder=$(cd "$folder" && pwd -P)
agent=$(program muster-agent "${MUSTER_AGENT:-}") || die "no muster-agent: build it with ./run-dev.sh, or name one in MUSTER_AGENT"
umask 077
mine=$folder/worker
mkdir -p "$mine"
exec {lock}>"$mine/lock"
flock -n "$lock" || die "it runs already in $folder"

bus_pid='' agent_pid='' light_pid=''
end() {
    local code=$?
    trap '' INT TERM
    stop "$light_pid"
    stop "$agent_pid"
    stop "$bus_pid"
    exit "$code"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

read -r muster_port _ <"$folder/ports"
muster=127.0.0.1:$muster_port
MUSTER_API_KEY=$(cat "$folder/api.key")
curl -fs -o /dev/null "http://$muster/healthz" || die "Muster is not there: start ./run.sh first"

# --- the device: a bus that this machine alone can reach, and the agent ---

cc -O2 -Wall -Wextra "$here"/light-worker/{light,led,json}.c -o "$mine/light" -lnats
bus_port=$(free_ports 1)
nats-server -a 127.0.0.1 -p "$bus_port" {lock}>&- >"$mine/bus.log" 2>&1 </dev/null &
bus_pid=$!
wait_for 10 $bus_pid "$mine/bus.log" "the bus" taken "$bus_port"
export MUSTER_NATS_URL=nats://127.0.0.1:$bus_port

id=native-light
settings=(--server "ws://$muster/device" --device-id "$id" --cloud-key "$folder/muster/keys/cloud_public.pem" --data "$mine/agent")
"$agent" run "${settings[@]}" --reboot-command '' {lock}>&- >>"$mine/agent.log" 2>&1 </dev/null &
agent_pid=$!
wait_for 10 $agent_pid "$mine/agent.log" "the agent" test -s "$mine/agent/device_private.pem"

# --- its key is accepted once, after a look at the six words. Here both ends are on one machine, and the script compares ---

online() { [ "$(api "http://$muster/api/v2/devices/$id" | jq -r .presence.state)" = online ]; }
fingerprint=$("$agent" fingerprint --json "${settings[@]}" | jq -r .fingerprint)
approval() {
    api "http://$muster/api/v2/approvals" | jq -er --arg own "$fingerprint" '.items[] | select(.fingerprint == $own and .state == "pending") | .id'
}
accept_if_new() { online || { waiting=$(approval) && api_json -o /dev/null -d '{}' "http://$muster/api/v2/approvals/$waiting/accept" && online; }; }
wait_for 20 $agent_pid "$mine/agent.log" "the device" accept_if_new
ok "accept: $id is online, and signs what it says"

api "http://$muster/api/v2/users" | jq '{users: [.items[] | select(.role == "customer") | .user]}' |
    api_json -o /dev/null -X PUT -d @- "http://$muster/api/v2/devices/$id/share"

# --- the worker ---

if [ "$check" = no ]; then
    echo
    echo "  It is shared with the phones that have opened the page: open it again."
    echo "  The light is here; Ctrl+C ends it, its agent and its bus."
    echo
    "$mine/light" {lock}>&- &
    light_pid=$!
    code=0
    wait $light_pid || code=$?
    light_pid=''
    exit $code
fi

start_light() {
    "$mine/light" {lock}>&- >"$mine/light.log" 2>&1 </dev/null &
    light_pid=$!
}
want() { api_json -o /dev/null -d "{\"state\":{\"desired\":{\"on\":$1}}}" "http://$muster/api/v2/devices/$id/shadow"; }
reports() { api "http://$muster/api/v2/devices/$id/shadow" | jq -e --argjson on "$1" '.state.reported.on == $on' >/dev/null; }
shows() { [ "$(grep '^led:' "$mine/light.log" | tail -n 1)" = "led: $1" ]; }
step() { # step WHAT CONDITION…
    wait_for 15 $light_pid "$mine/light.log" "the worker ($1)" "${@:2}"
    ok "worker: $1"
}
want false
start_light
step "off" reports false
want true
step "switch on" reports true
shows on || die "it says that it is on, and shows something else"
want false
step "switch off" reports false
want true
step "switch on" reports true
{ kill -KILL $light_pid; wait $light_pid; } 2>/dev/null || :
start_light
step "killed, and started again: it shows what is wanted" shows on
