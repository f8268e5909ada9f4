// SPDX-License-Identifier: GPL-3.0-or-later
// Strangers, waiting devices, accepted devices and operators have rooms of their own: none pushes out another.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import WebSocket from "ws";
import { acceptedDevice, approvalOf, makeDevice, pendingDevice } from "../src/devices.js";
import { inBothHouses } from "../src/house.js";
import { descriptors, slack } from "../src/limits.js";
import { Live } from "../src/operators.js";
import { isLong, many, until } from "../src/patience.js";
import { PrivateKey } from "../device/keys.js";
import { Raw } from "../src/raw.js";

/** Connections of one network that nobody accepted, by docs/protocol.md. */
const perNetwork = 64;

inBothHouses("rooms", { works: true, descriptors }, (house, secure) => {
    /** Strangers that upgrade, hear the hello and say nothing: the most that somebody without a key may hold. */
    const strangers = (count, addressOf, options = {}) => many(count, 32, async (i) => {
        const raw = await Raw.connect(house.server, { from: options.from?.(i) }).catch(() => null);
        if (!raw) return null;
        const answer = await raw.upgrade("/device", addressOf ? { "X-Forwarded-For": addressOf(i) } : {}).catch(() => null);
        return answer?.status === 101 ? raw : null;
    });
    const stillOpen = (raws) => raws.filter((raw) => raw && !raw.hasEnded);
    const letGo = (raws) => {
        for (const raw of raws) raw?.reset();
    };

    // More than there is room for, of so many descriptors.
    const count = isLong ? 2_047 : 700;
    const crowds = {
        "strangers from 32 addresses, each directly": [null, { from: (i) => `127.0.0.${2 + (i % 32)}` }],
        "strangers from 32 addresses, through a proxy": [(i) => `203.0.113.${1 + (i % 32)}`],
        "strangers from as many addresses": [(i) => `203.0.${i >> 8}.${i & 255}`],
    };
    for (const [what, [addressOf, options]] of Object.entries(crowds)) {
        test(`${count} ${what} keep nobody out`, { skip: secure && !isLong && "as without TLS" }, async (t) => {
            const { server, work } = house;
            const key = PrivateKey.generate("EdDSA");
            const name = `returns-${performance.now()}`;
            const accepted = await acceptedDevice(server, name, { key, forwardedFor: "198.51.100.1" });
            const { noticed, held } = await work.noticed(async () => {
                const crowd = await strangers(count, addressOf, options);
                t.diagnostic(`${stillOpen(crowd).length} of ${count} are held`);
                // An accepted device comes back, from its own place and from that of the crowd.
                await accepted.close();
                for (const forwardedFor of ["198.51.100.1", addressOf?.(0)]) {
                    const again = makeDevice(server, name, { key, forwardedFor });
                    assert.equal((await again.connect()).status, "accepted");
                    await again.call("Time.Now");
                    await again.close();
                }
                // A new device may ask to be taken in.
                const honest = await pendingDevice(server, `honest-${performance.now()}`, { forwardedFor: "198.51.100.2" });
                assert.ok(await approvalOf(server, honest.deviceId));
                await honest.close();
                // An operator who was not there before comes.
                const live = await Live.open(server, { "X-Forwarded-For": "198.51.100.3" });
                await live.call("Live.Ping");
                await live.close();
                return crowd;
            }, t);
            letGo(held);
            assert.deepEqual(noticed, []);
        });
    }

    for (const [what, addressOf] of Object.entries({
        "an IPv4 address": () => "203.0.113.77",
        "a /64 of IPv6": (i) => `2001:db8:77:1:${(i % 200).toString(16)}::${i.toString(16)}`,
    })) {
        test(`${what} has one share, and its newest stay`, async (t) => {
            const { server } = house;
            const other = await strangers(1, () => (what.includes("v6") ? "2001:db8:77:2::1" : "203.0.113.78"));
            const held = await strangers(3 * perNetwork, addressOf);
            try {
                await until(() => stillOpen(held).length <= perNetwork, () => `${stillOpen(held).length} are open`, { within: slack });
                t.diagnostic(`${stillOpen(held).length} of ${held.length} are open`);
                assert.ok(!held.at(-1)?.hasEnded && held.at(-1), "the newest is open");
                assert.ok(!other[0].hasEnded, "and so is a neighbour's");
            } finally {
                letGo([...held, ...other]);
            }
        });
    }

    test("who loses its place to others is told to come again later", async () => {
        const held = await strangers(2 * perNetwork, () => "203.0.113.79");
        try {
            await held[0].over("the oldest connection");
            const { code } = await held[0].closeFrame();
            assert.equal(code, 1013); // try again later (IANA's registry of close codes)
        } finally {
            letGo(held);
        }
    });

    test("fresh keys do not end enrolment, and hide nobody who waited before", { skip: secure && !isLong && "as without TLS" }, async (t) => {
        const { server, work } = house;
        const before = await pendingDevice(server, `waited-before-${secure}`, { forwardedFor: "198.51.100.20" });
        const count = isLong ? 10_000 : 600;
        let refused = 0;
        const { noticed } = await work.noticed(async () => {
            await many(count, 16, async (i) => {
                const device = makeDevice(server, `fresh-${i}`, { forwardedFor: `203.0.113.${100 + (i % 32)}` });
                await device.connect().then(() => device.close(), () => {
                    refused++;
                });
            });
        }, t);
        t.diagnostic(`${refused} of ${count} were refused`);
        assert.deepEqual(noticed, []);
        const { items } = await server.api("GET", `/approvals?text=waited-before-${secure}`);
        assert.ok(items.some(({ device_id }) => device_id === `waited-before-${secure}`), "who waited before is found by its id");
        const honest = await pendingDevice(server, `came-after-${secure}`, { forwardedFor: "198.51.100.21" });
        assert.ok(await approvalOf(server, `came-after-${secure}`), "who comes after them is seen");
        const decided = new Promise((resolve) => before.once("status", resolve));
        const approval = items.find(({ device_id }) => device_id === `waited-before-${secure}`);
        await server.api("POST", `/approvals/${approval.id}/accept`, { fingerprint: approval.fingerprint });
        assert.equal((await decided).status, "accepted");
        await Promise.all([before.close(), honest.close()]);
    });
    test("fresh keys of one address do not take the place of others", { skip: secure && !isLong && "as without TLS" }, async (t) => {
        const { server } = house;
        const count = isLong ? 10_000 : 600;
        let refused = 0;
        await many(count, 16, async (i) => {
            const device = makeDevice(server, `crowd-${i}`, { forwardedFor: "203.0.113.200" });
            await device.connect().then(() => device.close(), () => {
                refused++;
            });
        });
        t.diagnostic(`${refused} of ${count} were refused`);
        const honest = await pendingDevice(server, `beside-${secure}`, { forwardedFor: "198.51.100.30" });
        assert.ok(await approvalOf(server, `beside-${secure}`));
        const { items } = await server.api("GET", "/approvals");
        assert.ok(items.filter(({ address }) => address === "203.0.113.200").length < 500, "one address has not the whole list");
        await honest.close();
    });
    test("an address is rejected as a whole", async () => {
        const { server } = house;
        const devices = await many(5, 5, (i) => pendingDevice(server, `bulk-${i}`, { forwardedFor: "203.0.113.210" }));
        const neighbour = await pendingDevice(server, "bulk-neighbour", { forwardedFor: "203.0.113.211" });
        const told = Promise.all(devices.map((device) => new Promise((resolve) => device.once("status", ({ status }) => resolve(status)))));
        await server.api("POST", "/approvals/reject-from", { address: "203.0.113.210", count: 10000 });
        assert.deepEqual([...new Set(await told)], ["rejected"]);
        await Promise.all(devices.map((device) => device.closed));
        assert.ok(await approvalOf(server, "bulk-neighbour"), "others wait as before");
        await neighbour.close();
    });
    test("operators who open many sockets keep no device out", async (t) => {
        const { server, work } = house;
        const { noticed, held } = await work.noticed(async () => {
            const opened = await many(600, 16, () => Live.open(server, { "X-Forwarded-For": "203.0.113.55" }).catch(() => null));
            await pause(500);
            const honest = await pendingDevice(server, `beside-operators-${performance.now()}`, { forwardedFor: "198.51.100.31" });
            await honest.close();
            t.diagnostic(`${opened.filter((live) => live?.socket.readyState === WebSocket.OPEN).length} of ${opened.length} are open`);
            return opened.filter(Boolean);
        }, t);
        for (const live of held) live.destroy();
        assert.deepEqual(noticed, []);
    });
    test("nothing of all that is left", async () => {
        const { server } = house;
        await until(() => server.openFiles() < 100, () => `${server.openFiles()} files are open`);
    });
});
