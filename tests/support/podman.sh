#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A container engine for tests: a real Podman with everything of its own (storage, network off, no registry), for as long as
# standard input is open. Started by tests/support/podman.h.   podman.sh FOLDER
# Serves the Docker API on FOLDER/engine.sock. Reads commands, one a line, and answers each with "= CODE":
#   serve        start the service        kill         end it at once, containers go on
#   end          end everything, as the end of standard input does
#   ARGUMENT…    podman ARGUMENT…, its output before the answer (words split at spaces, "%20" is a space in a word)
# Has the image localhost/box, which is busybox. Everything ends with this script: it has a PID namespace of its own.
set -euo pipefail

folder=$1
if [ "${2:-}" != inside ]; then
    [ "$(id -u)" = 0 ] || { echo "= 77"; exit 77; }
    # In a chroot the root is no mount, and cannot be made private: tools/toolchain did that before it went in.
    propagation=private
    unshare --mount --propagation private true 2>/dev/null || propagation=unchanged
    exec unshare --mount --pid --fork --kill-child --propagation "$propagation" "${BASH_SOURCE[0]}" "$folder" inside
fi

# Podman wants to move its root, which a chroot cannot: make the root a mount, and enter that.
if [ "${3:-}" != rooted ]; then
    root=$folder/root
    mkdir -p "$root"
    busybox mount -o rbind / "$root"
    busybox mount -o bind "$(dirname "$(realpath "${BASH_SOURCE[0]}")")" "$root/mnt"
    busybox mount -t proc proc "$root/proc"
    busybox mount -t cgroup2 none "$root/sys/fs/cgroup"
    busybox mount -t tmpfs tmpfs "$root/run"
    mkdir -p "$root/var/lib/containers"
    busybox mount -t tmpfs tmpfs "$root/var/lib/containers"
    exec chroot "$root" /bin/bash /mnt/podman.sh "$folder" inside rooted
fi

mkdir -p /run/etc
cat >/run/etc/containers.conf <<CONF
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1000:1000"]
cgroups = "disabled"
netns = "host"
log_driver = "k8s-file"
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
runtime = "crun"
CONF
cat >/run/etc/storage.conf <<CONF
[storage]
driver = "vfs"
graphroot = "/var/lib/containers/storage"
runroot = "/run/containers/storage"
CONF
echo '{"default":[{"type":"insecureAcceptAnything"}]}' >/run/etc/policy.json
export CONTAINERS_CONF=/run/etc/containers.conf CONTAINERS_STORAGE_CONF=/run/etc/storage.conf TMPDIR=/run HOME=/run XDG_RUNTIME_DIR=/run
unset DOCKER_HOST CONTAINER_HOST NOTIFY_SOCKET

service=
serve() {
    rm -f "$folder/engine.sock"
    podman system service --time 0 "unix://$folder/engine.sock" >>"$folder/service.log" 2>&1 </dev/null &
    service=$!
    for _ in $(seq 200); do
        [ ! -S "$folder/engine.sock" ] || return 0
        sleep 0.05
    done
    return 1
}

image() {
    mkdir -p /run/image/bin
    cp /bin/busybox /run/image/bin/
    for applet in sh echo sleep seq cat printf yes true false; do ln -sf busybox "/run/image/bin/$applet"; done
    mkdir -p /run/image/etc /run/image/tmp /run/image/proc /run/image/dev /run/image/sys
    tar -C /run/image -c . | podman import -q - localhost/box >>"$folder/service.log" 2>&1
}

code=0
{ image && podman run --rm localhost/box true; } >>"$folder/service.log" 2>&1 || code=77
echo "= $code"
while read -r -a words; do
    code=0
    case ${words[0]:-} in
        serve) serve || code=$? ;;
        end) break ;;
        kill)
            kill -9 "$service" || code=$?
            wait "$service" 2>/dev/null || true
            ;;
        *) podman "${words[@]//%20/ }" 2>&1 </dev/null || code=$? ;;
    esac
    echo "= $code"
done
podman rm -f -a -t 0 >/dev/null 2>&1 || true
