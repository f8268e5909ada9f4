// SPDX-License-Identifier: GPL-3.0-or-later
// Connections that never become what they began as: who works must not notice them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import tls from "node:tls";
import { inBothHouses } from "../src/house.js";
import { descriptors, encryptingTurn, growthMiB, handshakeWithin, slack } from "../src/limits.js";
import { MemoryWatch } from "../src/memory.js";
import { isLong, many, until } from "../src/patience.js";
import { Raw } from "../src/raw.js";

/** How long they are held while the work of others is measured. */
const heldFor = isLong ? 8_000 : 1_000;

/** Connects, or is turned away, which is an answer too. */
const opened = (server, options) => Raw.connect(server, { within: 3_000, ...options }).catch(() => null);

const halves = {
    "half upgrades of devices": { count: 2_060, text: "GET /device HTTP/1.1\r\nHost: fleet.example\r\nUpgrade: websocket\r\n" },
    "half requests for pages": { count: 1_100, text: "GET / HTTP/1.1\r\nHost: fleet.example\r\n" },
    "half upgrades of operators": { count: 4_200, text: "GET /api/v2/live HTTP/1.1\r\nHost: fleet.example\r\nUpgrade: websocket\r\n" },
    "connections that say nothing": { count: 2_100, text: "" },
};

inBothHouses("half a handshake", { works: true, descriptors }, (house, secure) => {
    for (const [what, { count: full, text }] of Object.entries(halves)) {
        // A handshake of TLS costs the attacker as much as the server, and both are here.
        const count = secure && !isLong ? full / 5 : full;
        test(`${count} ${what} from one address shut nobody out`, async (t) => {
            const { server, work } = house;
            const before = server.openFiles();
            const memory = new MemoryWatch(server.pid, house.memory);
            const { noticed, held } = await work.noticed(async () => {
                const all = await many(count, 64, async () => {
                    const raw = await opened(server, { from: "127.0.0.2" });
                    if (text) raw?.write(text);
                    return raw;
                });
                await pause(heldFor);
                return all;
            }, t);
            t.diagnostic(`${held.filter((raw) => raw && !raw.isOver).length} of ${count} are held, ${server.openFiles() - before} files more are open, memory grew by `
                + `${memory.end().toFixed(1)} MiB`);
            for (const raw of held) raw?.reset();
            assert.deepEqual(noticed, []);
            assert.ok(memory.growth < growthMiB, `memory grew by ${memory.growth.toFixed(1)} MiB`);
            // Those who went away hold nothing.
            await until(() => server.openFiles() <= before + 4, () => `what was held is let go: ${server.openFiles() - before} files too many are open`, { within: slack });
        });
    }

    test("handshakes of TLS that stop in the middle shut nobody out", { skip: !secure }, async (t) => {
        const { server, work } = house;
        const before = server.openFiles();
        // The beginning of a real ClientHello.
        const hello = await clientHello();
        const { noticed, held } = await work.noticed(async () => {
            const all = await many(isLong ? 2_060 : 800, 64, async (i) => {
                const raw = await opened(server, { from: "127.0.0.3", plain: true });
                // Cut at every place that a parser can stop at; every fourth comes whole and is never answered.
                raw?.write(i % 4 ? hello.subarray(0, 1 + (i % (hello.length - 1))) : hello);
                return raw;
            });
            await pause(heldFor);
            return all;
        }, t);
        for (const raw of held) raw?.reset();
        assert.deepEqual(noticed, []);
        await until(() => server.openFiles() <= before + 4, "what was held is let go", { within: slack });
    });

    test("connections that never begin TLS take nobody's turn, and are let go in time", { skip: !secure }, async (t) => {
        const { server } = house;
        const before = server.openFiles();
        const count = 480; // of the 512 that may arrive at once where 4,096 files may be open
        // If each had a turn, whoever comes from their own network would have to wait for all of them.
        const most = count * encryptingTurn / 2;
        for (let attempt = 1; ; attempt++) {
            const silent = (await many(count, 64, () => opened(server, { from: "127.0.0.5", plain: true }))).filter(Boolean);
            const began = performance.now();
            const honest = await Raw.connect(server, { from: "127.0.0.5" });
            const took = performance.now() - began;
            honest.destroy();
            t.diagnostic(`${silent.filter((raw) => !raw.isOver).length} say nothing; a handshake beside them took ${took.toFixed(1)} ms, and with their turns before it would take ${(2 * most).toFixed(0)}`);
            // What was slow once may have been the machine.
            if (took >= most && attempt < 3) {
                for (const raw of silent) raw.reset();
                await until(() => server.openFiles() <= before + 4, "it is quiet again", { within: slack });
                continue;
            }
            assert.ok(took < most, `the handshake took ${took.toFixed(1)} ms`);
            const ends = await Promise.all(silent.map((raw) => raw.over("a connection that never begins TLS", handshakeWithin + slack)));
            assert.ok(ends.every(({ after }) => after > handshakeWithin - slack), "nobody had to be pushed out");
            break;
        }
        await until(() => server.openFiles() <= before + 4, "nothing is left of them", { within: slack });
    });

    test("a connection of TLS is not negotiated anew", { skip: !secure }, async () => {
        const { server } = house;
        const socket = tls.connect({ host: "127.0.0.1", port: server.port, ca: server.ca, maxVersion: "TLSv1.2" });
        await new Promise((resolve, reject) => socket.once("secureConnect", resolve).once("error", reject));
        const answered = await Promise.race([
            new Promise((resolve) => socket.renegotiate({}, (error) => resolve(error ? "refused" : "done"))),
            new Promise((resolve) => socket.once("error", () => resolve("refused")).once("close", () => resolve("refused"))),
            pause(2_000, "ignored"),
        ]);
        socket.destroy();
        assert.notEqual(answered, "done", "each renegotiation costs the server a signature that the client gets for nothing");
    });

    test("TLS before 1.2 is not spoken", { skip: !secure }, async () => {
        const { server } = house;
        for (const version of ["TLSv1", "TLSv1.1"]) {
            await assert.rejects(Raw.connect(server, { tls: { minVersion: version, maxVersion: version, ciphers: "ALL@SECLEVEL=0" } }), version);
        }
    });

    test("plain HTTP at a port with TLS ends at once", { skip: !secure }, async () => {
        const { server } = house;
        const raw = await Raw.connect(server, { plain: true });
        raw.write("GET /healthz HTTP/1.1\r\nHost: fleet.example\r\n\r\n");
        await raw.over("a request without TLS", slack);
    });

    test("a handshake of TLS at a plain port ends at once", { skip: secure }, async () => {
        const { server } = house;
        const raw = await Raw.connect(server);
        raw.write(await clientHello());
        await raw.over("a ClientHello without TLS", slack);
    });

    test("thousands of connections opened and closed at once shut nobody out", async (t) => {
        const { server, work } = house;
        const before = server.openFiles();
        const memory = new MemoryWatch(server.pid, house.memory);
        const { noticed } = await work.noticed(async () => {
            await many((secure ? 1_500 : 6_000) * (isLong ? 10 : 1), 100, async (i) => {
                const raw = await opened(server, { from: `127.0.${1 + (i % 50)}.2`, plain: secure && i % 8 > 0 });
                if (!raw) return;
                if (i % 3 === 0) raw.reset();
                else raw.destroy();
                await raw.closed;
            });
        }, t);
        assert.ok(memory.end() < growthMiB, `memory grew by ${memory.growth.toFixed(1)} MiB`);
        assert.deepEqual(noticed, []);
        await until(() => server.openFiles() <= before + 4, "nothing is left of them", { within: slack });
    });
});

/** What a client of TLS says first. */
function clientHello() {
    return new Promise((resolve, reject) => {
        const pieces = [];
        import("node:stream").then(({ Duplex }) => {
            const line = new Duplex({
                read() {},
                write(piece, _, done) {
                    pieces.push(piece);
                    done();
                    resolve(Buffer.concat(pieces));
                },
            });
            tls.connect({ socket: line, servername: "fleet.example" }).on("error", reject);
        }, reject);
    });
}
