// SPDX-License-Identifier: GPL-3.0-or-later
/** Bytes that come at the end and go at the beginning; none is copied again for each that comes. */
export class Heap {
    #buffer = Buffer.alloc(4096);
    #start = 0;
    #end = 0;

    get bytes() {
        return this.#buffer.subarray(this.#start, this.#end);
    }
    add(piece) {
        if (this.#end + piece.length > this.#buffer.length) {
            const roomy = Buffer.alloc(2 * (this.#end - this.#start + piece.length));
            this.bytes.copy(roomy);
            this.#end -= this.#start;
            this.#start = 0;
            this.#buffer = roomy;
        }
        piece.copy(this.#buffer, this.#end);
        this.#end += piece.length;
    }
    drop(count) {
        this.#start += count;
    }
}
