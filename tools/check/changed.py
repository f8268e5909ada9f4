#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What has changed since the last commit that landed, and which files take their turn today.

    tools/check/changed.py               say what counts as landed here
    tools/check/changed.py --self-test   prove each rule in made-up repositories

A machine without verdicts would check everything, which takes longer than all the rest of ./test.sh and grows with the
code. There, what landed before counts as checked by those who landed it: it gets a rotating share of each run.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DAY = 86400
# One part of so many each day: everything has had its turn before people forget what they changed.
SHARES = 10


def git(top, *arguments):
    done = subprocess.run(["git", "-C", top, *arguments], capture_output=True, text=True, errors="replace")  # a picture may have changed
    return done.stdout.strip("\n") if done.returncode == 0 else None


def commit(top, name):
    return git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")


def landed(top, environment=os.environ):
    """(commit, why): the newest commit that counts as checked already. None: nothing does."""
    named = environment.get("MUSTER_BASE")
    if named:
        base = commit(top, named)
        if not base:
            sys.exit(f"MUSTER_BASE is '{named}', which names no commit here: fetch it, or name another")
        return base, f"MUSTER_BASE {named}"
    head = commit(top, "HEAD")
    if not head:
        return None, "there is no commit yet"
    main = commit(top, "refs/remotes/origin/main")
    # What others landed meanwhile is not this checkout's: count from where both parted.
    base = git(top, "merge-base", main, head) if main else None
    if base and base != head:
        return base, "origin/main"
    # HEAD has landed itself, or nobody knows: yesterday's commit is what the last run had.
    before = int(git(top, "show", "--no-patch", "--format=%ct", head)) - DAY
    base = next((line.split()[0] for line in git(top, "log", "--format=%H %ct").splitlines() if int(line.split()[1]) <= before), None)
    return base, "the newest commit a day older than HEAD" if base else "no commit here is a day older than HEAD"


def words(text):
    """What of a C++ file a checker judges: all but which headers it names."""
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#include")]


def only_moved(top, base, old, new):
    """Whether a file says what it said before, from another place or by other names of headers."""
    before = git(top, "show", f"{base}:{old}")
    try:
        return new.endswith((".cpp", ".h")) and before is not None and words(before) == words((Path(top) / new).read_text())
    except (OSError, UnicodeDecodeError):
        return False


def changed_since(top, base):
    """Files that differ from the commit, in commits, in the working tree, or as new ones that git does not know yet; by their path from the top."""
    differ = git(top, "diff", "--name-status", "--find-renames", "--no-ext-diff", "-z", base, "--")
    new = git(top, "ls-files", "-z", "--others", "--exclude-standard")
    if differ is None or new is None:
        sys.exit(f"git does not say what changed since {base}: see what 'git diff {base}' and 'git status' say")
    names = {name for name in new.split("\0") if name}
    fields = iter(differ.split("\0"))
    for status in fields:
        if not status:
            continue
        old = next(fields)
        name = next(fields) if status[0] in "RC" else old
        if status[0] not in "RCM" or not only_moved(top, base, old, name):
            names.add(name)
    return names


def takes_turn(name, now):
    """Whether it is the file's day. Hangs on the name alone, so that a file's turn never moves."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % SHARES == int(now // DAY) % SHARES


def choose(top, reads, settings, now=None, environment=os.environ):
    """
    (files, why): which files to check where nothing is known about any. What changed itself, one reader of each header that
    changed, and those whose turn it is.

    reads     file -> the files that its compilation reads, itself among them; paths from the top
    settings  the file that every verdict hangs on; its path from the top
    """
    base, why = landed(top, environment)
    if not base:
        return set(reads), f"all, because {why}"
    differ = changed_since(top, base)
    if settings in differ:
        return set(reads), f"all, because {settings} changed since {base[:8]} ({why})"
    chosen = {name for name in reads if name in differ}
    # A header is checked through whoever reads it, so one reader of each is enough: often half of all files read one that changed.
    for header in sorted(differ.difference(*(reads[name] for name in chosen))):
        readers = [name for name, read in reads.items() if header in read]
        if readers and not any(name in chosen for name in readers):
            own = header.removesuffix(".h") + ".cpp"
            chosen.add(own if own in readers else min(readers))
    turn = {name for name in reads if takes_turn(name, time.time() if now is None else now)} - chosen
    return chosen | turn, f"{len(chosen)} that changed since {base[:8]} ({why}) and {len(turn)} whose turn it is"


def self_test():
    failed, number = 0, 0

    def same(what, got, wanted):
        nonlocal failed, number
        number += 1
        if got != wanted:
            failed += 1
            print(f"FAIL: {what}: wanted {wanted!r}, got {got!r}")

    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        environment = {"HOME": folder, "GIT_CONFIG_NOSYSTEM": "1"}
        os.environ.update(environment)

        def commit_at(day, **files):
            for name, text in files.items():
                (top / name).write_text(text)
            git(top, "add", "--all")
            date = f"{1_700_000_000 + int(day * DAY)} +0000"
            os.environ.update(GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date)
            git(top, "-c", "user.name=n", "-c", "user.email=e@example.org", "commit", "--quiet", "--message", "m")
            return commit(top, "HEAD")

        git(top, "init", "--quiet", "--initial-branch=main")
        same("no commit", landed(top, {}), (None, "there is no commit yet"))
        first = commit_at(0, a="1", b="1", h="1", settings="1")
        same("one commit", landed(top, {})[0], None)
        commit_at(0.5, a="2")
        same("young commits alone", landed(top, {})[0], None)
        third = commit_at(3, b="2")
        same("a commit of days ago", landed(top, {}), (commit(top, "HEAD~1"), "the newest commit a day older than HEAD"))
        same("named by hand", landed(top, {"MUSTER_BASE": first[:12]})[0], first)
        git(top, "update-ref", "refs/remotes/origin/main", third)
        same("HEAD has landed", landed(top, {})[1], "the newest commit a day older than HEAD")
        git(top, "checkout", "--quiet", "-b", "work")
        commit_at(3.1, a="3")
        same("work on top of main", landed(top, {}), (third, "origin/main"))
        git(top, "checkout", "--quiet", "main")
        git(top, "update-ref", "refs/remotes/origin/main", commit_at(3.2, h="2"))
        git(top, "checkout", "--quiet", "work")
        same("main went on meanwhile", landed(top, {}), (third, "origin/main"))

        same("in a commit", changed_since(top, third), {"a"})
        (top / "b").write_text("3")
        (top / "new file").write_text("1")
        (top / "settings").unlink()
        same("in the working tree", changed_since(top, third), {"a", "b", "new file", "settings"})
        (top / "settings").write_text("1")
        (top / "b").write_text("2")

        # Names whose turn is on different days; one of them is changed.
        days = {day: next(f"f{i}" for i in range(1000) if takes_turn(f"f{i}", day * DAY)) for day in range(SHARES)}
        reads = {name: {name, "h"} for name in days.values()} | {"a": {"a", "h"}}
        for day in (0, 7, 7 + SHARES):
            chosen, why = choose(top, reads, "settings", day * DAY + 5, {})
            same(f"changed, and the turn of day {day}", chosen, {"a", days[day % SHARES]} | ({"a"} if takes_turn("a", day * DAY) else set()))
        same("in words", why.replace(third[:8], "COMMIT"), "1 that changed since COMMIT (origin/main) and 1 whose turn it is")
        (top / "h").write_text("3")
        same("a header that a changed file reads", choose(top, reads, "settings", 0, {})[0], {"a", days[0]})
        others = {"z.cpp": {"z.cpp", "z.h"}, "y.cpp": {"y.cpp", "z.h", "new file"}, "b.cpp": {"b.cpp"}}
        (top / "z.h").write_text("1")
        headers = choose(top, others, "settings", next(day for day in range(SHARES) if not any(takes_turn(n, day * DAY) for n in others)) * DAY, {})[0]
        same("headers that no changed file reads", headers, {"y.cpp"})
        (top / "new file").unlink()
        commit_at(4, **{"moved.cpp": "#include <one>\nint a;\nint b;\nint c;\n", "judged.cpp": "#include <one>\nint x;\nint y;\nint z;\n"})
        before = commit(top, "HEAD")
        commit_at(4.1, **{"there.cpp": "#include <other>\nint a;\nint b;\nint c;\n", "beside.cpp": "#include <one>\nint x;\nint y;\nint w;\n"})
        for gone in ("moved.cpp", "judged.cpp"):
            (top / gone).unlink()
        commit_at(4.2)
        same("moved, with what it includes", changed_since(top, before) & {"there.cpp", "beside.cpp"}, {"beside.cpp"})
        git(top, "reset", "--quiet", "--hard", f"{before}~1")
        (top / "z.h").write_text("1")
        del others["y.cpp"]
        same("the file beside its header", "z.cpp" in choose(top, others | {"a.cpp": {"a.cpp", "z.h"}}, "settings", 0, {})[0], True)
        (top / "z.h").unlink()
        (top / "h").write_text("1")
        (top / "settings").write_text("2")
        same("the settings", choose(top, reads, "settings", 0, {})[0], set(reads))
        same("settings of another checker", choose(top, reads, "other", 0, {"MUSTER_BASE": ""})[0], {"a", days[0]})
        turns = {name: [day for day in range(SHARES) if takes_turn(name, day * DAY)] for name in (f"n{i}" for i in range(100))}
        same("everything has its turn once", {len(found) for found in turns.values()}, {1})
    print(f"changed: {number - failed} of {number} self-tests passed")
    return failed


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(1 if self_test() else 0)
    checkout = Path(__file__).resolve().parent.parent.parent
    known, reason = landed(checkout)
    print(f"{known or 'nothing'} ({reason})")
