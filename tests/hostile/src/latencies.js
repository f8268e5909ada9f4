// SPDX-License-Identifier: GPL-3.0-or-later
/** How long each of many things took, in ms, and how many failed. */
export class Latencies {
    #times = [];
    #failures = new Map();
    #underWay = new Set();

    /** Does it, and counts it. */
    async time(work) {
        const began = { at: performance.now() };
        this.#underWay.add(began);
        try {
            await work();
            this.#times.push(performance.now() - began.at);
        } catch (error) {
            this.#failures.set(error.message, (this.#failures.get(error.message) ?? 0) + 1);
        }
        this.#underWay.delete(began);
    }
    /**
     * What came since the last time that this was asked. What is still under way counts with the time that it took until now: what
     * hangs must not look like what was never asked.
     */
    take() {
        const now = performance.now();
        const times = [...this.#times, ...[...this.#underWay].map(({ at }) => now - at)].sort((a, b) => a - b);
        const at = (share) => times[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)] ?? Number.NaN;
        const taken = { count: times.length, p50: at(0.5), p99: at(0.99), max: at(1), failures: Object.fromEntries(this.#failures) };
        this.#times = [];
        this.#failures = new Map();
        return taken;
    }
}
