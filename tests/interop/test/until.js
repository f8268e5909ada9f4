// SPDX-License-Identifier: GPL-3.0-or-later
import { setTimeout as pause } from "node:timers/promises";

/** Waits until `look` gives something that is true, and gives that: for what a server tells nobody by itself. */
export async function until(look, what, { within = 10_000, every = 20 } = {}) {
    const end = performance.now() + within;
    for (;;) {
        const seen = await look();
        if (seen) return seen;
        if (performance.now() > end) throw new Error(`did not come within ${within / 1000} s: ${what}`);
        await pause(every);
    }
}
