// SPDX-License-Identifier: GPL-3.0-or-later
// Whoever asks for much and reads nothing: the server holds little of it, and lets go of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { acceptedDevice, pendingDevice } from "../src/devices.js";
import { flood } from "../src/flood.js";
import { frame } from "../src/frames.js";
import { inBothHouses } from "../src/house.js";
import { growthMiB, keptMiB, slack } from "../src/limits.js";
import { MemoryWatch } from "../src/memory.js";
import { isLong, many, until } from "../src/patience.js";
import { Raw } from "../src/raw.js";
import { bigFileBytes } from "../src/server.js";

const floodFor = isLong ? 20_000 : 800;
const pings = Buffer.concat(Array.from({ length: 500 }, () => frame({ opcode: 9, payload: Buffer.alloc(125, "p") })));
const repeated = (text, bytes) => Buffer.from(text.repeat(Math.ceil(bytes / text.length)));

inBothHouses("a flood", { works: true }, (house, secure) => {
    /** Plays it, and holds the server's memory, its files and the work of others against the promises. */
    async function bears(t, attack, floor) {
        const { server, work } = house;
        const before = server.openFiles();
        const memory = new MemoryWatch(server.pid, house.memory);
        const { noticed, held } = await work.noticed(() => attack(server), t, floor);
        t.diagnostic(`memory grew by ${memory.end().toFixed(1)} MiB; ${held.filter((socket) => socket.destroyed).length} of ${held.length} were ended by the server`);
        for (const socket of held) socket.destroy();
        if (memory.growth >= growthMiB) noticed.push(`memory grew by ${memory.growth.toFixed(1)} MiB`);
        assert.deepEqual(noticed, []);
        await until(() => server.openFiles() <= before + 4, "what was held is let go", { within: slack });
        await until(() => memory.kept < keptMiB, () => `memory falls back: ${memory.kept.toFixed(1)} MiB are kept`, { within: slack });
    }
    /** Who was given a key may make others wait for a moment with what it may ask, but not for long. */
    const withKey = 500;
    /** Those that are the same with TLS and without are played once, where time is short. */
    const alike = { skip: secure && !isLong && "as without TLS" };
    const stranger = async (server, options = {}) => {
        const raw = await Raw.connect(server, options);
        assert.equal((await raw.upgrade("/device")).status, 101);
        raw.socket.removeAllListeners("data").pause();
        return raw;
    };

    /** Whoever floods with pings is ended soon: it comes again, as long as the attack lasts. @return its last sockets */
    async function floodAgain(come) {
        const end = performance.now() + floodFor;
        const last = [];
        while (performance.now() < end) {
            const socket = await come();
            last.push(socket);
            last.splice(0, last.length - 20);
            await flood(socket, pings, { for: Math.max(0, end - performance.now()) });
        }
        return last;
    }

    test("of pings of a stranger who does not read", (t) => bears(t, (server) => floodAgain(async () => (await stranger(server)).socket)));
    test("of pings of twenty strangers who do not read", alike, (t) => bears(t, async (server) => {
        const sockets = await many(20, 20, (i) => floodAgain(async () => (await stranger(server, { from: `127.0.0.${2 + i}` })).socket));
        return sockets.flat();
    }));
    test("of pings of a device that waits, and of one that was accepted", alike, (t) => bears(t, async (server) => {
        const devices = [await pendingDevice(server, `floods-pending-${performance.now()}`), await acceptedDevice(server, `floods-accepted-${performance.now()}`)];
        const sockets = devices.map(({ socket }) => socket._socket.pause());
        await Promise.all(sockets.map((socket) => flood(socket, pings, { for: floodFor })));
        return sockets;
    }));
    test("of pings of an operator who does not read", alike, (t) => bears(t, (server) => floodAgain(async () => {
        const raw = await Raw.connect(server);
        assert.equal((await raw.upgrade("/api/v2/live", { Authorization: `Bearer ${server.apiKey}` })).status, 101);
        raw.socket.removeAllListeners("data").pause();
        return raw.socket;
    })));
    test("of calls of an operator who does not read the answers", (t) => bears(t, async (server) => {
        const raw = await Raw.connect(server);
        assert.equal((await raw.upgrade("/api/v2/live", { Authorization: `Bearer ${server.apiKey}` })).status, 101);
        raw.socket.removeAllListeners("data").pause();
        const calls = Buffer.concat(Array.from({ length: 200 }, (_, i) => frame({ payload: Buffer.from(JSON.stringify({ jsonrpc: "2.0", id: `${i}${"x".repeat(100)}`, method: "Live.Ping", params: {} })) })));
        await flood(raw.socket, calls, { for: floodFor });
        return [raw.socket];
    }, withKey));
    test("of calls of an accepted device that does not read the answers", alike, (t) => bears(t, async (server) => {
        const device = await acceptedDevice(server, `floods-calls-${performance.now()}`);
        const socket = device.socket._socket.pause();
        const end = performance.now() + floodFor;
        while (performance.now() < end && !socket.destroyed) {
            for (let i = 0; i < 20; i++) device.call("Time.Now").catch(() => {});
            await (socket.writableNeedDrain ? pause(20) : new Promise((resolve) => setImmediate(resolve)));
        }
        return [socket];
    }));

    for (const [what, text, bytes] of [
        ["the start page", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", 10_000_000],
        ["/healthz", "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n", 10_000_000],
        ["pages that are not there", "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n", 10_000_000],
        ["what needs a key", "GET /api/v2/devices HTTP/1.1\r\nHost: a\r\n\r\n", 10_000_000],
    ]) {
        test(`of 10 MB of requests for ${what}, in one connection that is never read`, alike, (t) => bears(t, async (server) => {
            const { socket } = await Raw.connect(server, { reads: false });
            await flood(socket, repeated(text, 65_536), { for: floodFor, most: bytes });
            await pause(floodFor / 2);
            return [socket];
        }));
    }
    test("of requests for the description of the API by somebody with a key who does not read", alike, (t) => bears(t, async (server) => {
        const { socket } = await Raw.connect(server, { reads: false });
        await flood(socket, repeated(`GET /api/v2/openapi.json HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${server.apiKey}\r\n\r\n`, 65_536), { for: floodFor, most: 2_000_000 });
        await pause(floodFor / 2);
        return [socket];
    }, withKey));
    test("of requests whose bodies are thrown away", alike, (t) => bears(t, async (server) => {
        const { socket } = await Raw.connect(server, { reads: false });
        const body = JSON.stringify({ x: "y".repeat(60_000) });
        await flood(socket, Buffer.from(`POST /api/v2/session/redeem HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`), { for: floodFor });
        return [socket];
    }));
    test(`of forty readers of a file of ${bigFileBytes / 2 ** 20} MiB who do not read`, (t) => bears(t, async (server) => {
        const raws = await many(40, 20, async () => {
            const raw = await Raw.connect(server, { reads: false });
            raw.write("GET /web/big.bin HTTP/1.1\r\nHost: a\r\n\r\n");
            return raw;
        });
        await pause(floodFor);
        return raws.map(({ socket }) => socket);
    }));
    test("of a file asked for a thousand times in one connection that is never read", (t) => bears(t, async (server) => {
        const { socket } = await Raw.connect(server, { reads: false });
        await flood(socket, repeated("GET /web/big.bin HTTP/1.1\r\nHost: a\r\n\r\n", 40_000), { for: floodFor, most: 40_000 });
        await pause(floodFor);
        return [socket];
    }));
    test("of frames of which none is ever whole", alike, (t) => bears(t, async (server) => {
        const raws = await many(100, 20, (i) => stranger(server, { from: `127.0.0.${2 + (i % 50)}` }));
        for (const { socket } of raws) socket.write(frame({ fin: false, payload: Buffer.alloc(60_000, "x") }));
        await pause(floodFor);
        return raws.map(({ socket }) => socket);
    }));
    test("of empty continuations without an end", alike, (t) => bears(t, async (server) => {
        const { socket } = await stranger(server);
        socket.write(frame({ fin: false }));
        await flood(socket, Buffer.concat(Array.from({ length: 5_000 }, () => frame({ opcode: 0, fin: false }))), { for: floodFor });
        return [socket];
    }));
    test("of heads of 7,000 bytes without an end", alike, (t) => bears(t, async (server) => {
        const raws = await many(500, 50, async (i) => {
            const raw = await Raw.connect(server, { from: `127.0.0.${2 + (i % 50)}` }).catch(() => null);
            raw?.write(`GET /device HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(7_000)}\r\n`);
            return raw;
        });
        await pause(floodFor);
        return raws.filter(Boolean).map(({ socket }) => socket);
    }));
    test("of bodies of 60,000 bytes without an end", alike, (t) => bears(t, async (server) => {
        const raws = await many(500, 50, async (i) => {
            const raw = await Raw.connect(server, { from: `127.0.0.${2 + (i % 50)}` }).catch(() => null);
            raw?.write(`POST /api/v2/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 61000\r\n\r\n${"x".repeat(60_000)}`);
            return raw;
        });
        await pause(floodFor);
        return raws.filter(Boolean).map(({ socket }) => socket);
    }));
    test("of handshakes with keys that are not good", alike, (t) => bears(t, async (server) => {
        const end = performance.now() + floodFor;
        await Promise.all(Array.from({ length: 8 }, async (_, i) => {
            while (performance.now() < end) {
                const raw = await Raw.connect(server, { from: `127.0.0.${2 + i}` }).catch(() => null);
                if (!raw) continue;
                const { status } = await raw.upgrade("/device").catch(() => ({ status: 0 }));
                if (status === 101) {
                    raw.sendText('{"id":"1","jsonrpc":"2.0","method":"Device.Authenticate","params":{"public_key":"none","device_id":"x"},"meta":{}}');
                    await raw.closed;
                }
                raw.destroy();
            }
        }));
        return [];
    }));
});
