// SPDX-License-Identifier: GPL-3.0-or-later
import { EventEmitter, once } from "node:events";
import WebSocket, { WebSocketServer } from "ws";

const againAfter = 1000;

/** One phone: what it asks for becomes calls of the dashboard, and what it hears are events {name, data}. */
class App {
    #server;
    #socket;
    #name;
    #listed = new Set();

    constructor(server, socket, name) {
        this.#server = server;
        this.#socket = socket;
        this.#name = name;
        socket.on("message", (text) => this.#asks(JSON.parse(text)));
        // Not waited for: the listing may arrive before there is a user.
        server.ask("POST", "/user/add", { name, pass: name }).catch((error) => server.emit("failed", error));
        this.#list();
    }

    /** A notification, as it came: passed on where it is about a device of the last listing. */
    hear(text, id) {
        if (this.#listed.has(id)) this.#socket.send(text);
    }

    async #asks({ name, data }) {
        try {
            if (name === "pair") {
                const body = await this.#server.ask("PUT", `/devices/${data.id}`, { shared_with: `email_${this.#name}`, name: data.name });
                this.#tell("pair", body);
            } else if (name === "on") {
                await this.#server.ask("POST", `/devices/${data.id}/shadow`, { state: { desired: { on: data.on } } });
                await this.#list();
            } else if (name === "list") {
                await this.#list();
            }
        } catch (error) {
            this.#server.emit("failed", error);
        }
    }

    async #list() {
        try {
            const devices = await this.#server.ask("GET", "/devices", undefined, `Basic ${btoa(`${this.#name}:${this.#name}`)}`);
            this.#listed = new Set(devices.map(({ id }) => id));
            this.#tell("devices", devices.sort((a, b) => a.name.localeCompare(b.name)));
        } catch (error) {
            this.#server.emit("failed", error);
        }
    }

    #tell(name, data) {
        this.#socket.send(JSON.stringify({ name, data }));
    }
}

/**
 * The smart light's API server, between phones and the dashboard, with the calls that its own makes. Emits "notified" with each
 * notification of the dashboard, and "failed" with an Error whose `status` is the answer's.
 */
export class AppServer extends EventEmitter {
    #apps = new Set();
    #timer = null;
    #ended = false;

    /** @param {{dash, token}} where `dash`: the dashboard's URL (http://…); `token`: an administrator's API key */
    static async start({ dash, token }) {
        const server = new AppServer();
        Object.assign(server, { dash, token });
        server.phones = new WebSocketServer({ host: "127.0.0.1", port: 0 });
        await once(server.phones, "listening");
        server.url = `ws://127.0.0.1:${server.phones.address().port}/ws`;
        server.phones.on("connection", (socket, request) => server.#welcome(socket, request));
        try {
            await server.#listen();
        } catch (error) {
            await server.close();
            throw error;
        }
        return server;
    }

    /** One call of the dashboard. @returns the answer's body */
    async ask(method, where, body, authorization = `Bearer ${this.token}`) {
        const answer = await fetch(`${this.dash}/api/v2${where}`, {
            method,
            headers: { Authorization: authorization, "Content-Type": "application/json" },
            body: body === undefined ? undefined : JSON.stringify(body),
        });
        const text = await answer.text();
        if (!answer.ok) throw Object.assign(new Error(`${method} ${where}: ${answer.status} ${text}`), { status: answer.status });
        return text === "" ? null : JSON.parse(text);
    }

    async close() {
        this.#ended = true;
        clearTimeout(this.#timer);
        for (const socket of [this.notifications, ...this.phones.clients]) socket.terminate();
        this.phones.close();
        await once(this.phones, "close");
    }

    #welcome(socket, request) {
        socket.on("error", () => {});
        const name = /(?:^|;\s*)app_id=([^;]+)/.exec(request.headers.cookie ?? "")?.[1];
        if (!name) {
            socket.close();
            return;
        }
        const app = new App(this, socket, name);
        this.#apps.add(app);
        socket.once("close", () => this.#apps.delete(app));
    }

    /** Hears what happens at the dashboard, again a second after the line went. Fails where the first one does not open. */
    async #listen() {
        const url = `${this.dash.replace("http", "ws")}/api/v2/notify?access_token=${this.token}`;
        const socket = new WebSocket(url, { origin: url });
        this.notifications = socket;
        socket.on("message", (data) => this.#notified(String(data)));
        socket.once("close", () => {
            if (!this.#ended) this.#timer = setTimeout(() => this.#listen().catch((error) => this.emit("failed", error)), againAfter);
        });
        const opened = once(socket, "open");
        socket.on("error", () => {});
        await opened;
    }

    #notified(text) {
        const notification = JSON.parse(text);
        this.emit("notified", notification);
        for (const app of this.#apps) app.hear(text, notification.id);
    }
}
