// SPDX-License-Identifier: GPL-3.0-or-later
import { Config } from "./config.js";
import { FileSystem } from "./filesystem.js";
import { Link } from "./link.js";
import { PushOta } from "./pushota.js";
import { Refusal } from "./refusal.js";

// A device that has been up for a day: after a reboot its uptime is smaller at once.
const uptimeAtFirst = 86_400;

/** The secrets of every device's configuration. */
export const secrets = { wifiPassword: "correct horse battery", accessPointPassword: "Mongoose-in-the-house" };

/** What every generation can do, with the results of Mongoose OS. The lamp is what the smart light has. */
export class RpcDevice extends Link {
    #upFor = uptimeAtFirst;
    #bootedAt = performance.now();

    constructor(settings) {
        super(settings);
        this.lamp = { on: false };
        this.methods = Object.create(null);
        this.files = new FileSystem({ "conf0.json": '{"device":{"id":""}}', "init.js": "load('api_config.js');\n" });
        this.config = new Config({
            device: { id: this.id, password: "" },
            dash: { enable: true, token: this.token, server: this.url, send_logs: false },
            wifi: {
                sta: { enable: true, ssid: "Greenhouse", pass: secrets.wifiPassword },
                ap: { enable: false, ssid: "Mongoose-OS-Smart-Light", pass: secrets.accessPointPassword },
            },
            smartlight: { pin: 2, inverted: true },
        });
        this.ota = new PushOta("20180921", () => this.reboot());
        this.#addMethods();
    }

    /** Lets the device do one thing more. @param argumentsFormat as RPC.Describe tells it */
    add(method, run, argumentsFormat = "") {
        this.methods[method] = { run, argumentsFormat };
    }
    remove(...methods) {
        for (const method of methods) delete this.methods[method];
    }

    perform(method, params) {
        const found = this.methods[method];
        if (!found) throw new Refusal("method", `No handler for ${method}`);
        return found.run(params);
    }

    get uptime() {
        return Math.floor(this.#upFor + (performance.now() - this.#bootedAt) / 1000);
    }

    /** Sys.GetInfo */
    info() {
        return {
            id: this.id,
            ...this.board,
            fw_id: this.ota.running,
            mac: "30AEA4123456",
            uptime: this.uptime,
            ram_size: 295_000,
            ram_free: 211_000,
            ram_min_free: 190_000,
            fs_size: 233_681,
            fs_free: 154_616,
            wifi: { sta_ip: "192.168.1.45", ap_ip: "", status: "got ip", ssid: "Greenhouse" },
        };
    }

    /** The line goes, and a device with a smaller uptime comes. Emits "back" when it is there, "lost" with the reason when it cannot. */
    async reboot() {
        await this.drop();
        this.#upFor = 0;
        this.#bootedAt = performance.now();
        this.config.reboot();
        this.ota.booted();
        try {
            await this.connect();
        } catch (error) {
            this.emit("lost", error);
            return;
        }
        this.emit("back");
    }

    /** Does what the shadow wants. @param state the bare delta */
    follow(state) {
        if (typeof state.on === "boolean") this.lamp.on = state.on;
    }

    #addMethods() {
        this.add("Sys.GetInfo", () => this.info());
        this.add("Sys.Reboot", () => this.afterwards(() => this.reboot()), "{delay_ms: %d}");
        this.add("RPC.List", () => Object.keys(this.methods));
        this.add("RPC.Describe", ({ name }) => this.#describe(name), "{name: %T}");
        this.add("RPC.Ping", () => ({ channel_info: this.url }));

        this.add("Config.Get", (params) => this.config.get(params), "{key: %Q, level: %d}");
        this.add("Config.Set", (params) => this.config.set(params), "{config: %M}");
        this.add("Config.Save", ({ reboot }) => {
            this.config.save();
            if (reboot) this.afterwards(() => this.reboot());
        }, "{reboot: %B}");

        this.add("FS.List", () => this.files.names(), "{path: %Q}");
        this.add("FS.ListExt", () => this.files.sizes(), "{path: %Q}");
        this.add("FS.Get", (params) => {
            const { data, left } = this.files.read(params);
            return { data, left };
        }, "{filename: %Q, offset: %ld, len: %ld}");
        this.add("FS.Put", (params) => void this.files.write(params), "{filename: %Q, offset: %ld, data: %V, append: %B}");
        this.add("FS.Remove", (params) => this.files.remove(params), "{filename: %Q}");
        this.add("FS.Rename", (params) => this.files.rename(params), "{src: %Q, dst: %Q}");

        this.add("OTA.Status", () => this.ota.status());
        this.add("OTA.Begin", (params) => this.ota.begin(params), "{timeout: %d, commit_timeout: %d, size: %d}");
        this.add("OTA.Write", (params) => void this.ota.write(params), "{offset: %d, data: %V}");
        this.add("OTA.End", () => {
            this.ota.end();
            this.afterwards(() => this.reboot());
        });
        this.add("OTA.Commit", () => this.ota.commit());
    }

    #describe(name) {
        const found = this.methods[name];
        if (!found) throw new Refusal("method", `No handler for ${name}`);
        return { name, args_fmt: found.argumentsFormat };
    }
}
