// SPDX-License-Identifier: GPL-3.0-or-later
// The server's clock is set while strangers are at it: deadlines and pings go by clocks that nobody can set. All tests wait at the same time.
import assert from "node:assert/strict";
import { once } from "node:events";
import { before, describe, test } from "node:test";
import { acceptedDevice, makeDevice, pendingDevice } from "../src/devices.js";
import { inBothHouses } from "../src/house.js";
import { bodyWithin, handshakeWithin, pingEvery, slack, unbegunAgain } from "../src/limits.js";
import { Live } from "../src/operators.js";
import { until } from "../src/patience.js";
import { PrivateKey } from "../device/keys.js";
import { Raw, upgradeText } from "../src/raw.js";

const hour = 3_600_000;
/** `Unavailable` of docs/protocol.md. */
const unavailable = -32009;

describe("deadlines and pings", { concurrency: true }, () => {
    for (const [how, ahead] of Object.entries({ "back by an hour": -hour, "forth by an hour": hour })) {
        inBothHouses(`a clock that is set ${how}`, { concurrency: true, ownClock: true }, (house, secure) => {
            /** What strangers begin and do not finish; each with how long it may stay. */
            const halves = {
                "a connection that says nothing": ["", handshakeWithin],
                "half a head": ["GET /healthz HTTP/1.1\r\nHost: fleet.example\r\n", handshakeWithin],
                "half an upgrade of a device": [upgradeText("/device").slice(0, -2), handshakeWithin],
                "half an upgrade of an operator": [upgradeText("/api/v2/live").slice(0, -2), handshakeWithin],
                "half a body": ["POST /api/v2/session HTTP/1.1\r\nHost: fleet.example\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{", bodyWithin],
                ...(secure ? {
                    "a connection that never begins TLS": ["", handshakeWithin, { plain: true }],
                    "half a ClientHello": [Buffer.from([0x16, 3, 1, 2]), handshakeWithin, { plain: true }],
                } : {}),
            };
            const begin = async ([text, within, options]) => {
                const raw = await Raw.connect(house.server, options);
                if (text) raw.write(text);
                return { raw, within };
            };
            /** By the clock of whoever began it, which was not set. */
            const ends = async ({ raw, within }, what) => {
                await raw.over(what, within + slack);
                const { after } = await raw.closed;
                assert.ok(after > within - slack, `${what} had ${within / 1000} s, and was ended after ${(after / 1000).toFixed(1)} s`);
            };
            /** A device that shows no key is told so, and then let go. */
            const stranger = async () => {
                const raw = await Raw.connect(house.server);
                assert.equal((await raw.upgrade("/device")).status, 101);
                return raw;
            };
            const rightAway = async (raw) => {
                assert.equal((await raw.closeFrame(handshakeWithin + slack)).code, 1008);
                await raw.over("a device that shows no key", handshakeWithin + slack);
            };
            const session = async () => {
                const { server } = house;
                const { link } = await server.api("POST", "/sign-in-links", { user: "admin" });
                const answer = await server.get("/api/v2/session/redeem", { method: "POST", body: { token: link.split("/").at(-1) } });
                assert.equal(answer.status, 200, answer.text);
                const cookie = answer.headers["set-cookie"][0].split(";")[0];
                return async () => (await server.get("/api/v2/session", { headers: { cookie, origin: server.url } })).json.user;
            };
            const serverTime = async () => Date.parse((await house.server.get("/healthz")).headers.date);

            before(async () => {
                const { server } = house;
                const key = PrivateKey.generate("EdDSA");
                house.device = await acceptedDevice(server, "works", { key });
                house.key = key;
                house.device.on("closed", ({ code, reason }) => {
                    house.lost = `${code} ${reason}`;
                });
                house.pending = await pendingDevice(server, "waits");
                house.live = await Live.open(server);
                house.signedIn = await session();
                assert.equal(await house.signedIn(), "admin");
                // A command that its device cannot begin yet: it is asked again a little later.
                house.asked = 0;
                house.device.methods["Command.Run"] = () => {
                    house.asked += 1;
                    if (house.asked > 1) return { state: "running" };
                    throw { code: unavailable, message: "not yet" };
                };
                house.old = {};
                for (const [what, half] of Object.entries(halves)) house.old[what] = await begin(half);
                house.oldStranger = await stranger();
                await server.api("POST", "/commands", { device: "works", method: "Door.Open" });
                await until(() => house.asked === 1, "the command is asked once");
                const earlier = await serverTime();
                server.setClock(ahead);
                house.setAt = performance.now();
                const later = await serverTime();
                assert.ok(Math.abs(later - earlier - ahead) < 60_000, `its clock went from ${new Date(earlier)} to ${new Date(later)}`);
                house.pings = Promise.all([once(house.live.socket, "ping"), once(house.device.socket, "ping"), once(house.pending.socket, "ping")]);
                house.pings.catch(() => {});
            });

            for (const [what, half] of Object.entries(halves)) {
                test(`${what} from before it is let go in time`, () => ends(house.old[what], what));
                test(`${what} from after it is let go in time`, async () => ends(await begin(half), what));
            }
            test("strangers from before it and after it are let go in time", async () => Promise.all([rightAway(house.oldStranger), rightAway(await stranger())]));

            test("a command that could not begin is asked again in time", async () => {
                await until(() => house.asked > 1, "the device is asked again", { within: unbegunAgain + slack });
                assert.ok(performance.now() - house.setAt < unbegunAgain + slack);
            });

            test("whoever was there stays, is pinged in time, and works on", async () => {
                const { server, device, live, pending } = house;
                const late = setTimeout(() => live.destroy(), pingEvery + slack);
                await Promise.race([house.pings, live.closed.then(({ code, reason }) => Promise.reject(new Error(`no pings within ${(pingEvery + slack) / 1000} s, or closed: ${code} ${reason}`)))]);
                clearTimeout(late);
                assert.equal(house.lost, undefined, "the device's connection ended");
                // Its session has a clock of its own: nothing is too old or too new in it.
                assert.match((await device.call("Time.Now")).server_time, /^\d{4}-/);
                assert.equal(pending.status, "pending");
                assert.ok((await live.call("Live.Ping")).time);
                assert.equal(await house.signedIn(), "admin", "the session goes on");
                assert.equal((await server.api("GET", "/devices/works")).presence.state, "online");
            });

            test("who comes after it is let in", async () => {
                const { server } = house;
                assert.equal(await (await session())(), "admin");
                const live = await Live.open(server);
                assert.ok((await live.call("Live.Ping")).time);
                await live.close();
                const other = await acceptedDevice(server, "comes-later");
                assert.match((await other.call("Time.Now")).server_time, /^\d{4}-/);
                await other.close();
                const back = makeDevice(server, "comes-later", { key: other.key });
                assert.equal((await back.connect()).status, "accepted");
                await back.close();
            });
        });
    }
});
