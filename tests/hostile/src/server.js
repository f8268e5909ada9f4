// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { makeBundle } from "./bundle.js";
import { makeCertificate } from "./certificate.js";
import { launch } from "./children.js";
import { keepAlive, request } from "./http.js";
import { anonymousMiB, openFiles } from "./memory.js";
import { until } from "./patience.js";

export const bin = (name) => path.join(process.env.MUSTER_BIN, name);

/** Larger than all buffers between server and client, so that whoever does not read it makes it wait. */
export const bigFileBytes = 24 * 1024 * 1024;

/** A real musterd on a port of loopback, with an admin's API key. */
export class Server {
    #warned = 0;

    /**
     * @param options `tls`; `descriptors`: files that it may have open; `more`: arguments; `io`: threads for connections;
     *        `log`: rules of Qt's log; `port`: needed where `more` has an address that people use, else any that is free;
     *        `ownClock`: whether setClock() is needed
     */
    static async start({ tls = false, descriptors, more = [], io = 2, log = "", port = 0, ownClock = false } = {}) {
        const server = new Server();
        server.folder = fs.mkdtempSync(path.join(os.tmpdir(), "muster-hostile-"));
        server.data = path.join(server.folder, "data");
        server.logPath = path.join(server.folder, "musterd.log");
        server.descriptors = descriptors;
        server.rules = log;
        if (ownClock) {
            server.clockPath = path.join(server.folder, "clock");
            server.setClock(0);
        }
        const keyFile = path.join(server.folder, "api-key");
        await promisify(execFile)(bin("musterd"), ["user", "add", "--data", server.data, "--name", "admin", "--role", "admin", "--api-key-file", keyFile]);
        server.apiKey = fs.readFileSync(keyFile, "utf8").trim();
        makeBundle(path.join(server.folder, "bundle"), bigFileBytes);
        server.arguments = ["--web", path.join(server.folder, "bundle"), "--io-threads", `${io}`, ...more];
        if (tls) {
            const { certificate, key, ca } = makeCertificate(server.folder);
            server.ca = ca;
            server.caPath = certificate;
            server.arguments.push("--tls-certificate", certificate, "--tls-key", key);
        }
        server.port = port;
        try {
            await server.launch();
        } catch (error) {
            await server.kill();
            throw error;
        }
        return server;
    }

    /** At the port that it had, once it had one. */
    async launch() {
        const ready = path.join(this.folder, "ready.json");
        fs.rmSync(ready, { force: true });
        const command = [bin("musterd"), "run", "--data", this.data, "--listen", `127.0.0.1:${this.port}`, "--ready-file", ready, ...this.arguments];
        // exec keeps the process id.
        const clock = this.clockPath ? { LD_PRELOAD: bin("clockshift.so"), MUSTER_CLOCK_SHIFT: this.clockPath } : {};
        const { child, exited } = launch(["sh", "-c", `${this.descriptors ? `ulimit -n ${this.descriptors}; ` : ""}exec "$0" "$@"`, ...command],
            { log: this.logPath, env: { ...process.env, ...clock, QT_LOGGING_RULES: this.rules } });
        this.process = child;
        this.exited = exited;
        await until(() => {
            assert.equal(this.process.exitCode, null, `musterd ended: ${this.log()}`);
            return fs.existsSync(ready);
        }, "musterd is ready");
        if (this.port === 0) this.port = Number(new URL(JSON.parse(fs.readFileSync(ready, "utf8")).url).port);
        this.isTls = Boolean(this.ca);
        this.url = `${this.isTls ? "https" : "http"}://127.0.0.1:${this.port}`;
        this.deviceUrl = `${this.isTls ? "wss" : "ws"}://127.0.0.1:${this.port}/device`;
        this.liveUrl = `${this.isTls ? "wss" : "ws"}://127.0.0.1:${this.port}/api/v2/live`;
        this.cloudKeyPath = path.join(this.data, "keys", "cloud_public.pem");
        this.agent = keepAlive(this.url);
        await until(async () => (await this.get("/bundle.json")).status === 200, "the start page is served");
    }

    /** From now on its clock differs from ours by so many ms, as when somebody sets it. Clocks that only move forward stay. */
    setClock(ahead) {
        const nanoseconds = Buffer.alloc(8);
        new BigInt64Array(nanoseconds.buffer, nanoseconds.byteOffset, 1)[0] = BigInt(ahead) * 1_000_000n;
        // In place: the server looks into this very file.
        const file = fs.openSync(this.clockPath, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o600);
        fs.writeSync(file, nanoseconds, 0, 8, 0);
        fs.closeSync(file);
    }

    get pid() {
        return this.process.pid;
    }
    log() {
        return fs.readFileSync(this.logPath, "utf8");
    }
    /** Lines of the log from warning on, since this was last asked: each is unexpected. */
    takeWarnings() {
        const all = this.log().split("\n").filter((line) => /^\S+ (warning|critical|fatal) /.test(line));
        return all.slice(this.#warned, (this.#warned = all.length));
    }

    openFiles() {
        return openFiles(this.pid);
    }
    memory() {
        return anonymousMiB(this.pid);
    }

    /** The file with which the other programs sign in. */
    profile() {
        const profile = path.join(this.folder, "profile.json");
        fs.writeFileSync(profile, JSON.stringify({ server: this.url, api_key: this.apiKey }), { mode: 0o600 });
        return profile;
    }

    /** A request at the server's address, as nobody. */
    get(where, options = {}) {
        return request(this.url + where, { ca: this.ca, ...options });
    }
    /** One call of the operator API. @returns what it answers; throws where it refuses */
    async api(verb, where, body) {
        const answer = await request(`${this.url}/api/v2${where}`,
            { method: verb, body, ca: this.ca, agent: this.agent, headers: { authorization: `Bearer ${this.apiKey}` } });
        assert.ok(answer.status < 300, `${verb} ${where}: ${answer.status} ${answer.text}`);
        return answer.json;
    }
    async metrics() {
        const { text } = await this.get("/metrics", { headers: { authorization: `Bearer ${this.apiKey}` } });
        const values = {};
        for (const [, name, value] of text.matchAll(/^([a-z_]+(?:\{.*\})?) (\S+)$/gm)) values[name] = Number(value);
        return values;
    }

    /** Ends it as a crash would. */
    async kill() {
        this.agent?.destroy();
        this.process.kill("SIGKILL");
        await this.exited;
    }

    /** Ends it as an administrator would, and looks at what it said. */
    async stop() {
        this.agent.destroy();
        const warnings = this.takeWarnings();
        this.process.kill("SIGTERM");
        const [code, signal] = await this.exited;
        const log = this.log();
        fs.rmSync(this.folder, { recursive: true, force: true });
        assert.deepEqual(warnings, [], "nothing unexpected in the server's log");
        assert.deepEqual({ code, signal }, { code: 0, signal: null }, `musterd ends cleanly: ${log.slice(-2000)}`);
    }
}
