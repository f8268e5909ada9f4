# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a checker that reads C++ as the compiler does (clang-tidy, clazy) on every file of ours that changed.

A file need not be checked again while nothing that its verdict hangs on has changed: itself, every header of ours that
it includes, the compiler's flags, the checker and its settings, and the installed libraries. A key made of all these is
kept for each good verdict; what has no key is checked. So a warm run costs seconds and misses nothing.
Where no run has checked everything yet, as on a fresh machine, changed.py chooses: what changed since the last commit
that landed, a reader of each header that did, and a rotating share of the rest.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import changed

CHECKOUT = Path(__file__).resolve().parent.parent.parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "muster"
KEEP_DAYS = 30


def enter_toolchain():
    if os.environ.get("MUSTER_TOOLCHAIN") != "native":
        os.execv(CHECKOUT / "tools/toolchain", ["toolchain", *sys.argv])


# The browser's program is compiled by Emscripten: Clang, with another machine and another system behind it.
BROWSER_ARGUMENTS = ["--extra-arg=--target=wasm32-unknown-emscripten", f"--extra-arg=--sysroot={CACHE}/qt-wasm/emscripten/sysroot"]


def default_build(kind):
    name = f"{kind}-" + hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:8]
    return Path(os.environ.get("MUSTER_BUILD") or CACHE / "build" / name)


def our_files():
    out = subprocess.run(
        ["git", "-C", CHECKOUT, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "*.cpp"], capture_output=True, text=True, check=True
    ).stdout
    return {str(CHECKOUT / name) for name in out.split("\0") if name}


def dependencies(build):
    """Object file -> the files that its last compilation read, as ninja remembers."""
    out = subprocess.run(["ninja", "-C", str(build), "-t", "deps"], capture_output=True, text=True, check=True).stdout
    found, current = {}, None
    for line in out.splitlines():
        if line.startswith("    "):
            current.append(os.path.normpath(build / line.strip()))
        elif ": #deps" in line:
            current = found.setdefault(line.split(": #deps")[0], [])
    return found


def without_precompiled(parts):
    """(arguments, header): a compiler's arguments without g++'s precompiled header, which is not for Clang, and which one it was.

    So a checker sees what a file forgot to include. g++ does not tell what the header was made from: ninja knows.
    """
    kept, header = [], None
    for part in parts:
        if part.endswith("/cmake_pch.hxx"):
            kept.pop()  # -include
            header = part
        elif part not in ("-Winvalid-pch", "-fpch-preprocess"):
            kept.append(part)
    return kept, header


class Hashes:
    """Content of files, each read once. What stands outside of the checkout and the build is known by size and time."""

    def __init__(self, build):
        self.ours = (f"{CHECKOUT}/", f"{build}/")
        self.known = {}

    def of(self, path):
        if path not in self.known:
            try:
                if path.startswith(self.ours):
                    self.known[path] = hashlib.sha256(Path(path).read_bytes()).hexdigest()
                else:
                    status = os.stat(path)
                    self.known[path] = f"{path} {status.st_size} {int(status.st_mtime)}"
            except OSError:
                self.known[path] = "gone"
        return self.known[path]


def run(name, command, settings, script, describe):
    """
    name      what the checker is called, and the folder of its verdicts
    command   (file, folder of compile_commands.json) -> the command line that checks one file
    settings  the file that says what to look for, by its path from the top
    script    the checker's own script
    describe  how to mend what it finds
    """
    parser = argparse.ArgumentParser(prog=name)
    parser.add_argument("--build", type=Path, help="the build folder, built (default: ./test.sh's)")
    parser.add_argument("--browser", action="store_true", help="check what wasm/build compiles for the browser alone, instead of all the rest")
    parser.add_argument("--all", action="store_true", help="check every file without a good verdict, also where no run has checked everything yet")
    parser.add_argument("--again", action="store_true", help="check every file, whatever is known already")
    parser.add_argument("--minutes", type=float, help="begin no more files after so many minutes: what is left has its turn in another run")
    parser.add_argument("--jobs", type=int, default=max(1, min(os.cpu_count() or 1, 4)))
    parser.add_argument("--times", action="store_true", help="say how long each file took")
    parser.add_argument("files", nargs="*", help="check these alone")
    options = parser.parse_args()
    build = (options.build or default_build("wasm" if options.browser else "dev")).resolve()
    if not (build / "compile_commands.json").exists():
        sys.exit(f"{name}: {build} holds no build: start ./test.sh once, or give --build")

    version = subprocess.run([command("x", build)[0], "--version"], capture_output=True, text=True, check=True).stdout
    base = hashlib.sha256(f"{version}\n{(CHECKOUT / settings).read_text()}{Path(script).read_text()}".encode()).hexdigest()
    hashes = Hashes(build)
    deps = dependencies(build)
    wanted = {file for file in our_files() if not options.browser or file.startswith(f"{CHECKOUT}/wasm/")}
    if options.files:
        wanted &= {str(Path(f).resolve()) for f in options.files}
    verdicts = CACHE / "checked" / name
    verdicts.mkdir(parents=True, exist_ok=True)
    for old in verdicts.iterdir():
        if old.stat().st_mtime < time.time() - KEEP_DAYS * 86400:
            old.unlink(missing_ok=True)

    todo, reads, units = [], {}, []
    for unit in json.loads((build / "compile_commands.json").read_text()):
        file = os.path.normpath(os.path.join(unit["directory"], unit["file"]))
        if file not in wanted or file in reads:
            continue
        parts, precompiled = without_precompiled(unit.get("arguments") or shlex.split(unit["command"]))
        units.append({"directory": unit["directory"], "file": unit["file"], "arguments": parts})
        output = unit.get("output") or parts[parts.index("-o") + 1]
        output = os.path.relpath(os.path.join(unit["directory"], output), build)
        if output not in deps:
            # Not a part of the usual build: what it includes is known once it was compiled.
            built = subprocess.run(["ninja", "-C", str(build), output], capture_output=True, text=True)
            deps = dependencies(build)
            if built.returncode != 0 or output not in deps:
                sys.exit(f"{name}: {os.path.relpath(file, CHECKOUT)} does not compile:\n{built.stdout}")
        reads[file] = list(deps[output])
        if precompiled:
            reads[file] += deps[os.path.relpath(f"{precompiled}.gch", build)]
        flags = " ".join(parts).replace(str(build), "@build@").replace(str(CHECKOUT), "@checkout@")
        flags = re.sub(r"^.*?ccache ", "", flags)
        key = hashlib.sha256("\n".join([base, flags, *(hashes.of(d) for d in reads[file])]).encode()).hexdigest()
        verdict = verdicts / key
        if options.again or not verdict.exists():
            todo.append((file, verdict))
        else:
            os.utime(verdict)

    # A run over everything leaves this mark beside its verdicts; it grows old and goes like one of them.
    whole = verdicts / "whole"
    everything = not options.files and not options.browser
    if everything and todo and not (options.all or options.again or whole.exists()):
        names = {file: os.path.relpath(file, CHECKOUT) for file in reads}
        ours = {names[file]: {os.path.relpath(d, CHECKOUT) for d in read if d.startswith(f"{CHECKOUT}/")} | {names[file]} for file, read in reads.items()}
        chosen, why = changed.choose(CHECKOUT, ours, settings)
        found = [item for item in todo if names[item[0]] in chosen]
        print(f"{name}: no run here has checked everything yet; of {len(todo)} files without a verdict these are checked: {why}; --all checks every file")
        everything = len(found) == len(todo)
        todo = found

    def check(item):
        file, verdict = item
        began = time.monotonic()
        if began > ends:
            return file, None, "", 0
        *start, last = command(file, commands.name)
        if options.browser:
            # Headers of wasm/ are ours too; they are read by nothing else.
            start = [argument.replace("(protocol|", "(wasm|protocol|") for argument in start]
        done = subprocess.run([*start, *(BROWSER_ARGUMENTS if options.browser else []), last], capture_output=True, text=True, cwd=CHECKOUT)
        said = done.stdout + "\n".join(l for l in done.stderr.splitlines() if not re.match(r"^\d+ warnings? (generated|treated)|^Suppressed|^Use -", l))
        # A checker that fails without saying why has not checked: that is no good verdict either.
        good = done.returncode == 0 and not re.search(r"(warning|error):", said)
        if good:
            verdict.touch()
        if not good and not said.strip():
            said = f"{file}: {name} ended with {done.returncode} and without a word: start it again"
        return file, good, said.replace(f"{CHECKOUT}/", ""), time.monotonic() - began

    commands = tempfile.TemporaryDirectory()
    (Path(commands.name) / "compile_commands.json").write_text(json.dumps(units))
    # The largest first, so that no single one is left over at the end. Where the time may not suffice, others first each day.
    day = int(time.time() // 86400)
    turn = lambda file: hashlib.sha256(f"{day} {os.path.relpath(file, CHECKOUT)}".encode()).hexdigest()
    todo.sort(key=lambda item: turn(item[0]) if options.minutes else -os.path.getsize(item[0]))
    bad, left, ends = 0, 0, time.monotonic() + 60 * (options.minutes or 1e6)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for number, done in enumerate(concurrent.futures.as_completed([pool.submit(check, item) for item in todo]), 1):
            file, good, said, seconds = done.result()
            if good is None:
                left += 1
                continue
            short = os.path.relpath(file, CHECKOUT)
            if options.times or not good or sys.stderr.isatty():
                print(f"{name}: {number}/{len(todo)} {short}{'' if good else ': FAILED'} ({seconds:.1f} s)", file=sys.stderr, flush=True)
            if not good:
                print(said.strip(), flush=True)
                bad += 1
    if everything and not left:
        whole.touch()
    behind = f"; {left} are left for another run: {options.minutes:g} minutes were over" if left else ""
    print(f"{name}: {len(reads)} files, {len(todo) - left} checked, {bad} with findings{behind}")
    if bad:
        sys.exit(f"{name}: {describe}")
