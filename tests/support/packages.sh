# shellcheck shell=bash
# Sourced by the runners of tests that are written for Node.

# install_packages SOURCE FOLDER PART…: brings the parts of SOURCE into FOLDER (of the build, never of the checkout), with the npm
# packages of its package-lock.json beside them: modules look for their packages from where they stand.
install_packages() {
    local source=$1 folder=$2 part
    shift 2
    mkdir -p "$folder"
    exec 9>"$folder/lock"
    flock 9
    # npm only where the lock file is not what is installed.
    if ! cmp -s "$source/package-lock.json" "$folder/installed.json"; then
        rm -f "$folder/installed.json"
        cp "$source/package.json" "$source/package-lock.json" "$folder/"
        (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
        cp "$source/package-lock.json" "$folder/installed.json"
    fi
    for part; do
        rm -rf "${folder:?}/$part"
        cp -r "$source/$part" "$folder/"
    done
}
