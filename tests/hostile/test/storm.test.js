// SPDX-License-Identifier: GPL-3.0-or-later
// A fleet that returns at once after its server died: it is back soon, and operators are heard meanwhile.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { launch } from "../src/children.js";
import { Latencies } from "../src/latencies.js";
import { isLong, until } from "../src/patience.js";
import { Server, bin } from "../src/server.js";

const devices = isLong ? 4_000 : 200;
/** The promise of docs/operating.md, for 8,000 on two processors. */
const backWithin = 60_000;
/** What a monitor or a load balancer sees meanwhile. */
const healthWithin = 500;

describe("a storm", () => {
    for (const tls of [false, true]) {
        test(`${devices} devices are back after a crash, ${tls ? "TLS" : "plain"}`, async (t) => {
            const server = await Server.start({ tls });
            const { child: simulator, exited } = launch([bin("muster-sim"), "--devices", `${devices}`, "--server", server.deviceUrl, "--cloud-key", server.cloudKeyPath, "--accept-with", server.profile(),
                "--distinct-keys", "16", "--threads", isLong ? "2" : "1", "--report-every", "0", ...(tls ? ["--ca-certificate", server.caPath] : [])]);
            try {
                const online = async () => (await server.metrics())['muster_devices{state="online"}'];
                await until(async () => (await online()) === devices, "all are connected", { within: 120_000, every: 200 });
                await server.kill();
                await server.launch();
                const began = performance.now();
                const health = new Latencies();
                let back = false;
                const asking = (async () => {
                    while (!back) {
                        await health.time(async () => {
                            const { status } = await server.get("/healthz", { within: 3_000 });
                            assert.equal(status, 200);
                        });
                        await pause(20);
                    }
                })();
                try {
                    await until(async () => (await online().catch(() => 0)) === devices, "all are back", { within: backWithin, every: 200 });
                } finally {
                    back = true;
                    await asking;
                }
                const { count, p50, p99, max, failures } = health.take();
                t.diagnostic(`back after ${((performance.now() - began) / 1000).toFixed(1)} s; /healthz ${count} times, p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)}, longest ${max.toFixed(1)} ms, failed: ${JSON.stringify(failures)}`);
                assert.deepEqual(failures, {}, "/healthz answers each time");
                assert.ok(p99 < healthWithin, `/healthz takes ${p99.toFixed(0)} ms`);
            } finally {
                simulator.kill("SIGTERM");
                await exited;
                await server.stop();
            }
        });
    }
});
