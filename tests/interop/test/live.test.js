// SPDX-License-Identifier: GPL-3.0-or-later
// The Node device against a real endpoint: what a stranger's client meets.
import assert from "node:assert/strict";
import crypto from "node:crypto";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import WebSocket from "ws";
import { Device } from "../src/device.js";
import { encodeBatch } from "../src/health.js";
import { PrivateKey, PublicKey } from "../src/keys.js";
import { codes } from "../src/protocolerror.js";
import { requestHash, verifyReceipt } from "../src/receipts.js";
import { StreamWriter, readOffer } from "../src/streams.js";

let endpoint;
before(async () => {
    const { Endpoint } = await import("./endpoint.js");
    endpoint = await Endpoint.start();
});
after(async () => {
    assert.equal(await endpoint.stop(), 0, "musterd ends cleanly");
});

const device = (deviceId, key, more = {}) => new Device({ url: endpoint.deviceUrl, deviceId, key, cloudKey: endpoint.cloudKey, ...more });

/** A device that a person has accepted. */
async function accepted(deviceId, more = {}) {
    const key = PrivateKey.generate("EdDSA");
    const one = device(deviceId, key, more);
    assert.equal((await one.connect()).status, "pending");
    const decided = once(one, "status");
    const { id, fingerprint } = await endpoint.approvalOf(deviceId);
    const answer = await endpoint.api("POST", `/approvals/${id}/accept`, { fingerprint });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const [status] = await decided;
    assert.equal(status.status, "accepted");
    return { one, key };
}

for (const algorithm of ["EdDSA", "RS256"]) {
    describe(algorithm, () => {
        const id = `node-${algorithm}`;
        const key = PrivateKey.generate(algorithm);
        let one;

        test("waits, and shows the words that the person sees", async () => {
            one = device(id, key);
            assert.equal((await one.connect()).status, "pending");
            const approval = await endpoint.approvalOf(id);
            assert.equal(approval.fingerprint, key.publicKey.fingerprint);
            assert.deepEqual(approval.words, key.publicKey.words);
            assert.equal(approval.algorithm, algorithm);
            assert.equal(approval.kind, "new");
            assert.equal(approval.agent.name, "muster-interop");
        });

        test("cannot be called while it waits", async () => {
            const { status } = await endpoint.api("POST", `/devices/${id}/rpc/Sys.GetInfo`, {});
            assert.ok(status >= 400, `${status}`);
        });

        test("is not accepted with another key's fingerprint", async () => {
            const { id: approval } = await endpoint.approvalOf(id);
            const other = PrivateKey.generate("EdDSA").publicKey.fingerprint;
            assert.equal((await endpoint.api("POST", `/approvals/${approval}/accept`, { fingerprint: other })).status, 409);
            assert.equal((await endpoint.approvalOf(id)).state, "pending");
        });

        test("hears that it was accepted, and may call", async () => {
            const decided = once(one, "status");
            const { id: approval, fingerprint } = await endpoint.approvalOf(id);
            assert.equal((await endpoint.api("POST", `/approvals/${approval}/accept`, { fingerprint })).status, 200);
            assert.equal((await decided)[0].status, "accepted");
            const { server_time } = await one.call("Time.Now");
            assert.match(server_time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        });

        test("answers calls", async () => {
            one.methods["Sys.GetInfo"] = () => ({ device_id: id, boot_id: "b", uptime_s: 5, agent: { name: "muster-interop" } });
            const { status, body } = await endpoint.api("POST", `/devices/${id}/rpc/Sys.GetInfo`, { params: {} });
            assert.equal(status, 200, JSON.stringify(body));
            assert.equal(body.device_id, id);
            assert.equal(body.uptime_s, 5);
        });

        test("hands its errors to the caller", async () => {
            const { status, body } = await endpoint.api("POST", `/devices/${id}/rpc/No.Such`, {});
            assert.ok(status >= 400);
            assert.equal(body.error.code, codes.MethodNotFound);
        });

        test("hands its samples in, twice without harm", async () => {
            const time = Math.floor(one.serverNow() / 10_000) * 10_000;
            const samples = [3, 2, 1].map((back) => ({ time: time - back * 10_000, cpu: 100 * back, memory: 500, temperature: -35 }));
            const { stored, dropped } = await one.call("Health.Report", encodeBatch(samples));
            assert.deepEqual({ stored, dropped }, { stored: 3, dropped: 0 });
            await one.call("Health.Report", encodeBatch(samples));
            const { body } = await endpoint.api("GET", `/devices/${id}/health?from=${time - 60_000}&to=${time}`);
            const values = body.series.cpu.filter((value) => value !== null);
            assert.deepEqual(values, [300, 200, 100]);
            assert.deepEqual(body.series.temperature.filter((value) => value !== null), [-35, -35, -35]);
        });

        test("is told what is wrong with its params", async () => {
            await assert.rejects(one.call("Health.Report", { count: 1, encoding: "none", data: "" }), { code: codes.InvalidParams });
            await assert.rejects(one.call("No.Such"), { code: codes.MethodNotFound });
        });

        test("is accepted at once when it comes back", async () => {
            await one.close();
            one = device(id, key);
            assert.equal((await one.connect()).status, "accepted");
            await one.close();
        });
    });
}

test("streams while somebody looks", async () => {
    const { one } = await accepted("streamer", { methods: {} });
    const asked = new Promise((resolve) => {
        one.methods["Health.Stream"] = (params) => {
            resolve(params);
            return params;
        };
    });
    const live = new WebSocket(`${endpoint.url.replace("http", "ws")}/api/v2/live`, { headers: { Authorization: `Bearer ${endpoint.apiKey}` } });
    await once(live, "open");
    live.send(JSON.stringify({ jsonrpc: "2.0", id: "1", method: "Live.Subscribe", params: { topic: "health", id: "streamer" } }));
    const params = await asked;
    assert.ok(params.every_ms >= 500 && params.every_ms <= 60_000);

    const seen = new Promise((resolve) => {
        live.on("message", (data) => {
            const message = JSON.parse(data);
            if (message.method === "Live.Health") resolve(message.params.sample);
        });
    });
    one.notify("Health.Sample", { time: Math.round(one.serverNow()), cpu: 321 });
    assert.equal((await seen).cpu, 321);
    live.close();
    await once(live, "close");
    await one.close();
});

test("a known device with a new key waits, while the accepted key goes on", async () => {
    const { one } = await accepted("twofaced", { methods: { "Sys.GetInfo": () => ({ key: "old" }) } });
    const newKey = PrivateKey.generate("EdDSA");
    const other = device("twofaced", newKey);
    assert.equal((await other.connect()).status, "pending");
    const approval = await endpoint.approvalOf("twofaced", newKey.publicKey.fingerprint);
    assert.equal(approval.kind, "new_key");
    assert.equal(approval.replaces.fingerprint, one.key.publicKey.fingerprint);
    const { body } = await endpoint.api("POST", "/devices/twofaced/rpc/Sys.GetInfo", {});
    assert.equal(body.key, "old");
    await other.close();
    await one.close();
});

test("a rejected device is told, and cut off", async () => {
    const one = device("unwanted", PrivateKey.generate("EdDSA"));
    await one.connect();
    const decided = once(one, "status");
    const { id } = await endpoint.approvalOf("unwanted");
    assert.equal((await endpoint.api("POST", `/approvals/${id}/reject`, {})).status, 200);
    assert.equal((await decided)[0].status, "rejected");
    assert.equal((await one.closed).code, 1008);
});

test("a server with another key is not believed", async () => {
    const wrong = device("careful", PrivateKey.generate("EdDSA"), { cloudKey: PrivateKey.generate("EdDSA").publicKey });
    const bad = once(wrong, "bad");
    await assert.rejects(wrong.connect());
    assert.equal((await bad)[0].code, codes.BadSignature);
});

describe("misbehaving before acceptance", () => {
    const refused = async (authentication) => {
        const one = device("liar", PrivateKey.generate("EdDSA"), { authentication });
        await assert.rejects(one.connect());
        return one.closed;
    };
    const introductions = {
        "another device's key": { public_key: PrivateKey.generate("EdDSA").publicKey.pem },
        "RSA of 1,024 bits": {
            public_key: crypto.generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey.export({ type: "spki", format: "pem" }),
        },
        "no key": { public_key: "hello" },
        "another id than its signer": { device_id: "somebody-else" },
        "an id of 1,000 characters": { device_id: "x".repeat(1000) },
        "markup as id": { device_id: "<b>bold</b>" },
    };
    for (const [what, authentication] of Object.entries(introductions)) {
        test(what, async () => {
            const { code, reason } = await refused(authentication);
            assert.equal(code, 1008);
            assert.notEqual(reason, "");
        });
    }

    test("another challenge", async () => {
        const one = device("liar", PrivateKey.generate("EdDSA"), { authentication: { challenge: "bm90LXRoaXMtb25l" } });
        await assert.rejects(one.connect(), { code: codes.StaleSession });
        assert.equal((await one.closed).code, 1008);
    });

    test("nobody waits afterwards", async () => {
        const { body } = await endpoint.api("GET", "/approvals?state=all");
        assert.deepEqual(body.items.filter((item) => !/^[\w-]+$/.test(item.device_id) || item.device_id === "liar"), []);
    });

    test("a call while waiting", async () => {
        const one = device("impatient", PrivateKey.generate("EdDSA"));
        assert.equal((await one.connect()).status, "pending");
        await assert.rejects(one.call("Time.Now"), { code: codes.Forbidden });
        await one.close();
    });
});

describe("misbehaving after acceptance", () => {
    const ways = {
        "a binary frame": [(one) => one.sendRaw(Buffer.from("{}")), 1003],
        "no JSON": [(one) => one.sendRaw("hello"), 1008],
        "a batch": [(one) => one.sendRaw("[]"), 1008],
        "no signature": [(one) => one.sendRaw('{"jsonrpc":"2.0","method":"Time.Now","id":"1"}'), 1008],
        "over the limit": [(one) => one.sendRaw("x".repeat(1024 * 1024 + 1)), 1009],
        "far over the limit": [(one) => one.sendRaw("x".repeat(4 * 1024 * 1024)), 1009],
        "a frame without a mask": [(one) => one.sendRaw("{}", { mask: false }), 1002],
        "no UTF-8": [(one) => one.sendRaw(Buffer.from([0xff]), { binary: false }), 1007],
        "a byte order mark": [
            (one) => one.sendRaw(`\ufeff${one.session.seal({ jsonrpc: "2.0", id: "1", method: "Time.Now", params: {} }, one.now())}`),
            1008,
        ],
        "a message twice": [
            (one) => {
                const text = one.session.seal({ jsonrpc: "2.0", id: "again", method: "Time.Now", params: {} }, one.now());
                one.sendRaw(text);
                one.sendRaw(text);
            },
            1008,
        ],
        "a clock that jumps": [
            (one) => one.sendRaw(one.session.seal({ jsonrpc: "2.0", id: "late", method: "Time.Now", params: {} }, one.now() + 121_000)),
            1008,
        ],
    };
    for (const [what, [misbehave, expected]] of Object.entries(ways)) {
        test(what, async () => {
            const { one } = await accepted(`rude-${Object.keys(ways).indexOf(what)}`);
            misbehave(one);
            const { code } = await one.closed;
            assert.equal(code, expected);
        });
    }

    test("a message of an earlier session", async () => {
        const { one, key } = await accepted("recorder");
        const recorded = one.session.seal({ jsonrpc: "2.0", id: "1", method: "Time.Now", params: {} }, one.now());
        await one.close();
        const later = device("recorder", key);
        assert.equal((await later.connect()).status, "accepted");
        later.sendRaw(recorded);
        assert.equal((await later.closed).code, 1008);
    });
});

describe("texts in any cut", () => {
    const text = "Журнал контейнера пишет по-русски. ".repeat(11_000); // about 700 KiB

    for (const size of [101, 4093, 65_536, 524_288]) {
        test(`parts of ${size} bytes`, async () => {
            const { one } = await accepted(`cut-${size}`, { methods: { "Log.Read": () => text } });
            const send = one.socket.send.bind(one.socket);
            one.socket.send = (whole) => {
                const bytes = Buffer.from(whole);
                for (let at = 0; at < bytes.length; at += size) send(bytes.subarray(at, at + size), { binary: false, fin: at + size >= bytes.length });
            };
            const { status, body } = await endpoint.api("POST", `/devices/cut-${size}/rpc/Log.Read`, {});
            assert.equal(status, 200);
            assert.equal(body, text);
            await one.close();
        });
    }
});

describe("errors of a device", () => {
    test("are never taken for the server's", async () => {
        const methods = {
            "Fail.Plain": () => {
                throw { code: codes.Unauthenticated, message: "as it likes" };
            },
            "Fail.Data": () => {
                throw { code: 2 ** 31 - 1, message: "the largest", data: [1] };
            },
        };
        const { one } = await accepted("fails", { methods });
        const plain = await endpoint.api("POST", "/devices/fails/rpc/Fail.Plain", {});
        assert.equal(plain.status, 502);
        assert.deepEqual(plain.body.error, { code: codes.Unauthenticated, message: "as it likes", data: { source: "device" } });
        const data = await endpoint.api("POST", "/devices/fails/rpc/Fail.Data", {});
        assert.deepEqual(data.body.error, { code: 2 ** 31 - 1, message: "the largest", data: { source: "device", data: [1] } });
        await one.close();
    });
});

/** The live socket of an operator: calls, and what comes by itself. */
class Live {
    #number = 0;
    #waiting = new Map();
    arrived = [];
    #look = () => {};

    static async open() {
        const live = new Live();
        live.socket = new WebSocket(`${endpoint.url.replace("http", "ws")}/api/v2/live`, { headers: { Authorization: `Bearer ${endpoint.apiKey}` } });
        await once(live.socket, "open");
        live.socket.on("message", (data) => {
            const message = JSON.parse(data);
            if (message.method) live.arrived.push(message);
            else live.#waiting.get(message.id)(message);
            live.#look();
        });
        return live;
    }
    async call(method, params) {
        this.#number += 1;
        const id = String(this.#number);
        const answer = new Promise((resolve) => this.#waiting.set(id, resolve));
        this.socket.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
        const { result, error } = await answer;
        if (error) throw Object.assign(new Error(error.message), error);
        return result;
    }
    /** Waits until what arrived fulfils something. */
    async until(fulfilled) {
        while (!fulfilled(this.arrived)) {
            await new Promise((resolve) => {
                this.#look = resolve;
            });
        }
    }
    textOf(arrived = this.arrived) {
        return arrived.filter(({ method }) => method === "Live.Log").map(({ params }) => params.text).join("");
    }
    async close() {
        this.socket.close();
        await once(this.socket, "close");
    }
}

describe("streams", () => {
    /** A device whose log is under way, and the operator who reads it. */
    async function following(deviceId) {
        const { one, key } = await accepted(deviceId);
        const asked = new Promise((resolve) => {
            one.methods["Container.Logs"] = (params) => {
                resolve(params);
                return {};
            };
        });
        const live = await Live.open();
        const { subscription } = await live.call("Live.Subscribe", { topic: "logs", device: deviceId, container: "web", tail: 10, follow: true, credit: 32768 });
        const params = await asked;
        assert.equal(params.id, "web");
        const writer = new StreamWriter(readOffer(params.stream));
        one.on("Stream.Credit", (grant) => writer.grant(grant));
        return { one, key, live, subscription, writer };
    }

    test("a log flows no faster than it is read", async () => {
        const { one, live, subscription, writer } = await following("logger");
        assert.equal(writer.room, 32768);
        const line = `1 2025-06-15T15:06:40.000Z ${"x".repeat(996)}\n`;
        const piece = line.repeat(16);
        one.notify("Stream.Data", writer.next(piece));
        one.notify("Stream.Data", writer.next(piece.slice(0, writer.room)));
        assert.equal(writer.room, 0);
        await live.until(() => live.textOf().length === 32768);
        // Nobody has read yet, as far as the device knows: it may not go on before the operator says so.
        assert.equal(writer.room, 0);
        const granted = writer.granted();
        await live.call("Live.Credit", { subscription, bytes: 32768 });
        await granted;
        one.notify("Stream.Data", writer.next("2 - and on\n"));
        await live.until(() => live.textOf().endsWith("2 - and on\n"));
        one.notify("Stream.Close", { stream: writer.id });
        await live.until((arrived) => arrived.some(({ method }) => method === "Live.LogEnd"));
        assert.equal(live.arrived.find(({ method }) => method === "Live.LogEnd").params.error, null);
        await live.close();
        await one.close();
    });

    test("who stops reading stops the stream", async () => {
        const { one, live, writer } = await following("left-alone");
        const closed = once(one, "Stream.Close");
        await live.close();
        assert.equal((await closed)[0].stream, writer.id);
        await one.close();
    });

    const wrongs = {
        "what was not granted": [{ seq: 1, data: "x".repeat(32769) }, codes.TooMany],
        "a piece out of turn": [{ seq: 2, data: "x" }, codes.Replayed],
        "no text": [{ seq: 1, data: 5 }, codes.InvalidParams],
    };
    for (const [what, [piece, code]] of Object.entries(wrongs)) {
        test(`${what} ends the stream, not the session`, async () => {
            const { one, live, writer } = await following(`pushy-${code}`);
            const closed = once(one, "Stream.Close");
            one.notify("Stream.Data", { stream: writer.id, ...piece });
            assert.equal((await closed)[0].error.code, code);
            await live.until((arrived) => arrived.some(({ method, params }) => method === "Live.LogEnd" && params.error));
            assert.ok((await one.call("Time.Now")).server_time);
            await live.close();
            await one.close();
        });
    }
});

describe("commands", () => {
    /** Asks for a command while the device is away. @returns its id */
    const ask = async (deviceId, method, params) => {
        const { status, body } = await endpoint.api("POST", "/commands", { device: deviceId, method, params });
        assert.equal(status, 200, JSON.stringify(body));
        return body.items[0].id;
    };
    /** Comes back and waits for the command. */
    const deliver = async (deviceId, key, id, answer = { state: "running" }) => {
        const one = device(deviceId, key);
        const run = new Promise((resolve) => {
            one.methods["Command.Run"] = (params) => {
                if (params.command === id) resolve(params);
                return answer;
            };
        });
        assert.equal((await one.connect()).status, "accepted");
        return { one, params: await run };
    };
    const receiptOf = (deviceId, { command, method, params }, more = {}) => ({
        command,
        method,
        counter: 1,
        request_hash: requestHash(command, deviceId, method, params),
        started_at: "2025-06-15T15:06:41.000Z",
        finished_at: "2025-06-15T15:06:42.000Z",
        result: { done: true },
        ...more,
    });

    test("a command waits, is delivered, and its receipt proves itself", async () => {
        const { one: before, key } = await accepted("worker-1");
        await before.close();
        const id = await ask("worker-1", "Light.Set", { on: true });
        assert.equal((await endpoint.api("GET", `/commands/${id}`)).body.state, "queued");
        const { one, params } = await deliver("worker-1", key, id);
        assert.equal(params.method, "Light.Set");
        assert.equal(params.params.on, true);
        const receipt = receiptOf("worker-1", params);
        assert.equal((await one.call("Command.Done", receipt)).stored, true);
        assert.equal((await one.call("Command.Done", receipt)).stored, true, "sent again, it does no harm");
        const { body } = await endpoint.api("GET", `/commands/${id}`);
        assert.equal(body.state, "done");
        assert.deepEqual(body.result, { done: true });
        const kept = (await endpoint.api("GET", `/commands/${id}/receipt`)).body;
        const proof = verifyReceipt(Buffer.from(kept.message), new PublicKey(kept.public_key));
        assert.equal(proof.device_id, "worker-1");
        assert.equal(proof.request_hash, requestHash(id, "worker-1", "Light.Set", { on: true }));
        assert.equal(kept.fingerprint, key.publicKey.fingerprint);
        await one.close();
    });

    test("an unanswered one comes again after a reconnect", async () => {
        const { one: before, key } = await accepted("worker-2");
        await before.close();
        const id = await ask("worker-2", "Light.Set", {});
        // The link goes before the device has said whether it began.
        await (await deliver("worker-2", key, id, new Promise(() => {}))).one.close();
        const { one, params } = await deliver("worker-2", key, id);
        await one.call("Command.Done", receiptOf("worker-2", params));
        assert.equal((await endpoint.api("GET", `/commands/${id}`)).body.state, "done");
        await one.close();
    });

    test("a receipt for something else is refused", async () => {
        const { one: before, key } = await accepted("worker-3");
        await before.close();
        const id = await ask("worker-3", "Light.Set", { on: true });
        const { one, params } = await deliver("worker-3", key, id);
        const refused = [
            { request_hash: requestHash(id, "worker-3", "Light.Set", { on: false }) },
            { command: "unknown" },
            { method: "Light.Get" },
            { counter: 0 },
            { result: undefined },
        ];
        for (const more of refused) await assert.rejects(one.call("Command.Done", receiptOf("worker-3", params, more)), JSON.stringify(more));
        const { body } = await endpoint.api("GET", `/commands/${id}`);
        assert.equal(body.state, "running");
        await one.close();
    });
});
