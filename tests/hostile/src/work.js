// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { arrivalFloor, machineAtMost, roundTripFloor } from "./limits.js";
import { until } from "./patience.js";

/** Round trips through a process that has nothing to do with the server. */
const control = "the machine itself";
/** How often a round trip waits for a thread to have its turn, for each time that the control does. */
const waits = { "a page of the API": 2, "a call to a device": 3, "/healthz, arriving": 2 };
/** How often an attack is played at most, until nobody notices it. */
const attempts = 3;
/** Long enough for some dozens of round trips of each kind. */
const quietFor = 2_000;

/** Those who have a key and work, while others attack. */
export class Work {
    /** Begins, and measures how it is when nobody attacks. */
    static async begin(server, { devices = 4 } = {}) {
        const work = new Work();
        const { url, apiKey, ca, liveUrl, deviceUrl, cloudKeyPath } = server;
        work.worker = new Worker(new URL("work.worker.js", import.meta.url), { workerData: { server: { url, apiKey, ca, liveUrl, deviceUrl, cloudKeyPath }, devices } });
        work.failed = new Promise((_, reject) => work.worker.on("error", reject));
        work.failed.catch(() => {});
        await work.#next();
        await pause(quietFor);
        work.quiet = await work.take();
        for (const [name, one] of Object.entries(work.quiet)) assert.deepEqual(one.failures, {}, `${name}, when all is quiet`);
        return work;
    }

    async #next() {
        const [message] = await Promise.race([once(this.worker, "message"), this.failed]);
        return message;
    }
    /** What was measured since this was last asked. */
    take() {
        this.worker.postMessage("take");
        return this.#next();
    }
    async end() {
        this.worker.postMessage("end");
        await this.#next();
    }

    /**
     * Does `attack`, and holds what was measured meanwhile against the quiet. What was noticed once may have been the machine: it is
     * attacked again then, and what was noticed each time is the server's.
     * @param attack gives what it holds: sockets, or anything else with destroy()
     * @param report the test, which is told the figures
     * @param floor ms that a round trip may take in any case
     * @returns {{noticed, held}}: `noticed` has a line for each kind of round trip that took too long or failed; `held` is the caller's to end
     */
    async noticed(attack, report, floor = roundTripFloor) {
        for (let attempt = 1; ; attempt++) {
            // What the attack before left to be worked off is not this one's.
            await until(async () => (await this.take())["/healthz, arriving"].p99 < arrivalFloor, "it is quiet again", { every: 200 });
            const held = (await attack()) ?? [];
            const noticed = this.#judge(await this.take(), report, floor);
            if (noticed.length === 0 || attempt === attempts) return { noticed, held };
            report.diagnostic(`noticed, and attacked again: ${noticed.join("; ")}`);
            for (const one of held) one?.destroy();
        }
    }

    #judge(measured, report, floor) {
        // Attackers, workers and server share the processors: what that costs a process that nobody attacks is not the server's doing.
        const machine = Math.max(0, measured[control].p99 - this.quiet[control].p99);
        const noticed = [];
        for (const [name, one] of Object.entries(measured)) {
            const most = Math.max(2 * this.quiet[name].p99, name.includes("arriving") ? arrivalFloor : floor) + Math.min(machineAtMost, machine * (waits[name] ?? 1));
            const text = `${name}: ${one.count} times, p50 ${one.p50.toFixed(1)}, p99 ${one.p99.toFixed(1)}, longest ${one.max.toFixed(1)} ms `
                + `(quiet p99 ${this.quiet[name].p99.toFixed(1)})${Object.keys(one.failures).length ? `, failed: ${JSON.stringify(one.failures)}` : ""}`;
            report.diagnostic(text);
            if (name !== control && (!(one.p99 <= most) || Object.keys(one.failures).length > 0)) noticed.push(`${text}; allowed are ${most.toFixed(0)} ms`);
        }
        return noticed;
    }
}
