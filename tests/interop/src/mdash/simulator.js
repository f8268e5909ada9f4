// SPDX-License-Identifier: GPL-3.0-or-later
import { RpcDevice } from "./rpcdevice.js";

/**
 * The device simulators of 2018 and 2019 in one, each trait where it is the harder one. It says nothing by itself, and writes each text in
 * messages of one to three characters with a newline at the end.
 */
export class Simulator extends RpcDevice {
    codes = { method: -32601, arguments: -32602, missing: -32602, failed: -1 };
    board = { app: "simulator", fw_version: "2.1.0", mg_version: "2.10.0", mg_id: "20190408-100000", arch: "posix" };

    /** @param settings `whole`: one message a text, as 7794aaa (2018); `answersState`: Shadow.Delta gives the state, as 2359a63 (2019) */
    constructor({ whole = false, answersState = false, ...settings }) {
        super(settings);
        this.whole = whole;
        const { run: put, argumentsFormat } = this.methods["FS.Put"];
        this.add("FS.Put", (params) => {
            put(params);
            return { written: Buffer.from(params.data, "base64").length };
        }, argumentsFormat);
        this.add("Shadow.Delta", ({ state }) => {
            // It takes this for a result.
            if (state === null || typeof state !== "object") return { error: "expecting {state:{...}}" };
            this.follow(state);
            this.notify("Dash.Shadow.Update", { state: { reported: this.lamp } });
            return answersState ? { ...this.lamp } : null;
        });
    }

    upgrade() {
        return { ...super.upgrade(), subprotocol: "dash.mongoose-os.com", origin: "https://mongoose-os.com" };
    }
    writeAnswer({ id, result, error }) {
        return JSON.stringify({ id, result, error });
    }

    pieces(text) {
        if (this.whole) return [text];
        // By characters: half of one would be no text any more.
        const characters = Array.from(text);
        const pieces = [];
        for (let at = 0; at < characters.length; ) {
            const size = (pieces.length % 3) + 1;
            pieces.push(characters.slice(at, at + size).join(""));
            at += size;
        }
        return [...pieces, "\n"];
    }
}
