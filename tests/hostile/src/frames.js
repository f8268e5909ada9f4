// SPDX-License-Identifier: GPL-3.0-or-later
import crypto from "node:crypto";

/**
 * A frame of a WebSocket client (RFC 6455 section 5.2), right or wrong.
 * @param settings `opcode`, `payload`, `fin`, `rsv` (three bits), `masked`, `length`: what it claims to hold, `form`: 7, 16 or 64 bits of it
 */
export function frame({ opcode = 1, payload = Buffer.alloc(0), fin = true, rsv = 0, masked = true, length = payload.length, form } = {}) {
    const bits = form ?? (length < 126 ? 7 : length < 65536 ? 16 : 64);
    const head = [Buffer.from([(fin ? 0x80 : 0) | (rsv << 4) | opcode, (masked ? 0x80 : 0) | { 7: length, 16: 126, 64: 127 }[bits]])];
    if (bits === 16) {
        head.push(Buffer.alloc(2));
        head[1].writeUInt16BE(length);
    } else if (bits === 64) {
        head.push(Buffer.alloc(8));
        head[1].writeBigUInt64BE(BigInt(length));
    }
    if (!masked) return Buffer.concat([...head, payload]);
    const mask = crypto.randomBytes(4);
    return Buffer.concat([...head, mask, payload.map((byte, i) => byte ^ mask[i % 4])]);
}

export const closeFrame = (code, reason = "") => {
    const payload = Buffer.alloc(2 + Buffer.byteLength(reason));
    payload.writeUInt16BE(code);
    payload.write(reason, 2);
    return frame({ opcode: 8, payload });
};

/** Reads the server's next frame out of `bytes`; null while it is not whole. */
export function readFrame(bytes) {
    if (bytes.length < 2) return null;
    const opcode = bytes[0] & 15;
    let length = bytes[1] & 127;
    let at = 2;
    if (length === 126) {
        if (bytes.length < 4) return null;
        length = bytes.readUInt16BE(2);
        at = 4;
    } else if (length === 127) {
        if (bytes.length < 10) return null;
        length = Number(bytes.readBigUInt64BE(2));
        at = 10;
    }
    if (bytes[1] & 128) throw new Error("a server must not mask its frames");
    if (bytes.length < at + length) return null;
    const payload = bytes.subarray(at, at + length);
    const value = { fin: Boolean(bytes[0] & 128), opcode, payload };
    if (opcode === 8) {
        value.code = length >= 2 ? payload.readUInt16BE(0) : 1005;
        value.reason = payload.subarray(2).toString();
    }
    return { value, used: at + length };
}
