// SPDX-License-Identifier: GPL-3.0-or-later
// What is held is let go: each phase of a connection has an end. All tests wait at the same time.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { acceptedDevice, makeDevice, pendingDevice } from "../src/devices.js";
import { frame } from "../src/frames.js";
import { inBothHouses } from "../src/house.js";
import { bodyWithin, handshakeWithin, pingEvery, silentAtMost, slack, unreadAtMost } from "../src/limits.js";
import { isLong, until } from "../src/patience.js";
import { Raw, upgradeText } from "../src/raw.js";

/** Sends one byte a second until the other end has enough. */
async function drip(raw, text) {
    for (const byte of Buffer.from(text)) {
        if (raw.hasEnded) return;
        raw.write(Buffer.from([byte]));
        await pause(1_000);
    }
}

/** Keeps back what is written on a socket, to stop inside of it: as a frame does on a slow link. */
class StutteringLine {
    #held = [];

    constructor(socket) {
        this.socket = socket;
        this.write = socket.write;
        socket.write = (piece, ...rest) => {
            this.#held.push(Buffer.from(piece));
            rest.find((one) => typeof one === "function")?.();
            return true;
        };
    }
    /** Lets half of it go, and after a pause the rest. */
    async goOn(afterPause) {
        await pause(50); // the writer of the frame may write it in two parts
        const whole = Buffer.concat(this.#held);
        this.socket.write = this.write;
        this.socket.write(whole.subarray(0, whole.length / 2));
        await pause(afterPause);
        this.socket.write(whole.subarray(whole.length / 2));
    }
}

const long = "x".repeat(200);

inBothHouses("what waits for ever is let go", { concurrency: true }, (house, secure) => {
    const heads = {
        "a connection that says nothing": "",
        "a request line without an end": "GET /healthz",
        "a head without an end": "GET /healthz HTTP/1.1\r\nHost: fleet.example\r\n",
        "an upgrade of a device without an end": upgradeText("/device").slice(0, -2),
        "an upgrade of an operator without an end": upgradeText("/api/v2/live").slice(0, -2),
    };
    for (const [what, text] of Object.entries(heads)) {
        test(`${what} is let go`, async () => {
            const raw = await Raw.connect(house.server);
            raw.write(text);
            await raw.over(what, handshakeWithin + slack);
        });
    }
    test("a handshake of TLS that stops is let go", { skip: !secure }, async () => {
        const raw = await Raw.connect(house.server, { plain: true });
        raw.write(Buffer.from([0x16, 3, 1, 2]));
        await raw.over("half a ClientHello", handshakeWithin + slack);
    });
    test("a connection that never begins TLS is let go", { skip: !secure }, async () => {
        const raw = await Raw.connect(house.server, { plain: true });
        await raw.over("a connection that never begins TLS", handshakeWithin + slack);
    });
    for (const [what, line] of Object.entries({ "a head": "GET /healthz", "an upgrade of a device": "GET /device", "an upgrade of an operator": "GET /api/v2/live" })) {
        test(`${what} of one byte a second is let go`, async () => {
            const raw = await Raw.connect(house.server);
            raw.write(`${line} HTTP/1.1\r\nHost: fleet.example\r\nUpgrade: websocket\r\n`);
            drip(raw, `X-Long: ${long}`);
            await raw.over(what, handshakeWithin + slack);
        });
    }
    test("a second head of one byte a second is let go, after a first request that was good", async () => {
        const raw = await Raw.connect(house.server);
        assert.equal((await raw.ask("GET /healthz HTTP/1.1\r\nHost: fleet.example\r\n\r\n")).status, 200);
        const began = performance.now();
        drip(raw, `GET /healthz HTTP/1.1\r\nHost: fleet.example\r\nX-Long: ${long}`);
        await raw.over("the second head", handshakeWithin + slack);
        assert.ok(performance.now() - began < handshakeWithin + slack);
    });
    test("a body that never comes is let go", async () => {
        const raw = await Raw.connect(house.server);
        raw.write("POST /api/v2/session HTTP/1.1\r\nHost: fleet.example\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
        await raw.over("half a body", bodyWithin + slack);
    });
    test("a body of one byte a second is let go", async () => {
        const raw = await Raw.connect(house.server);
        raw.write("POST /api/v2/session HTTP/1.1\r\nHost: fleet.example\r\nContent-Type: application/json\r\nContent-Length: 200\r\n\r\n");
        drip(raw, long);
        await raw.over("a slow body", bodyWithin + slack);
    });
    test("a body in chunks that never ends is let go", async () => {
        const raw = await Raw.connect(house.server);
        raw.write("POST /api/v2/session HTTP/1.1\r\nHost: fleet.example\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n");
        await raw.over("half a body in chunks", bodyWithin + slack);
    });
    test("a reader of a file who does not read is let go", async () => {
        const before = house.server.openFiles();
        const raw = await Raw.connect(house.server, { reads: false });
        raw.write("GET /web/big.bin HTTP/1.1\r\nHost: fleet.example\r\nX-Who: reads nothing\r\n\r\n");
        // Who does not read hears nothing of an end: what the server holds open tells it.
        const ended = async () => Object.entries(await house.server.metrics()).some(([name, count]) => /connections_ended_total.*"unread"/.test(name) && count > 0);
        await until(ended, () => `it is let go; ${house.server.openFiles() - before} files more are open`, { within: unreadAtMost + 2 * slack, every: 500 });
        raw.destroy();
    });
    test("a connection that stays idle after its request is let go", { skip: !isLong }, async () => {
        const raw = await Raw.connect(house.server);
        assert.equal((await raw.ask("GET /healthz HTTP/1.1\r\nHost: fleet.example\r\n\r\n")).status, 200);
        await raw.over("an idle connection", silentAtMost + 2 * slack);
    });

    // RFC 6455 section 7.1.1: it is the server that closes first. Whoever does not answer its close frame is waited for a moment only.
    test("a device that shows no key is told so, and let go even when it does not answer", async () => {
        const raw = await Raw.connect(house.server);
        assert.equal((await raw.upgrade("/device")).status, 101);
        const { code, reason } = await raw.closeFrame(handshakeWithin + slack);
        assert.equal(code, 1008);
        assert.notEqual(reason, "");
        await raw.over("its connection", handshakeWithin + slack);
    });
    test("a device that shows its key one byte a second is let go", async () => {
        const raw = await Raw.connect(house.server);
        assert.equal((await raw.upgrade("/device")).status, 101);
        const began = performance.now();
        // Text of 5,000 bytes under a mask that changes nothing.
        raw.write(Buffer.from([0x81, 0x80 | 126, 5_000 >> 8, 5_000 & 255, 0, 0, 0, 0]));
        drip(raw, long);
        await raw.over("its connection", handshakeWithin + 2 * slack);
        assert.ok(performance.now() - began < handshakeWithin + 2 * slack);
    });

    // A slow link is no attack: before the deadline nobody is cut.
    test("a device whose key takes 8 s inside of its frame is not cut", async () => {
        const device = makeDevice(house.server, "slow-link", { authentication: { machine: { hostname: "x".repeat(2_000) } } });
        const answered = device.connect();
        answered.catch(() => {}); // it is waited for below
        // Before the device writes its answer to the hello.
        const line = await new Promise((resolve) => device.once("hello", () => resolve(new StutteringLine(device.socket._socket))));
        await line.goOn(8_000);
        assert.equal((await answered).status, "pending");
        await device.close();
    });
    test("an accepted device whose message takes 8 s inside of its frame is not cut", async () => {
        const device = await acceptedDevice(house.server, "slow-link-accepted");
        const line = new StutteringLine(device.socket._socket);
        const answered = device.call("Time.Now", { padding: "x".repeat(2_000) });
        answered.catch(() => {}); // it is waited for below
        await line.goOn(8_000);
        assert.match((await answered).server_time, /^\d{4}-/);
        await device.close();
    });
    test("an operator whose call takes 8 s inside of its frame is not cut", async () => {
        const raw = await Raw.connect(house.server);
        const { status } = await raw.upgrade("/api/v2/live", { Authorization: `Bearer ${house.server.apiKey}` });
        assert.equal(status, 101);
        const whole = frame({ payload: Buffer.from(JSON.stringify({ jsonrpc: "2.0", id: "slow", method: "Live.Ping", params: {} })) });
        raw.write(whole.subarray(0, 20));
        await pause(8_000);
        raw.write(whole.subarray(20));
        assert.equal((await raw.json()).id, "slow");
        raw.destroy();
    });

    test("an operator's socket is pinged, and so is a device that waits", async () => {
        const live = await Raw.connect(house.server);
        await live.upgrade("/api/v2/live", { Authorization: `Bearer ${house.server.apiKey}` });
        const device = await pendingDevice(house.server, "pinged");
        const pinged = new Promise((resolve) => device.socket.once("ping", resolve));
        const pingOf = async () => {
            for (;;) {
                const { opcode, code } = await live.frame(pingEvery + slack);
                assert.notEqual(opcode, 8, `closed with ${code}`);
                if (opcode === 9) return;
            }
        };
        await Promise.all([pingOf(), pinged]);
        live.destroy();
        await device.close();
    });
    test("an operator's socket that answers no pings is let go", { skip: !isLong }, async () => {
        const live = await Raw.connect(house.server);
        await live.upgrade("/api/v2/live", { Authorization: `Bearer ${house.server.apiKey}` });
        await live.over("a live socket that answers no pings", 3 * pingEvery + 2 * slack);
    });
});
