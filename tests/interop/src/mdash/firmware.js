// SPDX-License-Identifier: GPL-3.0-or-later
import { Refusal } from "./refusal.js";
import { RpcDevice } from "./rpcdevice.js";

/**
 * The smart light's firmware of 2018, on real hardware: a token in the header, the numbers of HTTP for errors, and a shadow that counts as
 * connected once the server has answered the heartbeat.
 */
export class Firmware extends RpcDevice {
    codes = { method: 404, arguments: 400, missing: 404, failed: 500 };
    board = { app: "smart-light", fw_version: "1.4.2", mg_version: "2.8.1", mg_id: "20180921-100000", arch: "esp32", public_key: null };
    /** The server has answered the heartbeat of this connection. */
    shadowConnected = false;

    constructor(settings) {
        super(settings);
        this.add("Shadow.Delta", ({ state }) => {
            if (state === null || typeof state !== "object") throw new Refusal("arguments", "expecting {state:{...}}");
            this.follow(state);
            this.afterwards(() => this.report(this.lamp));
            return true;
        }, "{state: %T}");
    }

    upgrade() {
        return { ...super.upgrade(), subprotocol: "json-rpc", origin: "https://mongoose-os.com" };
    }
    /** What replies carry as their sender. */
    get source() {
        return this.id;
    }
    writeCall({ id, method, params }) {
        return JSON.stringify({ src: this.source, id, method, params });
    }
    writeAnswer({ id, dst, tag, ...outcome }) {
        return JSON.stringify({ id, src: this.source, dst, tag, ...outcome });
    }

    async connect() {
        this.shadowConnected = false;
        await super.connect();
        this.call("Dash.Heartbeat", this.info()).then(
            () => {
                this.shadowConnected = true;
                this.emit("changed");
                this.report(this.lamp);
            },
            () => {}, // the line went, or nobody answers: `shadowConnected` says it
        );
    }

    /** Tells the shadow what is so. */
    report(reported) {
        this.notify("Dash.Shadow.Update", { state: { reported } });
    }
    /** What the library reports every 10 s. */
    reportStats() {
        const { ram_size, ram_free, ram_min_free } = this.info();
        this.report({ stats: { ram_total: ram_size, ram_free, ram_lwm: ram_min_free } });
    }
}
