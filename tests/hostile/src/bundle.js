// SPDX-License-Identifier: GPL-3.0-or-later
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** Makes what musterd serves to browsers, as wasm/bundle does: a start page, and one file of `bytes` bytes at /web/big.bin. */
export function makeBundle(folder, bytes) {
    fs.mkdirSync(path.join(folder, "web"), { recursive: true });
    const entry = (name, type, contents, immutable) => {
        fs.writeFileSync(path.join(folder, name), contents);
        return { path: name, type, size: contents.length, sha256: crypto.createHash("sha256").update(contents).digest("hex"), immutable };
    };
    const files = [
        entry("index.html", "text/html; charset=utf-8", Buffer.from("<!doctype html><title>Muster</title>"), false),
        entry("web/big.bin", "application/octet-stream", crypto.randomBytes(bytes), true),
    ];
    const manifest = { id: "00112233445566aa", version: "0", headers: { "Content-Security-Policy": "default-src 'self'" }, files };
    fs.writeFileSync(path.join(folder, "bundle.json"), JSON.stringify(manifest));
}
