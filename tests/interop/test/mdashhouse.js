// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { Endpoint } from "./endpoint.js";
import { until } from "./until.js";

const password = "a password of tests";

/** A musterd with an operator who has a password, and what people do there with mDash's devices. */
export class MdashHouse {
    #devices = [];

    static async start(...settings) {
        const house = new MdashHouse();
        house.endpoint = await Endpoint.start(...settings);
        house.rpcUrl = `${house.endpoint.url.replace("http", "ws")}/api/v2/rpc`;
        house.basic = await house.account("keeper", "operator");
        return house;
    }

    /** Ends the devices, then the server. @returns its exit code */
    async stop() {
        await Promise.all(this.#devices.filter((device) => device.socket).map((device) => device.drop()));
        return this.endpoint.stop();
    }

    /** Adds an account. @returns how it signs in by name and password */
    async account(user, role) {
        const { status, body } = await this.endpoint.api("POST", "/users", { user, role, password });
        assert.equal(status, 200, JSON.stringify(body));
        return `Basic ${btoa(`${user}:${password}`)}`;
    }

    /** The API as Muster has it. @returns {{status, body}} */
    native(verb, where, body) {
        return this.endpoint.api(verb, where, body);
    }
    /** The API as mDash has it: by name and password. @returns {{status, body}} */
    mdash(verb, where, body) {
        return this.endpoint.api(verb, where, body, this.basic);
    }
    /** What a call that has to succeed gives. */
    async good(call) {
        const { status, body } = await call;
        assert.equal(status, 200, JSON.stringify(body));
        return body;
    }

    /** What a device answers. */
    rpc(id, method, params = {}) {
        return this.good(this.native("POST", `/devices/${id}/rpc/${method}`, params));
    }
    want(id, desired) {
        return this.good(this.native("POST", `/devices/${id}/shadow`, { state: { desired } }));
    }
    shadow(id) {
        return this.good(this.native("GET", `/devices/${id}/shadow`));
    }

    register(body = {}) {
        return this.good(this.mdash("POST", "/devices", body));
    }
    /** A device with a token, not connected yet. */
    make(Kind, { id, token }, more = {}) {
        const device = new Kind({ url: this.rpcUrl, id, token, ...more });
        this.#devices.push(device);
        return device;
    }
    /** A registered device that is there, and that the server has got to know. */
    async newcomer(Kind, more) {
        const device = this.make(Kind, await this.register(), more);
        await this.arrive(device);
        return device;
    }
    /** Connects, and waits until the server has asked what the device is, and says that it is there. */
    async arrive(device) {
        const before = device.heard.length;
        await device.connect();
        const asked = (method) => device.heard.slice(before).some((frame) => frame.method === method);
        await device.until(() => asked("RPC.List") && asked("Sys.GetInfo"), "RPC.List and Sys.GetInfo");
        await this.online(device.id);
    }
    online(id) {
        return this.#presence(id, ["online"]);
    }
    /** Also one that has never been there. */
    away(id) {
        return this.#presence(id, ["offline", "never"]);
    }
    #presence(id, states) {
        const look = async () => {
            const device = await this.good(this.native("GET", `/devices/${id}`));
            return states.includes(device.presence.state) && device;
        };
        return until(look, `${id} ${states.join(" or ")}`);
    }
}
