// SPDX-License-Identifier: GPL-3.0-or-later
import { once } from "node:events";
import WebSocket from "ws";

/** The live socket of an operator, for calls. */
export class Live {
    #number = 0;
    #waiting = new Map();

    /** @param server a Server, or {liveUrl, apiKey, ca, lookup} */
    static async open(server, headers = {}) {
        const live = new Live();
        live.socket = new WebSocket(server.liveUrl, {
            ca: server.ca,
            lookup: server.lookup,
            perMessageDeflate: false,
            headers: { Authorization: `Bearer ${server.apiKey}`, ...headers },
        });
        live.socket.on("error", () => {}); // "close" follows
        live.socket.on("message", (data) => this.#settle(live, JSON.parse(data)));
        live.closed = once(live.socket, "close").then(([code, reason]) => {
            for (const { reject } of live.#waiting.values()) reject(new Error(`closed: ${code} ${reason}`));
            live.#waiting.clear();
            return { code, reason: String(reason) };
        });
        await Promise.race([
            once(live.socket, "open"),
            live.closed.then(({ code, reason }) => {
                throw new Error(`the live socket did not open: ${code} ${reason}`);
            }),
        ]);
        return live;
    }

    static #settle(live, message) {
        const waiting = live.#waiting.get(message.id);
        live.#waiting.delete(message.id);
        if (message.error) waiting?.reject(Object.assign(new Error(message.error.message), message.error));
        else waiting?.resolve(message.result);
    }

    call(method, params = {}) {
        this.#number += 1;
        const id = String(this.#number);
        return new Promise((resolve, reject) => {
            // `ws` sends on a closed socket without a word.
            if (this.socket.readyState !== WebSocket.OPEN) throw new Error("the live socket is closed");
            this.#waiting.set(id, { resolve, reject });
            this.socket.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
        });
    }
    close() {
        this.socket.close();
        return this.closed;
    }
    /** Ends without a goodbye. */
    destroy() {
        this.socket.terminate();
    }
}
