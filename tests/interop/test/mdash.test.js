// SPDX-License-Identifier: GPL-3.0-or-later
// Devices that speak mDash, of three generations, against a real endpoint: what their owner notices.
import assert from "node:assert/strict";
import crypto from "node:crypto";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import { CLibrary } from "../src/mdash/clibrary.js";
import { Firmware } from "../src/mdash/firmware.js";
import { firmwareId } from "../src/mdash/pushota.js";
import { Rpc2017 } from "../src/mdash/rpc2017.js";
import { secrets } from "../src/mdash/rpcdevice.js";
import { Simulator } from "../src/mdash/simulator.js";
import { MdashHouse } from "./mdashhouse.js";
import { until } from "./until.js";

const base64 = (text) => Buffer.from(text).toString("base64");
// What fails at once fails long before the server would have given up waiting.
const atOnce = 5_000;

let house;
before(async () => {
    house = await MdashHouse.start();
});
after(async () => {
    assert.equal(await house.stop(), 0, "musterd ends cleanly");
});

/** A call that fails, as whoever made it sees it. */
async function failed(call) {
    const { status, body } = await call;
    assert.ok(status >= 400, `${status}: ${JSON.stringify(body)}`);
    assert.ok(Number.isInteger(body.error.code), JSON.stringify(body));
    assert.equal(typeof body.error.message, "string");
    assert.notEqual(body.error.message, "");
    return body.error;
}

/** One that fails at once. */
async function failedAtOnce(call) {
    let timer;
    const late = new Promise((resolve, reject) => {
        timer = setTimeout(() => reject(new Error(`has not failed after ${atOnce / 1000} s`)), atOnce);
    });
    try {
        return await Promise.race([failed(call), late]);
    } finally {
        clearTimeout(timer);
    }
}

/** What Sys.GetInfo says once the device is there again. */
const infoAgain = (id) =>
    until(async () => {
        const { status, body } = await house.native("POST", `/devices/${id}/rpc/Sys.GetInfo`, {});
        return status === 200 && body;
    }, `${id} answers`);

/** Lets a device have a method that answers when the test says so. @returns {{asked, answer}} */
function held(device, method) {
    const one = {};
    const outcome = new Promise((resolve) => {
        one.answer = resolve;
    });
    one.asked = new Promise((resolve) => {
        device.add(method, () => {
            resolve();
            return outcome;
        });
    });
    return one;
}

describe("registering", () => {
    test("gives an id and a token", async () => {
        const { id, token } = await house.register();
        assert.match(id, /^[0-9a-f]{24}$/);
        assert.match(token, /^[0-9a-f]{24}$/);
        assert.equal((await house.away(id)).door, "mdash");
    });

    test("works with curl as the smart light's README has it", async () => {
        // curl -d '{}' -u NAME:PASSWORD: what is sent says of itself that it is a form.
        const answer = await fetch(`${house.endpoint.url}/api/v2/devices`, {
            method: "POST",
            headers: { Authorization: house.basic, "Content-Type": "application/x-www-form-urlencoded" },
            body: "{}",
        });
        assert.equal(answer.status, 200);
        assert.match((await answer.json()).token, /^[0-9a-f]{24}$/);
    });

    test("works with an API key", async () => {
        const { token } = await house.good(house.native("POST", "/devices", {}));
        assert.match(token, /^[0-9a-f]{24}$/);
    });

    test("takes a chosen id and name", async () => {
        const { id } = await house.register({ id: "porch-1", name: "Porch" });
        assert.equal(id, "porch-1");
        assert.equal((await house.away("porch-1")).name, "Porch");
    });

    test("does not give an id twice", async () => {
        const first = await house.register({ id: "taken-1" });
        await failed(house.mdash("POST", "/devices", { id: "taken-1" }));
        await house.arrive(house.make(Simulator, first));
    });

    test("shows the token once and never again", async () => {
        const { id, token } = await house.register({ name: "Secretive" });
        const device = house.make(Firmware, { id, token });
        await house.arrive(device);
        for (const where of [`/devices/${id}`, "/devices", `/devices/${id}/shadow`]) {
            for (const ask of ["native", "mdash"]) assert.ok(!JSON.stringify((await house[ask]("GET", where)).body).includes(token), `${ask} ${where}`);
        }
        assert.ok(!JSON.stringify((await house.native("GET", "/audit")).body).includes(token), "audit");
    });

    test("is not for viewers, and not for strangers", async () => {
        const viewer = await house.account("onlooker", "viewer");
        assert.equal((await house.endpoint.api("POST", "/devices", {}, viewer)).status, 403);
        assert.equal((await house.endpoint.api("POST", "/devices", {}, null)).status, 401);
    });
});

const generations = { "2017": Rpc2017, "real firmware": Firmware, "the simulator": Simulator, "the C library": CLibrary };

for (const [what, Kind] of Object.entries(generations)) {
    describe(what, () => {
        let device;
        const rpc = (method, params) => house.rpc(device.id, method, params);
        /** What ends with a new start: these devices are back within milliseconds, and their new line may be seen before the answer on the old one. */
        const leave = async (method) => {
            const { status, body } = await house.native("POST", `/devices/${device.id}/rpc/${method}`, {});
            assert.ok(status === 200 || body.error.code === -32005, JSON.stringify(body));
        };

        test("comes in, and is asked what it is", async () => {
            // That the server answers the sub-protocol that was offered, or none, is seen to by the WebSocket itself.
            device = await house.newcomer(Kind);
            const seen = await until(async () => {
                const one = await house.online(device.id);
                return JSON.stringify([one.machine, one.agent]).includes(device.board.arch) && one;
            }, "what Sys.GetInfo says");
            assert.equal(seen.door, "mdash");
            assert.equal(seen.trust, "token");
            assert.ok(JSON.stringify([seen.machine, seen.agent]).includes(device.board.fw_version), JSON.stringify([seen.machine, seen.agent]));
        });

        test("answers calls with the bare result", async () => {
            const info = await house.good(house.native("GET", `/devices/${device.id}/rpc/Sys.GetInfo`));
            assert.equal(info.mac, "30AEA4123456");
            assert.equal((await rpc("RPC.Describe", { name: "FS.Rename" })).args_fmt, "{src: %Q, dst: %Q}");
            assert.ok((await rpc("RPC.List")).includes("FS.Get"));
        });

        test("hands its errors to who called", async () => {
            await failed(house.native("POST", `/devices/${device.id}/rpc/No.Such`, {}));
            const error = await failed(house.native("POST", `/devices/${device.id}/rpc/FS.Get`, { filename: "nowhere.txt" }));
            assert.match(error.message, /open\(\) failed/);
            await failed(house.native("POST", `/devices/${device.id}/rpc/FS.Rename`, { src: "init.js" }));
        });

        test("keeps files", async () => {
            const text = "ночью 4 °C\n".repeat(40);
            await rpc("FS.Put", { filename: "note.txt", data: base64(text.slice(0, 100)) });
            await rpc("FS.Put", { filename: "note.txt", data: base64(text.slice(100)), append: true });
            const { data, left } = await rpc("FS.Get", { filename: "note.txt" });
            assert.equal(Buffer.from(data, "base64").toString(), text);
            assert.equal(left, 0);
            assert.equal((await rpc("FS.Get", { filename: "note.txt", offset: 10, len: 20 })).left, Buffer.byteLength(text) - 30);
            await rpc("FS.Rename", { src: "note.txt", dst: "read.txt" });
            assert.deepEqual(await rpc("FS.List"), ["conf0.json", "init.js", "read.txt"]);
            await rpc("FS.Remove", { filename: "read.txt" });
            assert.deepEqual(await rpc("FS.List"), ["conf0.json", "init.js"]);
        });

        test("is started anew, and comes back by itself", async () => {
            const { uptime } = await rpc("Sys.GetInfo");
            const back = once(device, "back");
            await leave("Sys.Reboot");
            await back;
            assert.ok((await infoAgain(device.id)).uptime < uptime);
        });

        test("takes a firmware in pieces, and runs it", async () => {
            const image = crypto.randomBytes(10_000);
            assert.equal((await rpc("OTA.Status")).state, 0);
            await rpc("OTA.Begin", { timeout: 60, commit_timeout: 60, size: image.length });
            for (let offset = 0; offset < image.length; offset += 4096) {
                await rpc("OTA.Write", { offset, data: image.subarray(offset, offset + 4096).toString("base64") });
            }
            const back = once(device, "back");
            await leave("OTA.End");
            await back;
            assert.equal((await infoAgain(device.id)).fw_id, firmwareId(image));
            await rpc("OTA.Commit");
            assert.equal(device.ota.committed, true);
        });

        test("is away once its line has gone", async () => {
            await device.close();
            await house.away(device.id);
            await failed(house.native("POST", `/devices/${device.id}/rpc/Sys.GetInfo`, {}));
        });
    });
}

describe("a lamp", () => {
    const lamps = {
        "of 2017, that says true": [Rpc2017],
        "of real firmware": [Firmware],
        "of the simulator, that says null": [Simulator],
        "of the simulator in whole texts": [Simulator, { whole: true }],
        "of the simulator, that says its state": [Simulator, { answersState: true }],
    };
    for (const [what, [Kind, more]] of Object.entries(lamps)) {
        test(`${what}, follows what is wanted`, async () => {
            const device = await house.newcomer(Kind, more);
            await house.want(device.id, { on: true });
            await device.until(() => device.lamp.on, "light");
            assert.deepEqual(device.asked("Shadow.Delta").at(-1).params.state, { on: true });
            const { state } = await until(async () => {
                const shadow = await house.shadow(device.id);
                return shadow.state.reported.on && shadow;
            }, "that it reports light");
            assert.deepEqual(state.delta, {});
            await house.want(device.id, { on: false });
            await device.until(() => !device.lamp.on, "darkness");
        });
    }

    test("hears what was wanted while it was away", async () => {
        for (const Kind of [Rpc2017, Firmware, Simulator]) {
            const device = await house.newcomer(Kind);
            await device.close();
            await house.away(device.id);
            await house.want(device.id, { on: true });
            await house.arrive(device);
            await device.until(() => device.lamp.on, "light");
        }
    });

    test("hears nothing where it is as it was wanted", async () => {
        const device = await house.newcomer(Simulator);
        await house.want(device.id, { on: true });
        await until(async () => (await house.shadow(device.id)).state.reported.on, "that it reports light");
        await device.close();
        await house.away(device.id);
        const before = device.asked("Shadow.Delta").length;
        await house.arrive(device);
        await house.rpc(device.id, "Sys.GetInfo");
        assert.equal(device.asked("Shadow.Delta").length, before);
    });

    test("switched by mDash's own form of the call", async () => {
        const device = await house.newcomer(Simulator);
        const { status } = await house.mdash("POST", `/devices/${device.id}/shadow`, { state: { desired: { on: true } } });
        assert.equal(status, 200);
        await device.until(() => device.lamp.on, "light");
    });

    test("of the C library cannot follow, and goes on otherwise", async () => {
        const device = await house.newcomer(CLibrary);
        await house.want(device.id, { on: true });
        assert.equal((await house.rpc(device.id, "Sys.GetInfo")).app, "mdash-app");
        assert.deepEqual((await house.shadow(device.id)).state.delta, { on: true });
        assert.equal(device.ended, null);
    });
});

describe("the shadow", () => {
    test("says what is wanted, what is so, and since when", async () => {
        const device = await house.newcomer(Simulator);
        device.notify("Dash.Shadow.Update", { state: { reported: { on: false, level: 3 } } });
        await until(async () => (await house.shadow(device.id)).state.reported.level === 3, "what it reports");
        device.remove("Shadow.Delta"); // it must not follow
        await house.want(device.id, { on: true, level: 3, colour: { red: 255 } });
        const { state, metadata, version, timestamp } = await house.shadow(device.id);
        assert.deepEqual(state.desired, { on: true, level: 3, colour: { red: 255 } });
        assert.deepEqual(state.reported, { on: false, level: 3 });
        assert.deepEqual(state.delta, { on: true, colour: { red: 255 } });
        for (const time of [metadata.desired.on.timestamp, metadata.desired.colour.red.timestamp, metadata.reported.level.timestamp, timestamp]) {
            assert.ok(Math.abs(time - Date.now() / 1000) < 60, `${time} is in seconds`);
        }
        await house.want(device.id, { colour: null });
        const later = await house.shadow(device.id);
        assert.deepEqual(later.state.desired, { on: true, level: 3 });
        assert.equal(later.version, version + 1);
    });

    test("is not changed over what somebody else wanted since", async () => {
        const { id } = await house.register();
        await house.want(id, { on: true });
        const { version } = await house.shadow(id);
        await house.want(id, { on: false });
        await failed(house.native("POST", `/devices/${id}/shadow`, { state: { desired: { on: true } }, version }));
        assert.equal((await house.shadow(id)).state.desired.on, false);
    });

    test("is told to a device that asks", async () => {
        const device = await house.newcomer(Firmware);
        await device.until(() => device.shadowConnected, "the answer to its heartbeat");
        await house.want(device.id, { level: 7 });
        const answer = await device.call("Dash.Shadow.Get");
        assert.equal((answer.state ?? answer).desired.level, 7);
    });

    test("takes the device's updates, and answers those of 2017", async () => {
        const device = await house.newcomer(Rpc2017);
        await device.until(() => device.shadowConnected, "the answer to its heartbeat");
        assert.equal(await device.call("Dash.Shadow.Update", { state: { reported: { level: 9 } } }), true);
        assert.equal((await house.shadow(device.id)).state.reported.level, 9);
    });

    test("keeps the memory that the library reports", async () => {
        const device = await house.newcomer(Firmware);
        device.reportStats();
        await until(async () => (await house.shadow(device.id)).state.reported.stats?.ram_free === 211_000, "its free memory");
    });

    test("shows how far an update is, until the device takes that back", async () => {
        const device = await house.newcomer(CLibrary);
        device.reportProgress(50);
        await until(async () => (await house.shadow(device.id)).state.reported.ota?.percent === 50, "half of it");
        device.forgetProgress();
        await until(async () => !("ota" in (await house.shadow(device.id)).state.reported), "nothing of it");
    });
});

describe("as mDash's clients see it", () => {
    test("a device is an object with its shadow", async () => {
        const device = await house.newcomer(Firmware);
        await device.until(() => device.shadowConnected, "the answer to its heartbeat");
        const look = async (online) => {
            const seen = await house.good(house.mdash("GET", `/devices/${device.id}`));
            return seen.online === online && seen.shadow.state.reported.on === false && seen;
        };
        const seen = await until(() => look(true), "that it is online and dark");
        assert.equal(seen.id, device.id);
        for (const member of ["name", "created_at", "last_seen", "user_id", "shared_with"]) assert.ok(member in seen, member);
        await device.close();
        await until(() => look(false), "that it is away");
    });

    test("the listing is the bare array", async () => {
        const { id } = await house.register({ name: "Listed" });
        const devices = await house.good(house.mdash("GET", "/devices"));
        assert.ok(Array.isArray(devices));
        assert.equal(devices.find((one) => one.id === id).name, "Listed");
    });

    test("calls give the bare result, or an error", async () => {
        const device = await house.newcomer(Simulator);
        assert.equal((await house.good(house.mdash("GET", `/devices/${device.id}/rpc/Sys.GetInfo`))).app, "simulator");
        assert.equal(await house.good(house.mdash("POST", `/devices/${device.id}/rpc/Config.Get`, { key: "device.id" })), device.id);
        await failed(house.mdash("POST", `/devices/${device.id}/rpc/No.Such`, {}));
    });
});

describe("a configuration", () => {
    for (const Kind of [Rpc2017, Firmware, Simulator]) {
        test(`of ${Kind.name} comes without its secrets`, async () => {
            const device = await house.newcomer(Kind);
            const hidden = [device.token, secrets.wifiPassword, secrets.accessPointPassword];
            const { wifi, smartlight } = await house.rpc(device.id, "Config.Get");
            assert.equal(wifi.sta.ssid, "Greenhouse");
            assert.deepEqual(smartlight, { pin: 2, inverted: true });
            for (const params of [{}, { key: "dash" }, { key: "dash.token" }, { key: "wifi.sta" }, { key: "wifi.sta.pass" }]) {
                for (const ask of ["native", "mdash"]) {
                    const text = JSON.stringify((await house[ask]("POST", `/devices/${device.id}/rpc/Config.Get`, params)).body);
                    for (const secret of hidden) assert.ok(!text.includes(secret), `${ask} ${JSON.stringify(params)}: ${text}`);
                }
            }
            const kept = JSON.stringify((await house.native("GET", `/commands?device=${device.id}`)).body);
            for (const secret of hidden) assert.ok(!kept.includes(secret), "what is kept of the calls");
        });
    }

    test("is set as it was said, and what it was set to is kept nowhere", async () => {
        const device = await house.newcomer(Firmware);
        const pass = "a new one for the wireless";
        await house.rpc(device.id, "Config.Set", { config: { wifi: { sta: { pass } } } });
        assert.equal(device.config.get({ key: "wifi.sta.pass" }), pass);
        for (const where of [`/commands?device=${device.id}`, `/devices/${device.id}/history`, "/audit"]) {
            assert.ok(!JSON.stringify((await house.native("GET", where)).body).includes(pass), where);
        }
    });

    test("is saved, and the device started anew with it", async () => {
        const device = await house.newcomer(Firmware);
        await house.rpc(device.id, "Config.Set", { config: { smartlight: { pin: 4 } } });
        const back = once(device, "back");
        await house.native("POST", `/devices/${device.id}/rpc/Config.Save`, { reboot: true }); // its answer may be lost, see above
        await back;
        await infoAgain(device.id);
        assert.equal(await house.rpc(device.id, "Config.Get", { key: "smartlight.pin" }), 4);
    });
});

describe("tokens", () => {
    const refused = (device) => assert.rejects(device.connect(), { status: 401 });

    test("a wrong one is refused", async () => {
        const { id } = await house.register();
        await refused(house.make(Firmware, { id, token: "0123456789abcdef01234567" }));
    });

    test("a wrong key in the first frame ends the connection", async () => {
        const { id } = await house.register();
        const device = house.make(Rpc2017, { id, token: "0123456789abcdef01234567" });
        await device.connect();
        await device.until(() => device.ended, "the end");
        assert.equal(device.shadowConnected, false);
    });

    test("a first frame without a key ends the connection", async () => {
        const { id, token } = await house.register();
        const device = house.make(Rpc2017, { id, token });
        device.writeCall = (call) => JSON.stringify(call);
        await device.connect();
        await device.until(() => device.ended, "the end");
        assert.equal(device.shadowConnected, false);
    });

    test("a new one ends the connection of the old one", async () => {
        const device = await house.newcomer(Firmware);
        const { id, token } = await house.good(house.native("POST", `/devices/${device.id}/token`));
        assert.equal(id, device.id);
        assert.match(token, /^[0-9a-f]{24}$/);
        await device.until(() => device.ended, "the end");
        await refused(device);
        device.token = token;
        await house.arrive(device);
    });

    test("one that is taken back is good for nothing", async () => {
        const device = await house.newcomer(Firmware);
        const { status } = await house.native("DELETE", `/devices/${device.id}/token`);
        assert.ok(status === 200 || status === 204, `${status}`);
        await device.until(() => device.ended, "the end");
        await refused(device);
        await house.away(device.id); // the device itself stays
    });

    test("are not renewed by viewers", async () => {
        const { id } = await house.register();
        const viewer = await house.account("curious", "viewer");
        for (const verb of ["POST", "DELETE"]) assert.equal((await house.endpoint.api(verb, `/devices/${id}/token`, undefined, viewer)).status, 403);
    });
});

describe("a second connection of the same token", () => {
    test("ends the first, and people can see that there were two", async () => {
        const first = await house.newcomer(Firmware);
        const second = house.make(Firmware, first);
        await house.arrive(second);
        await first.until(() => first.ended, "the end of the first");
        assert.equal(first.ended.code, 1008);
        second.add("Who.AmI", () => "the second");
        assert.equal(await house.rpc(second.id, "Who.AmI"), "the second");
        await until(async () => {
            const { items } = await house.good(house.native("GET", `/devices/${first.id}/history`));
            return items.some(({ name }) => name === "twin");
        }, "the twin in the history");
    });
});

describe("calls under way", () => {
    test("get the answers that are theirs, in whatever order", async () => {
        const device = await house.newcomer(Simulator);
        const [slow, quick] = [held(device, "Slow.Read"), held(device, "Quick.Read")];
        const [first, second] = [house.rpc(device.id, "Slow.Read"), house.rpc(device.id, "Quick.Read")];
        await Promise.all([slow.asked, quick.asked]);
        quick.answer("quick");
        assert.equal(await second, "quick");
        slow.answer("slow");
        assert.equal(await first, "slow");
    });

    test("fail at once when the line goes", async () => {
        const device = await house.newcomer(Firmware);
        const slow = held(device, "Slow.Read");
        const call = house.native("POST", `/devices/${device.id}/rpc/Slow.Read`, {});
        await slow.asked;
        device.drop();
        await failedAtOnce(call);
    });

    test("answered with JSON that is none fail at once, and the others go on", async () => {
        const device = await house.newcomer(CLibrary);
        const slow = held(device, "Slow.Read");
        const other = house.rpc(device.id, "Slow.Read");
        await slow.asked;
        await failedAtOnce(house.native("POST", `/devices/${device.id}/rpc/FS.Remove`, { filename: "nowhere.txt" }));
        slow.answer("there all the same");
        assert.equal(await other, "there all the same");
    });

    test("answered with an error of any form have failed", async () => {
        const device = await house.newcomer(Firmware);
        for (const members of [',"error":"motor is stuck"', ',"error":-1', ',"error":{},"result":null', ""]) {
            device.transmit = async (text) => device.sendRaw(`{"id":${JSON.parse(text).id}${members}}`);
            await failed(house.native("POST", `/devices/${device.id}/rpc/Sys.GetInfo`, {}));
        }
    });

    test("leave no secret behind that the device quotes, or that stands beside its name", async () => {
        const device = await house.newcomer(Firmware);
        const pass = "a third one for the wireless";
        device.transmit = async (text) => device.sendRaw(`{"id":${JSON.parse(text).id},"error":{"code":500,"message":"cannot take ${pass}"}}`);
        await failed(house.native("POST", `/devices/${device.id}/rpc/Config.Set`, { config: { wifi: { sta: { pass } } } }));
        await failed(house.native("POST", `/devices/${device.id}/rpc/Config.Set`, { key: "wifi.sta.pass", value: pass }));
        for (const where of [`/commands?device=${device.id}`, `/devices/${device.id}/history`]) {
            assert.ok(!JSON.stringify((await house.native("GET", where)).body).includes(pass), where);
        }
    });

    test("are not disturbed by an error without an id", async () => {
        const device = await house.newcomer(CLibrary);
        const slow = held(device, "Slow.Read");
        const call = house.rpc(device.id, "Slow.Read");
        await slow.asked;
        device.puzzled();
        slow.answer("there all the same");
        assert.equal(await call, "there all the same");
    });
});

describe("texts in any cut", () => {
    const answer = 'quoted \\" }{ ][ ж 🙂\n';

    test("at every character", async () => {
        const device = await house.newcomer(Firmware);
        device.add("Odd.Read", () => answer);
        let at = 1;
        let length = 2;
        device.pieces = (text) => {
            const characters = Array.from(text);
            length = characters.length;
            return [characters.slice(0, at).join(""), characters.slice(at).join("")];
        };
        for (; at < length; at += 1) assert.equal(await house.rpc(device.id, "Odd.Read"), answer, `cut at ${at}`);
    });

    test("each character for itself", async () => {
        const device = await house.newcomer(Firmware);
        device.add("Odd.Read", () => answer);
        device.pieces = (text) => Array.from(text);
        assert.equal(await house.rpc(device.id, "Odd.Read"), answer);
    });

    test("in frames of one byte", async () => {
        const device = await house.newcomer(Firmware);
        device.add("Odd.Read", () => answer);
        device.transmit = async (text) => {
            const bytes = Buffer.from(text);
            bytes.forEach((byte, index) => device.sendRaw(Buffer.of(byte), { binary: false, fin: index === bytes.length - 1 }));
        };
        assert.equal(await house.rpc(device.id, "Odd.Read"), answer);
    });

    test("two in one message, and the second in two", async () => {
        const device = await house.newcomer(Firmware);
        const both = [held(device, "First.Read"), held(device, "Second.Read")];
        const calls = [house.rpc(device.id, "First.Read"), house.rpc(device.id, "Second.Read")];
        await Promise.all(both.map(({ asked }) => asked));
        const texts = [];
        device.transmit = async (text) => {
            texts.push(text);
            if (texts.length < 2) return;
            const whole = texts.join("\n");
            const middle = Math.floor((whole.length * 3) / 4);
            device.sendRaw(whole.slice(0, middle));
            device.sendRaw(whole.slice(middle));
        };
        both.forEach(({ answer: give }, index) => give(`number ${index}`));
        assert.deepEqual(await Promise.all(calls), ["number 0", "number 1"]);
    });
});

describe("a device that sends nonsense stays", () => {
    const nonsense = {
        "no JSON": "hello",
        nothing: "",
        "white space": " \r\n\t",
        "brackets that close nothing": "}]",
        "a value too few": '{"id":}',
        "an id and no JSON": '{"id":4711,"result":nope}',
        "a text": '"hello"',
        "a number": "17",
        "null": "null",
        "a batch": '[{"id":4711,"result":true}]',
        "an empty object": "{}",
        "an answer that nobody waits for": '{"id":4711,"result":true}',
        "an id that is an object": '{"id":{"id":1},"result":true}',
        "a method that is a number": '{"id":4711,"method":5}',
        "an error that is a text": '{"id":4711,"error":"no"}',
        "objects in objects": '{"a":'.repeat(2000) + "1" + "}".repeat(2000),
        "half an object": '{"id":4711,"result":{"a":[1,2',
        "half a text": '{"id":4711,"result":"and then',
        "half a name": '{"id":4711,"res',
    };
    for (const [what, text] of Object.entries(nonsense)) {
        test(what, async () => {
            const device = await house.newcomer(Firmware);
            await device.until(() => device.shadowConnected, "the answer to its heartbeat");
            device.sendRaw(text);
            assert.equal((await house.rpc(device.id, "Sys.GetInfo")).mac, "30AEA4123456");
            assert.equal(device.ended, null);
        });
    }

    test("in the middle of an answer in pieces", async () => {
        const device = await house.newcomer(Simulator);
        const slow = held(device, "Slow.Read");
        const call = house.native("POST", `/devices/${device.id}/rpc/Slow.Read`, {});
        await slow.asked;
        device.pieces = (text) => {
            const at = text.indexOf('"lost"');
            return [...text.slice(0, at), "hello", ...text.slice(at), "\n"];
        };
        slow.answer("lost");
        await failedAtOnce(call);
        delete device.pieces;
        assert.equal((await house.rpc(device.id, "Sys.GetInfo")).app, "simulator");
        assert.equal(device.ended, null);
    });
});
