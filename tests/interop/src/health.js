// SPDX-License-Identifier: GPL-3.0-or-later
import zlib from "node:zlib";
import { ProtocolError } from "./protocolerror.js";
import { isObject, parseStrictly } from "./strictjson.js";

const fields = ["cpu", "memory", "disk", "temperature", "network_in", "network_out", "load"];
const permille = ["cpu", "memory", "disk"];
const most = 1000;
const inflated = 256 * 1024;

const bad = (what) => new ProtocolError("InvalidParams", what);

/** Packs samples into the params of Health.Report. */
export function encodeBatch(samples) {
    const delta = (name) => {
        let last = 0;
        return samples.map((sample) => {
            if (sample[name] === undefined) return null;
            const step = sample[name] - last;
            last = sample[name];
            return step;
        });
    };
    const columns = { time: delta("time") };
    for (const name of fields) {
        if (samples.some((sample) => sample[name] !== undefined)) columns[name] = delta(name);
    }
    return { count: samples.length, encoding: "zlib+delta", data: zlib.deflateSync(JSON.stringify(columns)).toString("base64url") };
}

/** The samples of a batch; a device does not need it, but it shows that the text says enough to read one. */
export function decodeBatch({ count, encoding, data }) {
    if (encoding !== "zlib+delta") throw bad("encoding");
    if (!Number.isInteger(count) || count < 1 || count > most) throw bad("count");
    if (typeof data !== "string" || Buffer.from(data, "base64url").toString("base64url") !== data) throw bad("data");
    let columns;
    try {
        columns = parseStrictly(zlib.inflateSync(Buffer.from(data, "base64url"), { maxOutputLength: inflated }));
    } catch {
        throw bad("data");
    }
    if (!isObject(columns) || !Array.isArray(columns.time)) throw bad("time");
    const samples = Array.from({ length: count }, () => ({}));
    for (const name of ["time", ...fields]) {
        const column = columns[name];
        if (column === undefined) continue;
        if (!Array.isArray(column) || column.length !== count) throw bad(name);
        let last = 0;
        column.forEach((step, i) => {
            if (step === null && name !== "time") return;
            if (!Number.isInteger(step)) throw bad(name);
            last += step;
            if (permille.includes(name) && (last < 0 || last > 1000)) throw bad(name);
            samples[i][name] = last;
        });
    }
    return samples;
}
