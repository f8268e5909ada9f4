// SPDX-License-Identifier: GPL-3.0-or-later
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { PublicKey } from "../src/keys.js";

const musterd = process.env.MUSTERD;
// The server itself gives up after 30 s.
const answerWithin = 45_000;

/** A real musterd on a free port of loopback, with a folder and an account of its own. */
export class Endpoint {
    static async start(...settings) {
        const endpoint = new Endpoint();
        endpoint.folder = fs.mkdtempSync(path.join(os.tmpdir(), "muster-interop-"));
        const data = path.join(endpoint.folder, "data");
        const keyFile = path.join(endpoint.folder, "api-key");
        await promisify(execFile)(musterd, ["user", "add", "--data", data, "--name", "admin", "--role", "admin", "--api-key-file", keyFile]);
        endpoint.apiKey = fs.readFileSync(keyFile, "utf8").trim();

        const ready = path.join(endpoint.folder, "ready.json");
        const appeared = untilExists(ready);
        const log = fs.openSync(path.join(endpoint.folder, "musterd.log"), "w");
        endpoint.process = spawn(musterd, ["run", "--data", data, "--listen", "127.0.0.1:0", "--ready-file", ready, ...settings], { stdio: ["ignore", log, log] });
        endpoint.exited = once(endpoint.process, "exit");
        // A file of tests that takes too long is ended so, and must not leave its server behind.
        process.once("exit", () => endpoint.process.kill("SIGKILL"));
        process.once("SIGTERM", () => process.exit(1));
        await Promise.race([
            appeared,
            endpoint.exited.then(([code]) => {
                throw new Error(`musterd ended with ${code}: ${fs.readFileSync(path.join(endpoint.folder, "musterd.log"), "utf8")}`);
            }),
        ]);
        endpoint.url = JSON.parse(fs.readFileSync(ready, "utf8")).url;
        endpoint.deviceUrl = `${endpoint.url.replace("http", "ws")}/device`;
        endpoint.cloudKey = new PublicKey(fs.readFileSync(path.join(data, "keys", "cloud_public.pem"), "utf8"));
        return endpoint;
    }

    async stop() {
        this.process.kill("SIGTERM");
        const [code] = await this.exited;
        fs.rmSync(this.folder, { recursive: true, force: true });
        return code;
    }

    /** One call of the operator API. @param authorization null for nobody @returns {{status, body}} */
    async api(verb, where, body, authorization = `Bearer ${this.apiKey}`) {
        const answer = await fetch(`${this.url}/api/v2${where}`, {
            method: verb,
            headers: { ...(authorization && { Authorization: authorization }), "Content-Type": "application/json" },
            body: body === undefined ? undefined : JSON.stringify(body),
            signal: AbortSignal.timeout(answerWithin),
        });
        const text = await answer.text();
        return { status: answer.status, body: text === "" ? null : JSON.parse(text) };
    }

    async approvalOf(deviceId, fingerprint) {
        const { body } = await this.api("GET", "/approvals");
        return body.items.find((item) => item.device_id === deviceId && (!fingerprint || item.fingerprint === fingerprint));
    }
}

/** Waits until a file is there, whole. */
function untilExists(file) {
    return new Promise((resolve) => {
        const look = () => {
            if (!fs.existsSync(file) || fs.statSync(file).size === 0) return;
            watcher.close();
            resolve();
        };
        const watcher = fs.watch(path.dirname(file), look);
        look();
    });
}
