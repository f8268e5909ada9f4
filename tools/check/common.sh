# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the checks: enters the tool chain, goes to the top of the checkout, knows the files that are ours.
# shellcheck shell=bash
set -euo pipefail

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
[ "${MUSTER_TOOLCHAIN:-}" = native ] || exec "$checkout/tools/toolchain" "$0" "$@"
cd "$checkout"

# Where ./test.sh builds this checkout; MUSTER_BUILD names another build folder.
# shellcheck disable=SC2034 # for the checks that source this
build=${MUSTER_BUILD:-${XDG_CACHE_HOME:-$HOME/.cache}/muster/build/dev-$(printf %s "$checkout" | sha256sum | cut -c1-8)}

# ours PATTERN...: our files of these kinds, each ended by a zero byte; new ones that git does not know yet too.
ours() {
    local file
    while IFS= read -r -d '' file; do
        [ ! -f "$file" ] || printf '%s\0' "$file"
    done < <(git ls-files -z --cached --others --exclude-standard -- "$@")
}

fail() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }
