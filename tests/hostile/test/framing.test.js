// SPDX-License-Identifier: GPL-3.0-or-later
// Frames as RFC 6455 allows them and as it does not, at both of the server's WebSockets.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { acceptedDevice, makeDevice } from "../src/devices.js";
import { closeFrame, frame } from "../src/frames.js";
import { inBothHouses } from "../src/house.js";
import { goodbyeWithin, slack } from "../src/limits.js";
import { MemoryWatch } from "../src/memory.js";
import { many, until } from "../src/patience.js";
import { Raw, upgradeText } from "../src/raw.js";

const bytes = (...values) => Buffer.from(values);
const call = (id, params = {}) => Buffer.from(JSON.stringify({ jsonrpc: "2.0", id, method: "Live.Ping", params }));
/** Cut into frames: the first with its opcode, the others continued. */
const fragments = (payload, size, opcode = 1) => {
    const frames = [];
    for (let at = 0; at < payload.length; at += size)
        frames.push(frame({ opcode: at === 0 ? opcode : 0, fin: at + size >= payload.length, payload: payload.subarray(at, at + size) }));
    return Buffer.concat(frames);
};

/** What ends a connection, and the codes that RFC 6455 section 7.4.1 gives for it. */
const wrong = {
    // Section 5.1: "a server MUST close the connection upon receiving a frame that is not masked", 1002 MAY be sent.
    "a frame without a mask": [frame({ payload: Buffer.from("{}"), masked: false }), 1002],
    "a ping without a mask": [frame({ opcode: 9, masked: false }), 1002],
    // Section 5.2: reserved bits and opcodes without an extension that gave them a meaning.
    "the first reserved bit": [frame({ payload: Buffer.from("{}"), rsv: 4 }), 1002],
    "the second reserved bit": [frame({ payload: Buffer.from("{}"), rsv: 2 }), 1002],
    "the third reserved bit": [frame({ payload: Buffer.from("{}"), rsv: 1 }), 1002],
    "a reserved opcode": [frame({ opcode: 3, payload: Buffer.from("{}") }), 1002],
    "a reserved opcode of control": [frame({ opcode: 11 }), 1002],
    "a length of 64 bits with the first one set": [Buffer.concat([bytes(0x81, 0xff, 0x80), Buffer.alloc(7), bytes(1, 2, 3, 4)]), 1002, 1009],
    // Section 5.5: control frames have 125 bytes at most and are not fragmented.
    "a ping of 126 bytes": [frame({ opcode: 9, payload: Buffer.alloc(126) }), 1002],
    "a pong of 126 bytes": [frame({ opcode: 10, payload: Buffer.alloc(126) }), 1002],
    "a close of 126 bytes": [frame({ opcode: 8, payload: Buffer.concat([bytes(3, 232), Buffer.alloc(124, "x")]) }), 1002],
    "a ping in fragments": [frame({ opcode: 9, fin: false }), 1002],
    // Section 5.4
    "a continuation of nothing": [frame({ opcode: 0, payload: Buffer.from("{}") }), 1002],
    "a message that begins inside of another": [Buffer.concat([frame({ fin: false, payload: Buffer.from("{") }), frame({ payload: Buffer.from("{}") })]), 1002],
    // Section 5.6 and 8.1
    "text that is not UTF-8": [frame({ payload: bytes(0x7b, 0xff, 0xfe, 0x7d) }), 1007],
    "text that ends inside of a character": [frame({ payload: bytes(0x7b, 0xc3) }), 1007],
    "half of a surrogate pair as UTF-8": [frame({ payload: bytes(0xed, 0xa0, 0x80) }), 1007],
    // Section 5.5.1 and 7.4
    "a close of one byte": [frame({ opcode: 8, payload: bytes(3) }), 1002],
    "a close with a code that nobody may send": [closeFrame(1005), 1002],
    "a close with the code 999": [closeFrame(999), 1002],
    "a close whose reason is not UTF-8": [frame({ opcode: 8, payload: bytes(3, 232, 0xff) }), 1002, 1007],
    // The limits of docs/protocol.md: the claim is enough, nobody waits for all of the bytes.
    "a frame that says it has a gigabyte": [frame({ length: 2 ** 30, payload: Buffer.alloc(100, "x") }), 1009],
    "a message of fragments that is too large": [Buffer.concat(Array.from({ length: 40 }, (_, i) => frame({ opcode: i === 0 ? 1 : 0, fin: false, payload: Buffer.alloc(64 * 1024 - 100, "x") }))), 1009],
    // Neither protocol has binary messages.
    "a binary message": [frame({ opcode: 2, payload: Buffer.from("{}") }), 1003],
};

inBothHouses("frames", { concurrency: 8 }, (house, secure) => {
    const doors = {
        device: async () => {
            const raw = await Raw.connect(house.server);
            assert.equal((await raw.upgrade("/device")).status, 101);
            assert.equal((await raw.json()).method, "Session.Hello");
            return raw;
        },
        operator: async () => {
            const raw = await Raw.connect(house.server);
            assert.equal((await raw.upgrade("/api/v2/live", { Authorization: `Bearer ${house.server.apiKey}` })).status, 101);
            return raw;
        },
    };

    for (const [who, open] of Object.entries(doors)) {
        describe(who, () => {
            for (const [what, [sent, ...codes]] of Object.entries(wrong)) {
                test(`${what} ends the connection with ${codes.join(" or ")}`, async () => {
                    const raw = await open();
                    raw.write(sent);
                    const { code } = await raw.closeFrame();
                    assert.ok(codes.includes(code), `${code}`);
                    await raw.over("the connection", goodbyeWithin + slack);
                });
            }
            test("a close without a code is answered, and the connection ends", async () => {
                const raw = await open();
                raw.write(frame({ opcode: 8 }));
                // Section 5.5.1: the status code is typically echoed; 1005 itself is never sent.
                const { code, payload } = await raw.closeFrame();
                assert.ok(payload.length === 0 || code === 1000, `${code}`);
                await raw.over("the connection", goodbyeWithin + slack);
            });
            test("a close with a code is answered with it", async () => {
                const raw = await open();
                raw.write(closeFrame(1000, "goodbye"));
                assert.equal((await raw.closeFrame()).code, 1000);
                await raw.over("the connection", goodbyeWithin + slack);
            });
            test("a ping is answered with what it holds", async () => {
                const raw = await open();
                const payload = Buffer.from(Array.from({ length: 125 }, (_, i) => i * 2));
                raw.write(frame({ opcode: 9, payload }));
                const { opcode, payload: back } = await raw.frame();
                assert.equal(opcode, 10);
                assert.deepEqual(back, payload);
                raw.destroy();
            });
            test("a pong that nobody asked for is nothing", async () => {
                const raw = await open();
                raw.write(Buffer.concat([frame({ opcode: 10, payload: Buffer.from("?") }), frame({ opcode: 9 })]));
                assert.equal((await raw.frame()).opcode, 10);
                raw.destroy();
            });
            test("a frame in the segment of the upgrade is not lost", async () => {
                const raw = await Raw.connect(house.server);
                const head = upgradeText(who === "device" ? "/device" : "/api/v2/live", who === "device" ? {} : { Authorization: `Bearer ${house.server.apiKey}` });
                raw.write(Buffer.concat([Buffer.from(head), frame({ opcode: 9, payload: Buffer.from("early") })]));
                assert.equal((await raw.response()).status, 101);
                for (;;) {
                    const { opcode, payload } = await raw.frame();
                    if (opcode !== 10) continue;
                    assert.equal(payload.toString(), "early");
                    break;
                }
                raw.destroy();
            });
            test("a line that breaks inside of a frame holds nothing", async () => {
                for (const end of ["reset", "destroy"]) {
                    const raw = await open();
                    await raw.written(frame({ payload: Buffer.alloc(1_000, "x") }).subarray(0, 500));
                    raw[end]();
                }
            });
            test("a line that is closed in one direction is closed in the other", { skip: secure && "TLS has no half of a connection" }, async () => {
                const raw = await open();
                raw.socket.allowHalfOpen = true;
                raw.socket.end();
                await raw.over("the server's half", goodbyeWithin + slack);
            });
        });
    }

    test("10,000 empty continuations are a message, or its end", async () => {
        const { server } = house;
        for (const open of Object.values(doors)) {
            const memory = new MemoryWatch(server.pid);
            const raw = await open();
            const whole = call("after much nothing");
            const empty = frame({ opcode: 0, fin: false });
            raw.write(Buffer.concat([frame({ fin: false, payload: whole.subarray(0, 10) }), ...Array.from({ length: 10_000 }, () => empty),
                frame({ opcode: 0, payload: whole.subarray(10) })]));
            const next = await raw.frame();
            if (next.opcode === 8) assert.ok([1002, 1008, 1009].includes(next.code), `${next.code}`);
            else assert.equal(JSON.parse(next.payload.toString()).id, "after much nothing");
            raw.destroy();
            assert.ok(memory.end() < 16, `memory grew by ${memory.growth.toFixed(1)} MiB`);
        }
    });

    test("operators: a character that is cut by fragments stays whole", async () => {
        const raw = await doors.operator();
        const payload = call("Gewächshaus 🌱");
        for (let size = 1; size <= 4; size++) {
            raw.write(fragments(payload, size));
            assert.equal((await raw.json()).id, "Gewächshaus 🌱", `fragments of ${size} bytes`);
        }
        raw.destroy();
    });
    test("operators: fragments of one byte in segments of their own are a message", async () => {
        const raw = await doors.operator();
        for (const byte of fragments(call("bytes"), 1)) await raw.written(bytes(byte));
        assert.equal((await raw.json()).id, "bytes");
        raw.destroy();
    });
    test("operators: a ping between two fragments is answered, and the message too", async () => {
        const raw = await doors.operator();
        const payload = call("interrupted");
        raw.write(Buffer.concat([frame({ fin: false, payload: payload.subarray(0, 9) }), frame({ opcode: 9, payload: Buffer.from("now") })]));
        const { opcode, payload: back } = await raw.frame();
        assert.equal(opcode, 10);
        assert.equal(back.toString(), "now");
        raw.write(frame({ opcode: 0, payload: payload.subarray(9) }));
        assert.equal((await raw.json()).id, "interrupted");
        raw.destroy();
    });
    test("operators: hundreds of messages in one segment are all answered, in order", async () => {
        const raw = await doors.operator();
        raw.write(Buffer.concat(Array.from({ length: 200 }, (_, i) => frame({ payload: call(`n${i}`) }))));
        for (let i = 0; i < 200; i++) assert.equal((await raw.json()).id, `n${i}`);
        raw.destroy();
    });
    test("devices: a signed message that fragments cut inside of characters holds", async () => {
        const device = makeDevice(house.server, "cut-in-pieces", { authentication: { machine: { hostname: "Gewächshaus-🌱-日本語" } } });
        const hello = new Promise((resolve) => device.once("hello", resolve));
        const answered = device.connect();
        await hello;
        // What the device writes is sent again in fragments that cut each character.
        device.socket.send = (text) => device.socket._socket.write(fragments(Buffer.from(text), 1));
        assert.equal((await answered).status, "pending");
        await device.close();
    });
    test("devices: a message over 64 KiB before acceptance is too large", async () => {
        const raw = await doors.device();
        raw.write(frame({ length: 64 * 1024 + 1, payload: Buffer.alloc(100, "x") }));
        assert.equal((await raw.closeFrame()).code, 1009);
        await raw.over("the connection", goodbyeWithin + slack);
    });
    test("devices: a message of 900,000 bytes after acceptance is not", async () => {
        const device = await acceptedDevice(house.server, "talkative");
        assert.match((await device.call("Time.Now", { padding: "x".repeat(900_000) })).server_time, /^\d{4}-/);
        await device.close();
    });
    test("nothing of all that is left", async () => {
        // The files that the server itself needs are not many; the tests beside this one hold a few.
        const { server } = house;
        await many(20, 20, async () => {
            const raw = await doors.device();
            raw.reset();
        });
        await until(() => server.openFiles() < 100, () => `${server.openFiles()} files are open`);
    });
});
