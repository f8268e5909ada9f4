// SPDX-License-Identifier: GPL-3.0-or-later
import { setTimeout as pause } from "node:timers/promises";

/** More of everything, and what takes minutes. */
export const isLong = Boolean(process.env.MUSTER_HOSTILE_LONG);

/** How long something may take that takes a moment on a quiet machine. */
const patience = 20_000;

/** Waits until `look` gives something that is true, and gives that. */
export async function until(look, what, { within = patience, every = 25 } = {}) {
    const end = performance.now() + within;
    for (;;) {
        const seen = await look();
        if (seen) return seen;
        if (performance.now() > end) throw new Error(`did not come within ${within / 1000} s: ${typeof what === "function" ? what() : what}`);
        await pause(every);
    }
}

/** Does `work` `count` times, `atOnce` of them under way. @returns what they gave, in order */
export async function many(count, atOnce, work) {
    const results = new Array(count);
    let next = 0;
    const line = async () => {
        while (next < count) {
            const mine = next++;
            results[mine] = await work(mine);
        }
    };
    await Promise.all(Array.from({ length: Math.min(count, atOnce) }, line));
    return results;
}
