// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { after, afterEach, before, describe } from "node:test";
import { Server } from "./server.js";
import { Work } from "./work.js";

/**
 * Tests that are run twice, against a server of their own without TLS and with it.
 * @param what the describe's name
 * @param options of Server.start; `works`: with operators and devices at work; `concurrency`: its tests at once, and both servers
 * @param tests called with an object whose `server`, `work` and `memory` (MiB, when all was quiet) are there once the tests run,
 *        and with whether there is TLS
 */
export function inBothHouses(what, { works = false, concurrency = false, ...options }, tests) {
    const once = (tls) => {
        describe(`${what}, ${tls ? "TLS" : "plain"}`, { concurrency }, () => {
            const house = {};
            before(async () => {
                house.server = await Server.start({ tls, ...options });
                if (works) house.work = await Work.begin(house.server);
                house.memory = house.server.memory();
            });
            after(async () => {
                try {
                    await house.work?.end();
                } finally {
                    await house.server?.stop();
                }
            });
            // Where tests run at once, it is one of them.
            afterEach(() => assert.deepEqual(house.server.takeWarnings(), [], "nothing unexpected in the server's log"));
            tests(house, tls);
        });
    };
    describe(what, { concurrency: Boolean(concurrency) }, () => {
        once(false);
        once(true);
    });
}
