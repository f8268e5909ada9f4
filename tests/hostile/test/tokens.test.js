// SPDX-License-Identifier: GPL-3.0-or-later
// Devices that were let in by a token, and mean no good: what they send without being asked is paid for, whatever it is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { flood } from "../src/flood.js";
import { frame } from "../src/frames.js";
import { inBothHouses } from "../src/house.js";
import { growthMiB } from "../src/limits.js";
import { MemoryWatch } from "../src/memory.js";
import { Raw } from "../src/raw.js";

const path = "/api/v2/rpc";
/** Long enough for whatever listens to nothing. */
const floodFor = 20_000;
const repeated = (text, bytes) => frame({ payload: Buffer.from(text.repeat(Math.ceil(bytes / text.length))) });
const copies = (one, count) => Buffer.concat(Array.from({ length: count }, () => one));

inBothHouses("a device with a token", { works: true }, (house, secure) => {
    /** Those that are the same with TLS and without are played once. */
    const alike = { skip: secure && "as without TLS" };
    const made = () => house.server.api("POST", "/devices", {});
    async function come(token) {
        const raw = await Raw.connect(house.server);
        return { raw, status: (await raw.upgrade(path, token ? { Authorization: `Bearer ${token}` } : {})).status };
    }

    const floods = {
        "objects that are never ended": repeated('{"a":', 30_000),
        "what is no JSON": repeated("x", 60_000),
        "answers that nobody asked for": frame({ payload: Buffer.from(`{"id":77,"result":"${"x".repeat(60_000)}"}`) }),
        "single characters": copies(repeated("x", 1), 500),
        "empty messages": copies(frame(), 500),
    };
    for (const [what, piece] of Object.entries(floods)) {
        test(`that floods with ${what} is ended, and others are served`, alike, async (t) => {
            const { server, work } = house;
            const { token } = await made();
            const memory = new MemoryWatch(server.pid, house.memory);
            const { noticed } = await work.noticed(async () => {
                const { raw } = await come(token);
                await flood(raw.socket, piece, { for: floodFor });
                assert.ok(raw.socket.destroyed || raw.hasEnded, "it was ended");
                return [raw.socket];
            }, t, 500);
            if (memory.end() >= growthMiB) noticed.push(`memory grew by ${memory.growth.toFixed(1)} MiB`);
            assert.deepEqual(noticed, []);
        });
    }

    test("that comes again and again is told to come later", alike, async () => {
        const { token } = await made();
        let code = 0;
        for (let i = 0; i < 400 && code !== 1013; i += 1) {
            const { raw, status } = await come(token);
            assert.equal(status, 101);
            // Whoever may stay is asked what it is; whoever comes too often is sent away.
            const first = await raw.frame();
            if (first.opcode === 8) code = first.code;
            raw.socket.destroy();
        }
        assert.equal(code, 1013);
    });

    test("is not guessed, however fast", async () => {
        for (let i = 0; i < 200; i += 1) {
            const { raw, status } = await come(i.toString(16).padStart(24, "0"));
            assert.equal(status, 401);
            raw.socket.destroy();
        }
        const { token } = await made();
        const { raw, status } = await come(token);
        assert.equal(status, 101, "who has one comes in all the same");
        raw.socket.destroy();
    });
});
