// SPDX-License-Identifier: GPL-3.0-or-later
import crypto from "node:crypto";
import { Refusal } from "./refusal.js";

const idle = 0;
const receiving = 1;
const broken = 2;

/** What a firmware's zip is called once it runs: the device makes it from the bytes that it got. */
export const firmwareId = (image) => crypto.createHash("sha256").update(image).digest("hex").slice(0, 8);

/** Two slots for firmware, of which the one that does not run takes what is pushed. What is not committed in time is rolled back. */
export class PushOta {
    #state = idle;
    #size = 0;
    #commitTimeout = 0;
    #pieces = [];
    #arrived = 0;
    #before = null;
    #timer = null;
    #rollBack;

    /** @param rollBack boots the slot before; called when nobody has committed in time */
    constructor(running, rollBack) {
        this.running = running;
        this.committed = true;
        this.#rollBack = rollBack;
    }

    status() {
        return { state: this.#state };
    }

    begin({ size, commit_timeout: commitTimeout = 0 }) {
        if (!Number.isInteger(size) || size <= 0) throw new Refusal("arguments", "size is required");
        this.#size = size;
        this.#commitTimeout = commitTimeout;
        this.#pieces = [];
        this.#arrived = 0;
        this.#state = receiving;
    }

    /** @returns how many bytes were taken. A piece that was taken already may come again: its sender has three tries. */
    write({ offset, data }) {
        if (this.#state !== receiving) throw new Refusal("failed", "no update is in progress");
        if (typeof data !== "string" || !Number.isInteger(offset)) throw new Refusal("arguments", "offset and data are required");
        const bytes = Buffer.from(data, "base64");
        if (offset + bytes.length <= this.#arrived) return bytes.length;
        if (offset !== this.#arrived || offset + bytes.length > this.#size) {
            this.#state = broken;
            throw new Refusal("failed", "a piece is out of place");
        }
        this.#pieces.push(bytes);
        this.#arrived += bytes.length;
        return bytes.length;
    }

    /** The other slot is what boots next, on probation. */
    end() {
        if (this.#state !== receiving || this.#arrived !== this.#size) {
            this.#state = broken;
            throw new Refusal("failed", "the image is not whole");
        }
        this.#state = idle;
        this.#before = this.running;
        this.running = firmwareId(Buffer.concat(this.#pieces));
        this.committed = false;
    }

    commit() {
        if (this.committed) throw new Refusal("failed", "there is nothing to commit");
        clearTimeout(this.#timer);
        this.committed = true;
    }

    /** The device has booted: what is on probation has its time from now on. */
    booted() {
        clearTimeout(this.#timer);
        if (this.committed || this.#commitTimeout <= 0) return;
        this.#timer = setTimeout(() => {
            this.running = this.#before;
            this.committed = true;
            this.#rollBack();
        }, this.#commitTimeout * 1000);
        this.#timer.unref();
    }
}
