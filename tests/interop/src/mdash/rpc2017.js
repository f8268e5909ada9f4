// SPDX-License-Identifier: GPL-3.0-or-later
import { Firmware } from "./firmware.js";

/** The library of 2017, before tokens went into a header: each frame carries the token as its key, and updates of the shadow want an answer. */
export class Rpc2017 extends Firmware {
    board = { app: "smart-light", fw_version: "0.9.7", arch: "esp8266" };

    upgrade() {
        return { ...super.upgrade(), headers: {} };
    }
    get source() {
        return `${this.token.slice(0, 6)}-${this.id}`;
    }
    writeCall({ id, method, params }) {
        return JSON.stringify({ src: this.source, key: this.token, id, method, params });
    }
    writeAnswer({ id, dst, tag, ...outcome }) {
        return JSON.stringify({ id, src: this.source, dst, tag, key: this.token, ...outcome });
    }

    report(reported) {
        // Whether the answer is an error is for nobody here; a test that wants to know makes the call itself.
        this.call("Dash.Shadow.Update", { state: { reported } }).catch(() => {});
    }
}
