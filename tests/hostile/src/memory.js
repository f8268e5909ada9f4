// SPDX-License-Identifier: GPL-3.0-or-later
import fs from "node:fs";

/** Anonymous memory of a process in MiB: what it made itself, not what it shares with files. */
export function anonymousMiB(pid) {
    const [, kib] = /^Anonymous:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"));
    return Number(kib) / 1024;
}

/** Files and sockets that a process has open: nothing that is held can hide from the kernel. */
export const openFiles = (pid) => fs.readdirSync(`/proc/${pid}/fd`).length;

/** The largest memory of a process while something happens. */
export class MemoryWatch {
    /** @param before what it had before anybody attacked it: what an earlier attack left counts too */
    constructor(pid, before = anonymousMiB(pid)) {
        this.pid = pid;
        this.before = before;
        this.most = anonymousMiB(pid);
        this.timer = setInterval(() => this.look(), 100).unref();
    }
    look() {
        this.most = Math.max(this.most, anonymousMiB(this.pid));
    }
    get growth() {
        return this.most - this.before;
    }
    /** What is there now above what was there before. */
    get kept() {
        return anonymousMiB(this.pid) - this.before;
    }
    /** @returns the growth */
    end() {
        this.look();
        clearInterval(this.timer);
        return this.growth;
    }
}
