// SPDX-License-Identifier: GPL-3.0-or-later
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";

const sha256 = (data) => crypto.createHash("sha256").update(data).digest("hex");

/** The bundle of the tests as if it were of another version: its page and its id are others. @returns its folder */
export function anotherBundle(house) {
    const folder = path.join(house.folder, "another-web");
    fs.cpSync(house.web, folder, { recursive: true, filter: (file) => !file.endsWith(".new") });
    const manifest = JSON.parse(fs.readFileSync(path.join(folder, "bundle.json"), "utf8"));
    const old = manifest.id;
    manifest.id = sha256(`another ${old}`).slice(0, 16);
    manifest.version = "99.0.0";
    const page = path.join(folder, "index.html");
    fs.writeFileSync(page, fs.readFileSync(page, "utf8").replace(old, manifest.id));
    const entry = manifest.files.find((file) => file.path === "index.html");
    const data = fs.readFileSync(page);
    Object.assign(entry, { size: data.length, sha256: sha256(data) });
    delete entry.encodings;
    fs.writeFileSync(path.join(folder, "bundle.json"), JSON.stringify(manifest));
    return folder;
}
