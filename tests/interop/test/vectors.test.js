// SPDX-License-Identifier: GPL-3.0-or-later
// The golden vectors that Muster's own two ends run, run by the client that knows docs/protocol.md alone.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import canonicalize from "canonicalize";
import { decodeBatch, encodeBatch } from "../src/health.js";
import { PrivateKey, PublicKey } from "../src/keys.js";
import { requestHash, verifyReceipt } from "../src/receipts.js";
import { Session } from "../src/session.js";
import { StreamReader, StreamWriter, readOffer } from "../src/streams.js";

const folder = process.env.MUSTER_VECTORS;
const read = (name) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8"));
const { keys } = read("keys.json");

/** The code with which a function refuses. */
function refusal(run) {
    try {
        run();
    } catch (error) {
        if (error.code === undefined) throw error;
        return error.code;
    }
    return undefined;
}

describe("keys", () => {
    for (const [name, key] of Object.entries(keys)) {
        test(name, () => {
            if (key.error) {
                assert.equal(refusal(() => new PublicKey(key.public_pem)), key.error);
                return;
            }
            const publicKey = new PublicKey(key.public_pem);
            assert.equal(publicKey.algorithm, key.algorithm);
            assert.equal(publicKey.fingerprint, key.fingerprint);
            assert.equal(publicKey.words.join(" "), [key.words].flat().join(" "));
            assert.equal(new PrivateKey(key.private_pem).publicKey.fingerprint, key.fingerprint);
        });
    }
});

function bytesOf(step) {
    if (step.receive_base64 !== undefined) return Buffer.from(step.receive_base64, "base64");
    if (step.receive_repeat !== undefined) return Buffer.from(step.receive_repeat.unit.repeat(step.receive_repeat.count));
    return Buffer.from(step.receive);
}

function take(session, step) {
    const now = Date.parse(step.now);
    if (step.send !== undefined) {
        assert.equal(canonicalize(JSON.parse(session.seal(step.send, now))), step.text);
    } else if (step.expect.error !== undefined) {
        assert.equal(refusal(() => session.open(bytesOf(step), now)), step.expect.error, step.expect.name);
    } else {
        assert.equal(session.open(bytesOf(step), now).kind, step.expect.kind);
    }
}

describe("sessions", () => {
    const { openings, vectors } = read("sessions.json");
    for (const vector of vectors) {
        test(vector.name, () => {
            const session =
                vector.end === "device"
                    ? Session.device(vector.device_id, new PrivateKey(keys[vector.device_key].private_pem), new PublicKey(keys[vector.cloud_key].public_pem))
                    : Session.cloud(vector.session, new PrivateKey(keys[vector.cloud_key].private_pem));
            for (const step of [...(openings[vector.after] ?? []), ...vector.steps]) take(session, step);
        });
    }
});

describe("health batches", () => {
    for (const batch of read("health.json").batches) {
        test(batch.name, () => {
            if (batch.error) {
                assert.equal(refusal(() => decodeBatch(batch.params)), batch.error);
            } else {
                assert.deepEqual(decodeBatch(batch.params), batch.samples);
                assert.deepEqual(decodeBatch(encodeBatch(batch.samples)), batch.samples);
            }
        });
    }
});

describe("streams", () => {
    const { offers, reading, writing } = read("streams.json");
    for (const { name, stream, error } of offers) test(name, () => assert.equal(refusal(() => readOffer(stream)), error));
    for (const vector of reading) {
        test(vector.name, () => {
            const reader = new StreamReader("s", vector.window);
            for (const { receive, repeat, text, error, read: bytes, grant } of vector.steps) {
                if (bytes !== undefined) {
                    assert.equal(reader.consumed(bytes), grant);
                    continue;
                }
                const piece = repeat ? { ...receive, data: repeat.unit.repeat(repeat.count) } : receive;
                if (error) assert.equal(refusal(() => reader.take(piece)), error);
                else assert.equal(reader.take(piece), text ?? piece.data);
            }
        });
    }
    for (const vector of writing) {
        test(vector.name, () => {
            const writer = new StreamWriter(readOffer(vector.stream));
            for (const { credit, write, seq, room, error } of vector.steps) {
                if (credit) assert.equal(refusal(() => writer.grant(credit)), error);
                if (write) assert.deepEqual(writer.next(write), { stream: vector.stream.id, seq, data: write });
                assert.equal(writer.room, room);
            }
        });
    }
});

describe("receipts", () => {
    for (const vector of read("receipts.json").receipts) {
        test(vector.name, () => {
            const key = new PublicKey(keys[vector.device_key].public_pem);
            const bytes = Buffer.from(vector.message);
            if (vector.error) {
                assert.equal(refusal(() => verifyReceipt(bytes, key)), vector.error);
                return;
            }
            const receipt = verifyReceipt(bytes, key);
            const { command, device_id, method, params } = vector.request;
            assert.equal(receipt.request_hash === requestHash(command, device_id, method, params), vector.fits);
            assert.equal(receipt.error?.code, vector.outcome_error);
        });
    }
});
