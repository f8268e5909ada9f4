// SPDX-License-Identifier: GPL-3.0-or-later
// /metrics says how many connections are in each phase, and why each of the others ended.
import assert from "node:assert/strict";
import { test } from "node:test";
import { acceptedDevice, pendingDevice } from "../src/devices.js";
import { inBothHouses } from "../src/house.js";
import { slack } from "../src/limits.js";
import { Live } from "../src/operators.js";
import { many, until } from "../src/patience.js";
import { Raw } from "../src/raw.js";

inBothHouses("what is counted", {}, (house, secure) => {
    const phase = async (name) => (await house.server.metrics())[`muster_connections{phase="${name}"}`];
    const ended = async (reason) => Object.entries(await house.server.metrics())
        .reduce((sum, [name, count]) => sum + (name.startsWith("muster_connections_ended_total{") && name.includes(`reason="${reason}"`) ? count : 0), 0);
    const becomes = (name, count) => until(async () => (await phase(name)) === count, `${count} are ${name}`, { within: slack });

    test("each phase has its count, which goes back", async () => {
        const { server } = house;
        const halves = await many(3, 3, async () => {
            const raw = await Raw.connect(server);
            raw.write("GET /healthz HTTP/1.1\r\n");
            return raw;
        });
        const encrypting = secure ? await many(2, 2, () => Raw.connect(server, { plain: true })) : [];
        const idle = await many(4, 4, async () => {
            const raw = await Raw.connect(server);
            await raw.ask("GET /healthz HTTP/1.1\r\nHost: fleet.example\r\n\r\n");
            return raw;
        });
        const introducing = await many(5, 5, async () => {
            const raw = await Raw.connect(server);
            await raw.upgrade("/device");
            return raw;
        });
        const pending = await pendingDevice(server, "counted-pending");
        const accepted = await acceptedDevice(server, "counted-accepted");
        const live = await Live.open(server);
        // One more request is the one that asks for the metrics; it is being answered.
        if (secure) await becomes("encrypting", 2);
        await becomes("requesting", 3);
        await becomes("answering", 1);
        await until(async () => (await phase("idle")) >= 4, "4 are idle", { within: slack }); // and what the test's own client keeps
        await becomes("introducing", 5);
        await becomes("pending", 1);
        await becomes("accepted", 1);
        await becomes("live", 1);

        const left = await ended("left");
        for (const raw of [...halves, ...encrypting, ...idle, ...introducing]) raw.reset();
        await Promise.all([pending.close(), accepted.close(), live.close()]);
        for (const name of ["encrypting", "requesting", "introducing", "pending", "accepted", "live"]) await becomes(name, 0);
        await until(async () => (await ended("left")) >= left + 12, "whoever left is counted", { within: slack });
    });
    test("each end has its reason", async () => {
        const { server } = house;
        const refusedBefore = await ended("refused");
        const raw = await Raw.connect(server);
        await raw.ask("HELLO\r\n\r\n");
        raw.destroy();
        await until(async () => (await ended("refused")) > refusedBefore, "a refusal is counted", { within: slack });

        const doneBefore = await ended("done");
        await server.get("/healthz", { headers: { connection: "close" } });
        await until(async () => (await ended("done")) > doneBefore, "a good end is counted", { within: slack });

        const crowdedBefore = await ended("crowded");
        const crowd = await many(80, 16, async () => {
            const one = await Raw.connect(server).catch(() => null);
            await one?.upgrade("/device", { "X-Forwarded-For": "203.0.113.9" }).catch(() => {});
            return one;
        });
        await until(async () => (await ended("crowded")) >= crowdedBefore + 10, "a crowd is counted", { within: slack });
        for (const one of crowd) one?.reset();
    });
    test("what is told of connections adds up", async () => {
        const { server } = house;
        const values = await server.metrics();
        const sum = (start) => Object.entries(values).reduce((all, [name, count]) => all + (name.startsWith(start) ? count : 0), 0);
        assert.equal(sum("muster_connections{") + sum("muster_connections_ended_total{"), values.muster_connections_opened_total);
    });
});
