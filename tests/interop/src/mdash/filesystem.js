// SPDX-License-Identifier: GPL-3.0-or-later
import { Refusal } from "./refusal.js";

/** A device's flat file system, in memory. Contents travel in base64. */
export class FileSystem {
    #files = new Map();

    constructor(files = {}) {
        for (const [name, text] of Object.entries(files)) this.#files.set(name, Buffer.from(text));
    }

    names() {
        return [...this.#files.keys()].sort();
    }
    sizes() {
        return this.names().map((name) => ({ name, size: this.#files.get(name).length }));
    }

    /** @returns {{data, offset, left}}: `left` bytes come after these */
    read({ filename, offset = 0, len = Infinity }) {
        const file = this.#file(filename, "open");
        const part = file.subarray(offset, Math.min(file.length, offset + len));
        return { data: part.toString("base64"), offset, left: Math.max(0, file.length - offset - part.length) };
    }

    /** @returns how many bytes were written */
    write({ filename, data, offset, append = false }) {
        if (typeof filename !== "string" || filename === "" || typeof data !== "string") throw new Refusal("arguments", "filename and data are required");
        const bytes = Buffer.from(data, "base64");
        const before = this.#files.get(filename) ?? Buffer.alloc(0);
        const at = offset ?? (append ? before.length : 0);
        if (at > before.length) throw new Refusal("arguments", "offset is past the end");
        const behind = offset === undefined ? Buffer.alloc(0) : before.subarray(at + bytes.length);
        this.#files.set(filename, Buffer.concat([before.subarray(0, at), bytes, behind]));
        return bytes.length;
    }

    remove({ filename }) {
        this.#file(filename, "remove");
        this.#files.delete(filename);
    }

    rename({ src, dst }) {
        const file = this.#file(src, "rename");
        if (typeof dst !== "string" || dst === "") throw new Refusal("arguments", "dst is required");
        this.#files.delete(src);
        this.#files.set(dst, file);
    }

    #file(name, what) {
        if (typeof name !== "string" || name === "") throw new Refusal("arguments", "a file name is required");
        const file = this.#files.get(name);
        if (!file) throw new Refusal("failed", `${what}() failed`);
        return file;
    }
}
