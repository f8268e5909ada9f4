// SPDX-License-Identifier: GPL-3.0-or-later
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { promisify } from "node:util";

const bin = (name) => path.join(process.env.MUSTER_BIN, name);

/** How long something may take that takes a second on a quiet machine. */
export const patience = Number(process.env.MUSTER_PATIENCE ?? 30_000);

/** Waits until `look` gives something that is true, and gives that. Asks again after `pause` ms. */
export async function until(look, what, pause = 50) {
    const end = Date.now() + patience;
    for (;;) {
        const seen = await look();
        if (seen)
            return seen;
        if (Date.now() > end)
            throw new Error(`did not come within ${patience / 1000} s: ${what}`);
        await new Promise((resolve) => setTimeout(resolve, pause));
    }
}

/** A real musterd on a port of loopback, with devices as they are wanted. Everything ends with stop(). */
export class House {
    #running = new Map();

    /** @param account false: nobody has an account yet, and the server waits for its setup link */
    static async start({ web = process.env.MUSTER_WEB, account = true } = {}) {
        const house = new House();
        house.folder = fs.mkdtempSync(path.join(os.tmpdir(), "muster-browser-"));
        house.data = path.join(house.folder, "data");
        house.web = web;
        if (account)
            await house.#addAdmin();
        house.port = 0;
        await house.startServer();
        return house;
    }

    async #addAdmin() {
        const keyFile = path.join(this.folder, "api-key");
        await promisify(execFile)(bin("musterd"), ["user", "add", "--data", this.data, "--name", "admin", "--role", "admin", "--api-key-file", keyFile]);
        this.apiKey = fs.readFileSync(keyFile, "utf8").trim();
    }

    /** At the port that it had, once it had one. */
    async startServer() {
        const ready = path.join(this.folder, "ready.json");
        fs.rmSync(ready, { force: true });
        this.#launch("musterd", ["run", "--data", this.data, "--listen", `127.0.0.1:${this.port}`, "--ready-file", ready, "--web", this.web]);
        const { url } = await until(() => {
            if (!this.#running.has("musterd"))
                throw new Error(`musterd ended: ${this.log("musterd")}`);
            return fs.existsSync(ready) && JSON.parse(fs.readFileSync(ready, "utf8"));
        }, "musterd is ready");
        this.url = url;
        this.port = new URL(url).port;
        this.deviceUrl = `${url.replace("http", "ws")}/device`;
        await until(async () => (await fetch(`${url}/bundle.json`)).ok, "the bundle is served");
    }

    #launch(name, args, env = {}, program = bin(name)) {
        const log = fs.openSync(path.join(this.folder, `${name}.log`), "a");
        const child = spawn(program, args, { stdio: ["pipe", "pipe", log], env: { ...process.env, ...env } });
        const output = fs.createWriteStream(null, { fd: log, autoClose: false });
        child.stdout.pipe(output);
        const ended = once(child, "exit").then((how) => {
            this.#running.delete(name);
            return how;
        });
        this.#running.set(name, { child, ended });
        return child;
    }

    log(name) {
        return fs.readFileSync(path.join(this.folder, `${name}.log`), "utf8");
    }

    async end(name, signal = "SIGTERM") {
        const running = this.#running.get(name);
        if (!running)
            return;
        // The script around Podman ends with its input, and takes the containers along.
        if (name === "podman")
            running.child.stdin.end();
        else
            running.child.kill(signal);
        await running.ended;
    }

    async stop() {
        for (const name of [...this.#running.keys()].reverse())
            await this.end(name);
        fs.rmSync(this.folder, { recursive: true, force: true });
    }

    /** One call of the operator API. @returns the body; throws where it is refused */
    async api(verb, where, body) {
        const answer = await fetch(`${this.url}/api/v2${where}`, {
            method: verb,
            headers: { Authorization: `Bearer ${this.apiKey}`, "Content-Type": "application/json" },
            body: body === undefined ? undefined : JSON.stringify(body),
        });
        const text = await answer.text();
        if (!answer.ok)
            throw new Error(`${verb} ${where}: ${answer.status} ${text}`);
        return text === "" ? null : JSON.parse(text);
    }

    /** A link that signs in once, for `user`. */
    async signInLink(user = "admin") {
        return (await this.api("POST", "/sign-in-links", { user })).link;
    }

    /** The link for the first account. */
    setupLink() {
        return fs.readFileSync(path.join(this.data, "setup-link"), "utf8").trim();
    }

    /** A real agent, as device `id`; with `engine`, it shows the containers of that socket. */
    startAgent(id, { engine = "" } = {}) {
        const folder = path.join(this.folder, `agent-${id}`);
        fs.mkdirSync(path.join(folder, "data"), { recursive: true });
        this.#launch(`agent-${id}`, ["run", "--server", this.deviceUrl], {
            DEVICE_ID: id,
            DEVICE_PRIVATE_KEY_PATH: path.join(folder, "device_private.pem"),
            CLOUD_PUBLIC_KEY_PATH: path.join(this.data, "keys", "cloud_public.pem"),
            MUSTER_AGENT_DATA: path.join(folder, "data"),
            MUSTER_CONTAINER_SOCKET: engine || path.join(folder, "no-engine"),
        }, bin("muster-agent"));
    }

    /** What the device itself shows of its key, once it has one. */
    async fingerprintOf(id) {
        const key = path.join(this.folder, `agent-${id}`, "device_private.pem");
        await until(() => fs.existsSync(key), `the key of ${id}`);
        const { stdout } = await promisify(execFile)(bin("muster-agent"), ["fingerprint", "--json"],
            { env: { ...process.env, DEVICE_ID: id, DEVICE_PRIVATE_KEY_PATH: key, MUSTER_AGENT_DATA: path.dirname(key) } });
        return JSON.parse(stdout);
    }

    /** The file with which the other programs sign in. */
    profile() {
        const profile = path.join(this.folder, "profile.json");
        fs.writeFileSync(profile, JSON.stringify({ server: this.url, api_key: this.apiKey }), { mode: 0o600 });
        return profile;
    }

    /** Simulated devices, accepted at once. */
    async startDevices(count, { prefix = "sim-", more = [] } = {}) {
        this.#launch("muster-sim", ["--devices", `${count}`, "--prefix", prefix, "--server", this.deviceUrl, "--accept-with", this.profile(),
            "--cloud-key", path.join(this.data, "keys", "cloud_public.pem"), "--distinct-keys", "1", ...more]);
        await until(async () => (await this.api("GET", "/devices?limit=1")).total >= count, `${count} devices are known`, 200);
    }

    async approvalOf(device) {
        const { items } = await this.api("GET", "/approvals");
        return items.find((item) => item.device_id === device);
    }

    async acceptDevice(device) {
        const approval = await until(() => this.approvalOf(device), `${device} waits`);
        await this.api("POST", `/approvals/${approval.id}/accept`, { fingerprint: approval.fingerprint });
    }

    /**
     * A real Podman (see tests/support/podman.sh) with the container `name`, which runs `script`.
     * @returns the path of its socket, or null where it cannot run here
     */
    async startContainer(name, script) {
        const folder = path.join(this.folder, "engine");
        fs.mkdirSync(folder, { recursive: true });
        const child = this.#launch("podman", [folder], {}, process.env.MUSTER_PODMAN);
        const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
        const answer = async () => {
            for (;;) {
                const { value, done } = await lines.next();
                if (done)
                    return "gone";
                if (value.startsWith("= "))
                    return value.slice(2);
            }
        };
        if (await answer() !== "0")
            return null;
        for (const command of ["serve", `run -d --name ${name} localhost/box sh -c ${script.replaceAll(" ", "%20")}`]) {
            child.stdin.write(`${command}\n`);
            if (await answer() !== "0")
                throw new Error(`podman: ${command}: ${this.log("podman")}`);
        }
        const socket = path.join(folder, "engine.sock");
        await until(() => fs.existsSync(socket), "the engine's socket");
        return socket;
    }
}
