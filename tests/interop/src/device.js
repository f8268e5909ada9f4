// SPDX-License-Identifier: GPL-3.0-or-later
import { EventEmitter, once } from "node:events";
import crypto from "node:crypto";
import WebSocket from "ws";
import { ProtocolError } from "./protocolerror.js";
import { Session } from "./session.js";

const answerWithin = 30_000;

/**
 * A device: one connection, from hello to close. Coming back is its owner's business.
 *
 * Events: "status" {status, reason} with the answer and whenever a person decides; "bad" ProtocolError for a message
 * that was refused; "closed" {code, reason}; and every other notification under its method's name.
 */
export class Device extends EventEmitter {
    #waiting = new Map();
    #number = 0;
    // The wall clock once, then one that only moves forward.
    #began = Date.now() - performance.now();

    /** @param {{url, deviceId, key, cloudKey, method?, methods?, authentication?, connection?}} settings `connection`: options of its WebSocket */
    constructor(settings) {
        super();
        Object.assign(this, { method: "Device.Authenticate", methods: {}, connection: {} }, settings);
        this.status = null;
        this.hello = null;
    }

    now() {
        return this.#began + performance.now();
    }
    /** The server's clock, as the hello told it. */
    serverNow() {
        return this.now() + this.serverAhead;
    }

    /** Opens the connection. @returns the answer to the authentication: {status, reason} */
    async connect() {
        this.session = Session.device(this.deviceId, this.key, this.cloudKey);
        this.socket = new WebSocket(this.url, { perMessageDeflate: false, ...this.connection });
        this.socket.on("message", (data, isBinary) => this.#arrived(data, isBinary));
        this.socket.on("error", () => {}); // "close" follows and says it
        const closed = once(this.socket, "close").then(([code, reason]) => {
            const text = String(reason);
            for (const { reject } of this.#waiting.values()) reject(new Error(`closed: ${code} ${text}`));
            this.#waiting.clear();
            this.emit("closed", { code, reason: text });
            return { code, reason: text };
        });
        this.closed = closed;
        await Promise.race([once(this, "hello"), closed.then(({ code, reason }) => Promise.reject(new Error(`closed: ${code} ${reason}`)))]);
        if (this.hello.retry_after !== undefined) {
            await this.close();
            throw Object.assign(new Error(`the server asks to come back in ${this.hello.retry_after} s`), { retryAfter: this.hello.retry_after });
        }
        return this.#authenticate();
    }

    close() {
        this.socket?.close(1000);
        return this.closed;
    }

    async #authenticate() {
        const params = {
            device_id: this.deviceId,
            public_key: this.key.publicKey.pem,
            challenge: this.hello.challenge,
            boot_id: this.bootId ?? "3f2c5d0e-interop",
            agent: { name: "muster-interop", version: "1" },
            machine: { os: "Node", arch: process.arch, hostname: "interop", cpus: 1 },
            ...this.authentication,
        };
        // Nobody may know this id before it was sent: it is what makes the session ours.
        const answer = await this.#request(this.method, params, crypto.randomBytes(16).toString("base64url"));
        this.#decided(answer);
        return answer;
    }

    call(method, params = {}) {
        this.#number += 1;
        return this.#request(method, params, String(this.#number));
    }
    notify(method, params = {}) {
        this.#send({ jsonrpc: "2.0", method, params });
    }
    /** Sends bytes as they are: for misbehaving. @param options of ws: `mask`, `fin` */
    sendRaw(data, options = {}) {
        this.socket.send(data, options);
    }

    #request(method, params, id) {
        return new Promise((resolve, reject) => {
            const timer = setTimeout(() => {
                this.#waiting.delete(id);
                reject(new ProtocolError("TimedOut", method));
            }, answerWithin);
            const done = (settle) => (value) => {
                clearTimeout(timer);
                settle(value);
            };
            this.#waiting.set(id, { resolve: done(resolve), reject: done(reject) });
            this.#send({ jsonrpc: "2.0", id, method, params });
        });
    }

    #send(message) {
        this.socket.send(this.session.seal(message, this.now()));
    }

    #arrived(data, isBinary) {
        let opened;
        try {
            if (isBinary) throw new ProtocolError("ParseError", "a binary frame");
            opened = this.session.open(data, this.now());
        } catch (error) {
            this.emit("bad", error);
            this.socket.close(1008);
            return;
        }
        const { kind, message } = opened;
        if (kind === "response") {
            const waiting = this.#waiting.get(message.id);
            this.#waiting.delete(message.id);
            if ("error" in message) waiting?.reject(Object.assign(new Error(message.error.message), message.error));
            else waiting?.resolve(message.result);
        } else if (kind === "request") {
            this.#answer(message);
        } else if (message.method === "Session.Hello") {
            this.hello = message.params;
            this.serverAhead = Date.parse(this.hello.server_time) - this.now();
            this.emit("hello");
        } else if (message.method === "Session.Status") {
            this.#decided(message.params);
        } else {
            this.emit(message.method, message.params);
        }
    }

    #decided(status) {
        this.status = status.status;
        this.emit("status", status);
    }

    async #answer({ id, method, params }) {
        const run = this.methods[method];
        if (!run) {
            this.#send({ jsonrpc: "2.0", id, error: { code: -32601, message: `There is no method "${method}".` } });
            return;
        }
        let outcome;
        try {
            outcome = { result: await run(params ?? {}) };
        } catch ({ code, message, data }) {
            outcome = { error: data === undefined ? { code, message } : { code, message, data } };
        }
        this.#send({ jsonrpc: "2.0", id, ...outcome });
    }
}
