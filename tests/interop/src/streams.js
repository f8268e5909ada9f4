// SPDX-License-Identifier: GPL-3.0-or-later
import { ProtocolError } from "./protocolerror.js";
import { isObject } from "./strictjson.js";

const windowBytes = 256 * 1024;
const pieceBytes = 32 * 1024;
const bytesOf = (text) => Buffer.byteLength(text, "utf8");

/** Reads the `stream` member of a request. @returns {{id, credit}} */
export function readOffer(stream) {
    if (!isObject(stream) || typeof stream.id !== "string" || !/^[A-Za-z0-9_-]{1,64}$/.test(stream.id)) throw new ProtocolError("InvalidParams", "id");
    if (!Number.isInteger(stream.credit) || stream.credit < 0 || stream.credit > windowBytes) throw new ProtocolError("InvalidParams", "credit");
    return { id: stream.id, credit: stream.credit };
}

/** The writing end of a stream: says what may go, and waits for more. */
export class StreamWriter {
    #credit;
    #sent = 0;
    #granted = () => {};

    constructor({ id, credit }) {
        this.id = id;
        this.#credit = credit;
    }
    get room() {
        return Math.min(this.#credit, pieceBytes);
    }
    /** @returns the params of Stream.Data */
    next(data) {
        this.#credit -= bytesOf(data);
        this.#sent += 1;
        return { stream: this.id, seq: this.#sent, data };
    }
    grant({ bytes }) {
        if (!Number.isInteger(bytes) || bytes < 1) throw new ProtocolError("InvalidParams", "bytes");
        if (this.#credit + bytes > windowBytes) throw new ProtocolError("TooLarge", "the window");
        this.#credit += bytes;
        this.#granted();
    }
    /** Resolves with the next grant. */
    granted() {
        return new Promise((resolve) => {
            this.#granted = resolve;
        });
    }
}

/** The reading end of a stream. */
export class StreamReader {
    #window;
    #credit;
    #received = 0;
    #read = 0;

    constructor(id, window) {
        this.id = id;
        this.#window = this.#credit = window;
    }
    take({ seq, data }) {
        if (typeof data !== "string") throw new ProtocolError("InvalidParams", "data");
        if (seq !== this.#received + 1) throw new ProtocolError("Replayed", `${seq}`);
        if (bytesOf(data) > this.#credit) throw new ProtocolError("TooMany", "not granted");
        this.#received += 1;
        this.#credit -= bytesOf(data);
        return data;
    }
    /** Notes what was read. @returns {number} the bytes to grant now, 0 for none yet */
    consumed(bytes) {
        this.#read += bytes;
        if (this.#read < this.#window / 2) return 0;
        const grant = this.#read;
        this.#credit += grant;
        this.#read = 0;
        return grant;
    }
}
