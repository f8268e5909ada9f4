// SPDX-License-Identifier: GPL-3.0-or-later
import net from "node:net";
import tls from "node:tls";
import { frame, readFrame } from "./frames.js";
import { Heap } from "./heap.js";
import { readResponse } from "./responses.js";

/** Longest wait for something that a server says at once. */
const answerWithin = 15_000;

/** A connection on which anything can be sent, with nothing between the test and the line but TLS. */
export class Raw {
    #heap = new Heap();
    #waiting = new Set();

    /**
     * @param server the Server, or {port, ca}
     * @param options `from`: own address; `reads` false: never reads; `halfOpen`: the server's end of writing does not end ours;
     *        `plain`: without TLS, whatever the server speaks; `tls`: settings of it; `within`: ms until it stands
     */
    static connect(server, { from, reads = true, halfOpen = false, plain = false, tls: settings = {}, within = answerWithin } = {}) {
        const raw = new Raw();
        const where = { host: "127.0.0.1", port: server.port, localAddress: from, allowHalfOpen: halfOpen };
        const secure = server.ca && !plain;
        raw.began = performance.now();
        raw.socket = secure ? tls.connect({ ...where, ca: server.ca, ...settings }) : net.connect(where);
        raw.socket.setNoDelay(true);
        raw.isOver = false;
        // What the other end did, and after how long: "end" (a goodbye of TCP), "reset", or our own "closed".
        raw.closed = new Promise((resolve) => {
            let how = "closed";
            raw.socket.on("end", () => {
                how = "end";
            });
            raw.socket.on("error", (error) => {
                how = error.code === "ECONNRESET" || error.code === "EPIPE" ? "reset" : error.code ?? error.message;
            });
            raw.socket.on("close", () => {
                raw.isOver = true;
                raw.how = how;
                resolve({ how, after: performance.now() - raw.began });
                raw.#look();
            });
            // Half open: whoever waits for the end must hear of it although our side still stands.
            raw.socket.on("end", () => raw.#look());
        });
        if (reads) {
            raw.socket.on("data", (piece) => {
                raw.#heap.add(piece);
                raw.#look();
            });
        } else {
            raw.socket.pause();
        }
        return new Promise((resolve, reject) => {
            const late = setTimeout(() => raw.socket.destroy(new Error(`no handshake within ${within / 1000} s`)), within);
            raw.socket.once(secure ? "secureConnect" : "connect", () => {
                clearTimeout(late);
                resolve(raw);
            });
            raw.closed.then(({ how }) => {
                clearTimeout(late);
                reject(new Error(`not connected: ${how}`));
            });
        });
    }

    #look() {
        for (const look of this.#waiting) look();
    }

    get seen() {
        return this.#heap.bytes;
    }
    get text() {
        return this.seen.toString("latin1");
    }
    /** For a message of a test that fails. */
    get beginning() {
        return `there are ${this.seen.length} bytes: ${this.seen.subarray(0, 200).toString("latin1")}`;
    }
    get hasEnded() {
        return this.isOver || this.socket.readableEnded;
    }

    /** Waits until `read` makes something of the bytes that came: {value, used}, or null while they are too few. */
    take(read, what, within = answerWithin) {
        return new Promise((resolve, reject) => {
            const look = () => {
                let taken;
                try {
                    taken = read(this.seen, this.hasEnded);
                } catch (error) {
                    done();
                    reject(error);
                    return;
                }
                if (taken) {
                    this.#heap.drop(taken.used);
                    done();
                    resolve(taken.value);
                } else if (this.hasEnded) {
                    done();
                    reject(new Error(`${what}: the connection ended (${this.how ?? "end"}) and ${this.beginning}`));
                }
            };
            const late = setTimeout(() => {
                done();
                reject(new Error(`${what}: nothing within ${within / 1000} s; ${this.beginning}`));
            }, within);
            const done = () => {
                clearTimeout(late);
                this.#waiting.delete(look);
            };
            this.#waiting.add(look);
            look();
        });
    }

    write(data) {
        this.socket.write(data);
    }
    /** Waits until what was written has left for the system. */
    written(data) {
        return new Promise((resolve) => {
            this.socket.write(data, resolve);
        });
    }
    /** The other end must end it: @returns {{how, after}}, or throws after `within` ms */
    over(what, within = answerWithin) {
        let late;
        const timeout = new Promise((_, reject) => {
            late = setTimeout(() => reject(new Error(`${what}: still open after ${within / 1000} s; ${this.beginning}`)), within);
        });
        return Promise.race([this.closed, timeout]).finally(() => clearTimeout(late));
    }
    /** Ends without a goodbye. */
    reset() {
        if (this.socket.resetAndDestroy && !this.socket.encrypted) this.socket.resetAndDestroy();
        else this.socket.destroy();
    }
    destroy() {
        this.socket.destroy();
    }

    /** The next answer. @param method of the request: HEAD has no body */
    response(method = "GET", within) {
        return this.take((bytes, ended) => readResponse(bytes, method, ended), "an answer", within);
    }
    /** Sends a request and gives its answer. */
    ask(text, method, within) {
        this.write(text);
        return this.response(method ?? text.toString("latin1").split(" ", 1)[0], within);
    }

    /** Upgrades to a WebSocket. @returns the answer: 101, or what was said instead */
    async upgrade(path, headers = {}) {
        return this.ask(upgradeText(path, headers));
    }
    sendFrame(settings) {
        this.write(frame(settings));
    }
    sendText(text) {
        this.sendFrame({ opcode: 1, payload: Buffer.from(text) });
    }
    /** The next frame: {opcode, payload, …}; pings of the server are answered by nobody. */
    frame(within) {
        return this.take(readFrame, "a frame", within);
    }
    /** The next frame that says how it ends: {code, reason} */
    async closeFrame(within) {
        for (;;) {
            const next = await this.frame(within);
            if (next.opcode === 8) return next;
        }
    }
    /** The next message of text, as JSON. */
    async json(within) {
        for (;;) {
            const next = await this.frame(within);
            if (next.opcode === 1) return JSON.parse(next.payload.toString());
            if (next.opcode === 8) throw new Error(`closed with ${next.code} ${next.reason} instead of a message`);
        }
    }
}

/** A good upgrade; `headers` replaces (or with null removes) lines. */
export function upgradeText(path, headers = {}) {
    const all = {
        Host: "127.0.0.1",
        Connection: "Upgrade",
        Upgrade: "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        ...headers,
    };
    const lines = Object.entries(all).filter(([, value]) => value !== null).map(([name, value]) => `${name}: ${value}`);
    return [`GET ${path} HTTP/1.1`, ...lines, "", ""].join("\r\n");
}
