// SPDX-License-Identifier: GPL-3.0-or-later
import { EventEmitter } from "node:events";
import WebSocket from "ws";
import { Refusal } from "./refusal.js";

const answerWithin = 10_000;

/**
 * The link of a Mongoose OS device to its dashboard: one connection at a time, one JSON object a frame. Coming back is its owner's
 * business. A generation says how it opens the line (`upgrade`), how it writes (`writeCall`, `writeAnswer`, `pieces`), which numbers its
 * errors have (`codes`) and what it does (`perform`).
 *
 * Emits "changed" after each frame that came, again once what it asked for was done, and when the line has gone.
 */
export class Link extends EventEmitter {
    #waiting = new Map();
    #number = 0;
    #later = [];

    /** What the server sent, over all connections, oldest first. */
    heard = [];
    /** How the latest connection ended: {code, reason}; null while it stands. */
    ended = null;

    constructor({ url, id, token }) {
        super();
        Object.assign(this, { url, id, token });
    }

    /** Opens the line. Fails with `status` where the server answers something else than a WebSocket. */
    async connect() {
        const { subprotocol, origin, headers } = this.upgrade();
        // `ws` itself refuses a server that answers another sub-protocol than the one offered, or none, or one where none was.
        const socket = new WebSocket(this.url, subprotocol ? [subprotocol] : [], { origin, headers, perMessageDeflate: false });
        this.socket = socket;
        this.ended = null;
        socket.on("message", (data) => this.#arrived(String(data)));
        const broken = new Promise((resolve, reject) => {
            socket.on("error", reject); // "close" follows
            socket.on("unexpected-response", (request, response) => {
                reject(Object.assign(new Error(`refused with ${response.statusCode}`), { status: response.statusCode }));
                socket.terminate();
            });
        });
        broken.catch(() => {});
        this.closed = new Promise((resolve) => {
            socket.once("close", (code, reason) => resolve({ code, reason: String(reason) }));
        });
        this.closed.then((how) => {
            for (const { reject } of this.#waiting.values()) reject(new Error(`closed: ${how.code} ${how.reason}`));
            this.#waiting.clear();
            this.ended = how;
            this.emit("changed");
        });
        await Promise.race([new Promise((resolve) => socket.once("open", resolve)), broken]);
    }

    close() {
        this.socket.close(1000);
        return this.closed;
    }
    /** Goes without a goodbye, like a device whose power fails. */
    drop() {
        this.socket.terminate();
        return this.closed;
    }

    call(method, params) {
        this.#number += 1;
        const id = this.#number;
        return new Promise((resolve, reject) => {
            const timer = setTimeout(() => {
                this.#waiting.delete(id);
                reject(new Error(`nobody answers ${method}`));
            }, answerWithin);
            const done = (settle) => (value) => {
                clearTimeout(timer);
                settle(value);
            };
            this.#waiting.set(id, { resolve: done(resolve), reject: done(reject) });
            this.transmit(this.writeCall({ id, method, params }));
        });
    }
    notify(method, params) {
        return this.transmit(this.writeCall({ method, params }));
    }
    /** Sends bytes as they are: for misbehaving. @param options of ws: `fin`, `binary` */
    sendRaw(data, options = {}) {
        this.socket.send(data, options);
    }

    /** Sends a text, in as many messages as the generation makes of it. @returns when it has left, or the line has gone */
    transmit(text) {
        const pieces = this.pieces(text);
        return new Promise((resolve) => {
            pieces.forEach((piece, index) => this.socket.send(piece, index === pieces.length - 1 ? () => resolve() : () => {}));
        });
    }

    /** What the server asked for, by method, oldest first. */
    asked(method) {
        return this.heard.filter((frame) => frame.method === method);
    }

    /** Waits until something holds, and gives it. */
    until(look, what, within = answerWithin) {
        return new Promise((resolve, reject) => {
            const end = () => {
                clearTimeout(timer);
                this.off("changed", check);
            };
            const check = () => {
                const seen = look(this);
                if (!seen) return;
                end();
                resolve(seen);
            };
            const timer = setTimeout(() => {
                end();
                reject(new Error(`did not come within ${within / 1000} s: ${what}`));
            }, within);
            this.on("changed", check);
            check();
        });
    }

    /** For a method, before it waits for anything: does something once its answer has left. */
    afterwards(work) {
        this.#later.push(work);
    }

    upgrade() {
        return { headers: { Authorization: `Bearer ${this.token}` } };
    }
    writeCall(call) {
        return JSON.stringify(call);
    }
    writeAnswer(answer) {
        return JSON.stringify(answer);
    }
    pieces(text) {
        return [text];
    }
    /** A text that is no JSON came. */
    puzzled() {}

    #arrived(text) {
        let frame;
        try {
            frame = JSON.parse(text);
        } catch {
            this.puzzled();
            return;
        }
        this.heard.push(frame);
        if (frame.method !== undefined) this.#serve(frame);
        else this.#settle(frame);
        this.emit("changed");
    }

    #settle({ id, result, error }) {
        const waiting = this.#waiting.get(Number(id));
        this.#waiting.delete(Number(id));
        if (error?.code) waiting?.reject(Object.assign(new Error(error.message), error));
        else waiting?.resolve(result);
    }

    async #serve({ id, method, params, args, src, dst, tag }) {
        // A frame that is meant for somebody else is no valid one.
        if (dst && dst !== this.id) return;
        const later = (this.#later = []);
        let outcome;
        try {
            outcome = { result: (await this.perform(method, params ?? args ?? {})) ?? null };
        } catch (error) {
            if (!(error instanceof Refusal)) throw error;
            outcome = { error: { code: this.codes[error.kind], message: error.message } };
        }
        // A text of digits comes back as a number.
        const same = typeof id === "string" && /^\d+$/.test(id) ? Number(id) : id;
        if (id !== undefined) await this.transmit(this.writeAnswer({ id: same, dst: src, tag, ...outcome }));
        for (const work of later) work();
        this.emit("changed");
    }
}
