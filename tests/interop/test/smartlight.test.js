// SPDX-License-Identifier: GPL-3.0-or-later
// The smart light whole: its phones, its API server, a real endpoint in the place of mDash, and lamps.
import assert from "node:assert/strict";
import crypto from "node:crypto";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import WebSocket from "ws";
import { AppServer } from "../src/mdash/appserver.js";
import { Firmware } from "../src/mdash/firmware.js";
import { Simulator } from "../src/mdash/simulator.js";
import { MdashHouse } from "./mdashhouse.js";

const eventWithin = 10_000;

let house;
let server;
const failures = [];
before(async () => {
    house = await MdashHouse.start("--access-tokens", "yes"); // its API server sends its key no other way
    server = await AppServer.start({ dash: house.endpoint.url, token: house.endpoint.apiKey });
    server.on("failed", (error) => failures.push(error.message));
});
after(async () => {
    await server?.close();
    assert.equal(await house.stop(), 0, "musterd ends cleanly");
});

/** A phone with the light's app: asks in events. `heard` is what it heard and has not taken yet, `all` everything. */
class Phone {
    heard = [];
    all = [];
    #look = () => {};

    static async open(name = crypto.randomBytes(12).toString("hex")) {
        const phone = new Phone();
        phone.name = name;
        phone.socket = new WebSocket(server.url, { headers: { Cookie: `app_id=${name}` } });
        phone.socket.on("message", (text) => {
            const event = JSON.parse(text);
            phone.heard.push(event);
            phone.all.push(event);
            phone.#look();
        });
        await once(phone.socket, "open");
        return phone;
    }

    ask(name, data) {
        this.socket.send(JSON.stringify({ name, data }));
    }

    /** Waits for an event that fulfils something, and takes it with all before it. */
    async next(fulfilled, what) {
        let timer;
        const late = new Promise((resolve, reject) => {
            timer = setTimeout(() => reject(new Error(`no ${what}; heard: ${JSON.stringify(this.heard)}; failed: ${failures.join("; ")}`)), eventWithin);
        });
        try {
            for (;;) {
                const at = this.heard.findIndex(fulfilled);
                if (at >= 0) return this.heard.splice(0, at + 1).at(-1);
                const more = new Promise((resolve) => {
                    this.#look = resolve;
                });
                await Promise.race([more, late]);
            }
        } finally {
            clearTimeout(timer);
        }
    }
    /** The next listing, of which something holds. */
    async listing(holds = () => true) {
        return (await this.next(({ name, data }) => name === "devices" && holds(data), "listing")).data;
    }

    /** Makes a light its own, as its owner does after the light has joined the network at home. */
    async pair(id, name) {
        this.ask("pair", { id, name });
        const { data } = await this.next((event) => event.name === "pair", "pair");
        this.ask("list");
        await this.listing((devices) => devices.some((one) => one.id === id));
        return data;
    }
    close() {
        this.socket.close();
        return once(this.socket, "close");
    }
}

/** A light that its maker registered, and that has come in. */
async function light(Kind = Firmware) {
    const device = house.make(Kind, await house.good(house.native("POST", "/devices", {})));
    await house.arrive(device);
    if (Kind === Firmware) await device.until(() => device.shadowConnected, "the answer to its heartbeat");
    return device;
}

describe("a phone", () => {
    test("has a listing at once, though its user is being made meanwhile", async () => {
        const phones = await Promise.all([1, 2, 3, 4].map(() => Phone.open()));
        for (const phone of phones) {
            assert.deepEqual(await phone.listing(), []);
            await phone.close();
        }
        assert.deepEqual(failures, []);
    });

    test("that is known already comes in as well", async () => {
        const first = await Phone.open();
        await first.listing();
        await first.close();
        const again = await Phone.open(first.name);
        assert.deepEqual(await again.listing(), []);
        await again.close();
        assert.deepEqual(failures, []);
    });

    test("has the lights that were paired with it, and nobody else's", async () => {
        const device = await light();
        const [owner, other] = [await Phone.open(), await Phone.open()];
        const paired = await owner.pair(device.id, "Desk");
        assert.equal(paired.id, device.id);
        assert.equal(paired.name, "Desk");
        assert.equal(paired.shared_with, `email_${owner.name}`);
        owner.ask("list");
        const [desk, ...more] = await owner.listing();
        assert.deepEqual(more, []);
        assert.equal(desk.name, "Desk");
        assert.equal(desk.online, true);
        assert.equal(desk.shadow.state.reported.on, false);
        other.ask("list");
        assert.deepEqual(await other.listing(), []);
        await owner.close();
        await other.close();
    });

    for (const Kind of [Firmware, Simulator]) {
        test(`switches its light (${Kind.name}), and hears that it is on`, async () => {
            const device = await light(Kind);
            const phone = await Phone.open();
            await phone.pair(device.id, "Shelf");
            phone.ask("on", { id: device.id, on: true });
            await device.until(() => device.lamp.on, "light");
            const { id, data } = await phone.next(
                ({ name, data: said }) => name === "rpc.out.Dash.Shadow.Update" && said.state.reported.on === true,
                "rpc.out.Dash.Shadow.Update",
            );
            assert.equal(id, device.id);
            assert.deepEqual(data, { state: { reported: { on: true } } });
            phone.ask("list");
            const [shelf] = await phone.listing((devices) => devices[0].shadow.state.reported.on === true);
            assert.deepEqual(shelf.shadow.state.delta, {});
            await phone.close();
        });
    }

    test("hears that its light goes and comes", async () => {
        const device = await light();
        const phone = await Phone.open();
        await phone.pair(device.id, "Hall");
        await device.close();
        await phone.next(({ id, name }) => id === device.id && name === "offline", "offline");
        phone.ask("list");
        assert.equal((await phone.listing())[0].online, false);
        await device.connect();
        await phone.next(({ id, name }) => id === device.id && name === "online", "online");
        await phone.close();
    });

    test("hears nothing of somebody else's light", async () => {
        const [mine, theirs] = [await light(), await light()];
        const [phone, other] = [await Phone.open(), await Phone.open()];
        await phone.pair(mine.id, "Mine");
        await other.pair(theirs.id, "Theirs");
        theirs.report({ on: true });
        await other.next(({ name }) => name === "rpc.out.Dash.Shadow.Update", "rpc.out.Dash.Shadow.Update");
        mine.report({ on: true });
        await phone.next(({ id }) => id === mine.id, "the own one");
        assert.ok(!phone.all.some(({ id }) => id === theirs.id));
        await phone.close();
        await other.close();
    });
});

describe("the API server", () => {
    test("may change a device by either verb", async () => {
        const { id } = await house.register();
        for (const verb of ["PUT", "POST"]) {
            const changed = await house.good(house.native(verb, `/devices/${id}`, { name: `by ${verb}` }));
            assert.equal(changed.name, `by ${verb}`);
        }
    });

    test("hears of calls that were made to a device", async () => {
        const device = await light();
        device.add("Light.Blink", () => true);
        const notified = new Promise((resolve) => {
            server.on("notified", ({ id, name }) => {
                if (id === device.id && name === "rpc.in.Light.Blink") resolve();
            });
        });
        await house.rpc(device.id, "Light.Blink");
        await notified;
    });

    test("hears what a device says under names of its own", async () => {
        const device = await light();
        const notified = new Promise((resolve) => {
            server.on("notified", (notification) => {
                if (notification.name === "rpc.out.MyStat") resolve(notification);
            });
        });
        device.notify("MyStat", { temperature: 12.3 });
        assert.deepEqual(await notified, { id: device.id, name: "rpc.out.MyStat", data: { temperature: 12.3 } });
    });
});
