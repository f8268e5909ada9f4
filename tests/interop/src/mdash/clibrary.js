// SPDX-License-Identifier: GPL-3.0-or-later
import { RpcDevice } from "./rpcdevice.js";
import { Refusal } from "./refusal.js";

/** mDash's own C library 1.2, of the time after Mongoose OS: results of its own, no configuration, no Shadow.Delta, and JSON that is none. */
export class CLibrary extends RpcDevice {
    codes = { method: -32601, arguments: -32602, missing: -32602, failed: 500 };
    board = { app: "mdash-app", fw_version: "1.2.16", arch: "esp32", reboot_reason: "power-on" };

    constructor(settings) {
        super(settings);
        this.remove("Config.Get", "Config.Set", "Config.Save", "RPC.Ping");
        const instead = (method, result) => {
            const { run, argumentsFormat } = this.methods[method];
            this.add(method, (params) => {
                run(params);
                return result(params);
            }, argumentsFormat);
        };
        const size = ({ data }) => Buffer.from(data, "base64").length;
        for (const method of ["FS.Rename", "OTA.Begin", "OTA.End", "OTA.Commit", "Sys.Reboot"]) instead(method, () => true);
        instead("FS.Put", (params) => ({ filename: params.filename, written: size(params) }));
        instead("OTA.Write", (params) => ({ queued: size(params) }));
        this.add("FS.Get", (params) => {
            const { offset, left, data } = this.files.read(params);
            return { filename: params.filename, offset, left, data };
        }, this.methods["FS.Get"].argumentsFormat);
        this.add("FS.Remove", (params) => {
            // It has no words for a file that is not there.
            if (!this.files.names().includes(params.filename)) throw new Refusal("failed", "");
            this.files.remove(params);
            return true;
        });
        this.add("Sys.Set", () => ({ result: 0 }), "{name: %Q, value: %Q}");
    }

    upgrade() {
        return { ...super.upgrade(), origin: this.url };
    }
    writeAnswer({ id, result, error }) {
        // Where the message is to stand stands nothing, not even "".
        if (error?.message === "") return `{"id":${JSON.stringify(id)},"error":{"code":${error.code},"message":}}`;
        return JSON.stringify({ id, result, error });
    }
    puzzled() {
        this.transmit(JSON.stringify({ error: { code: -32700, message: "parse error" } }));
    }

    /** How far an update is, for people to see. */
    reportProgress(percent) {
        return this.notify("State.Set", { ota: { percent } });
    }
    forgetProgress() {
        return this.notify("State.Set", { ota: null });
    }
}
