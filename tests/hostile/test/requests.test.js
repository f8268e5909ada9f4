// SPDX-License-Identifier: GPL-3.0-or-later
// Requests as RFC 9110 and 9112 allow them and as they do not.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../src/freeport.js";
import { inBothHouses } from "../src/house.js";
import { slack } from "../src/limits.js";
import { pendingDevice, approvalOf } from "../src/devices.js";
import { many, until } from "../src/patience.js";
import { Raw, upgradeText } from "../src/raw.js";
import { Server } from "../src/server.js";

/** How soon a refusal must come, with the end of its connection: who still sends has two seconds to read why it should not. */
const atOnce = 2_000 + slack;

/** A request of lines; a body may follow. */
const lines = (...all) => `${all.join("\r\n")}\r\n\r\n`;
const get = (path, ...more) => lines(`GET ${path} HTTP/1.1`, "Host: fleet.example", ...more);
const post = (path, ...more) => lines(`POST ${path} HTTP/1.1`, "Host: fleet.example", "Content-Type: application/json", ...more);

inBothHouses("requests", { concurrency: 8 }, (house, secure) => {
    const key = () => `Authorization: Bearer ${house.server.apiKey}`;
    const connected = (options) => Raw.connect(house.server, options);

    /** It is refused with one of `statuses`, nothing after it is answered, and the connection ends. */
    async function refused(text, ...statuses) {
        const raw = await connected();
        // What would be smuggled behind it.
        raw.write(Buffer.concat([Buffer.from(text, "latin1"), Buffer.from(get("/healthz"))]));
        const { status } = await raw.response();
        assert.ok(statuses.includes(status), `${status}`);
        await raw.over("the connection after a refusal", atOnce);
        assert.equal(raw.text, "", "nothing comes after the refusal");
    }

    /** It is answered, and so is the one after it, which proves that both ends agree where the first one ended. */
    async function answered(text, status, method) {
        const raw = await connected();
        const first = await raw.ask(text, method);
        assert.equal(first.status, status, first.body.toString());
        assert.equal((await raw.ask(get("/healthz"))).status, 200);
        raw.destroy();
        return first;
    }

    describe("HEAD", () => {
        const paths = { "/": 200, "/healthz": 200, "/metrics": 200, "/bundle.json": 200, "/web/big.bin": 200, "/api/v2/devices": 200, "/api/v2/openapi.json": 200, "/api/v2/nothing": 404, "/nothing": 404 };
        for (const [path, status] of Object.entries(paths)) {
            test(`of ${path} is ${status} without a body`, async () => {
                const raw = await connected();
                const head = await raw.ask(lines(`HEAD ${path} HTTP/1.1`, "Host: fleet.example", key()));
                assert.equal(head.status, status);
                // The next answer begins where the next answer begins.
                assert.equal((await raw.ask(get("/healthz"))).status, 200);
                raw.destroy();
            });
        }
        test("tells the length that GET has", async () => {
            const raw = await connected();
            const got = await raw.ask(get("/healthz"));
            const head = await raw.ask(lines("HEAD /healthz HTTP/1.1", "Host: fleet.example"));
            assert.equal(head.headers["content-length"], `${got.body.length}`);
            raw.destroy();
        });
        test("where there is no GET is 405 without a body", async () => {
            const raw = await connected();
            const head = await raw.ask(lines("HEAD /api/v2/session/redeem HTTP/1.1", "Host: fleet.example", key()));
            assert.equal(head.status, 405);
            assert.equal((await raw.ask(get("/healthz"))).status, 200);
            raw.destroy();
        });
        test("without a key where one is needed is 401 without a body", async () => {
            await answered(lines("HEAD /api/v2/devices HTTP/1.1", "Host: fleet.example"), 401, "HEAD");
        });
    });

    describe("the end of a connection", () => {
        const paths = { "/healthz": 200, "/metrics": 200, "/api/v2/devices": 200, "/": 200, "/bundle.json": 200, "/api/v2/nothing": 404, "/nothing": 404, "/web/big.bin": 200 };
        for (const [path, status] of Object.entries(paths)) {
            test(`${path} closes where it was asked to`, async () => {
                const raw = await connected();
                const answer = await raw.ask(get(path, key(), "Connection: close"), "GET", 30_000);
                assert.equal(answer.status, status);
                // RFC 9112 section 9.6: the final response says so.
                assert.match(answer.headers.connection ?? "", /close/i);
                const { how } = await raw.over("the connection", atOnce);
                assert.equal(how, "end", "with a goodbye: a reset could lose the answer");
            });
            test(`${path} closes after a request of HTTP/1.0`, async () => {
                const raw = await connected();
                const answer = await raw.ask(lines(`GET ${path} HTTP/1.0`, key()), "GET", 30_000);
                assert.equal(answer.status, status);
                assert.equal(answer.headers["transfer-encoding"], undefined, "HTTP/1.0 knows no chunks");
                assert.equal((await raw.over("the connection", atOnce)).how, "end");
            });
        }
        test("a refusal closes where it was asked to", async () => {
            const raw = await connected();
            assert.equal((await raw.ask(get("/api/v2/devices", "Connection: close"))).status, 401);
            await raw.over("the connection", atOnce);
        });
        test("a word among others closes too", async () => {
            const raw = await connected();
            assert.equal((await raw.ask(get("/healthz", "Connection: foo, Close"))).status, 200);
            await raw.over("the connection", atOnce);
        });
    });

    describe("two readers that could differ", () => {
        const json = '{"user":"x","password":"y"}';
        test("Content-Length and Transfer-Encoding together are refused", () => refused(`${post("/api/v2/session", "Content-Length: 5", "Transfer-Encoding: chunked")}0\r\n\r\n`, 400));
        test("the other way round too", () => refused(`${post("/api/v2/session", "Transfer-Encoding: chunked", "Content-Length: 5")}0\r\n\r\n`, 400));
        test("two Content-Length are refused", () => refused(`${post("/api/v2/session", "Content-Length: 5", "Content-Length: 6")}hello!`, 400));
        test("two lengths in one line are refused", () => refused(`${post("/api/v2/session", "Content-Length: 5, 6")}hello!`, 400));
        for (const length of ["-1", "+5", "0x5", "5 5", "five", "99999999999999999999999", ""]) {
            // A number that is too large for any number may also be told to be too large.
            test(`the Content-Length "${length}" is refused`, () => refused(post("/api/v2/session", `Content-Length: ${length}`), 400, length.length > 20 ? 413 : 400));
        }
        // RFC 9112 section 6.1: a coding that is not understood is 501; 400 is as clear.
        for (const coding of ["xchunked", "gzip", "identity", "chunked, gzip", "chunked, chunked"]) {
            test(`the Transfer-Encoding "${coding}" is refused`, () => refused(`${post("/api/v2/session", `Transfer-Encoding: ${coding}`)}0\r\n\r\n`, 400, 501));
        }
        // RFC 9112 section 6.1: a request of HTTP/1.0 with Transfer-Encoding is faulty framing.
        test("Transfer-Encoding in HTTP/1.0 is refused", () => refused(`${lines("POST /api/v2/session HTTP/1.0", "Host: fleet.example", "Content-Type: application/json", "Transfer-Encoding: chunked")}0\r\n\r\n`, 400));
        for (const chunk of ["ZZ\r\nhello\r\n0\r\n\r\n", "-5\r\nhello\r\n0\r\n\r\n", "0x5\r\nhello\r\n0\r\n\r\n", "5\nhello\n0\n\n", "5\r\nhelloo\r\n0\r\n\r\n", "ffffffffffffffff5\r\nhello\r\n0\r\n\r\n", "\r\nhello\r\n0\r\n\r\n", `5;${"x".repeat(100_000)}\r\nhello\r\n0\r\n\r\n`]) {
            test(`the chunk ${JSON.stringify(chunk.slice(0, 30))} is refused`, () => refused(post("/api/v2/session", "Transfer-Encoding: chunked") + chunk, 400, chunk.length > 1000 ? 413 : 400));
        }
        test("a space before the colon is refused", () => refused(lines("GET /healthz HTTP/1.1", "Host : fleet.example"), 400));
        test("a header that goes on in the next line is refused", () => refused(lines("GET /healthz HTTP/1.1", "Host: fleet.example", "X-A: b", " Content-Length: 5"), 400));
        test("a line without a colon is refused", () => refused(lines("GET /healthz HTTP/1.1", "Host: fleet.example", "Hello"), 400));
        test("a header without a name is refused", () => refused(lines("GET /healthz HTTP/1.1", "Host: fleet.example", ": x"), 400));
        test("a NUL in a header is refused", () => refused(lines("GET /healthz HTTP/1.1", "Host: fleet.example", "X-A: a\0b"), 400));
        test("a carriage return alone in a header is refused", () => refused(lines("GET /healthz HTTP/1.1", "Host: fleet.example", "X-A: a\rContent-Length: 5"), 400));
        // RFC 9112 section 2.2: a recipient MAY take a bare LF as the end of a line. So it is either refused, or one request and no more.
        test("line feeds alone are refused, or one request", async () => {
            const raw = await connected();
            const { status } = await raw.ask("GET /healthz HTTP/1.1\nHost: fleet.example\nConnection: close\n\n");
            assert.ok([200, 400].includes(status), `${status}`);
            await raw.over("the connection", atOnce);
            assert.equal(raw.text, "");
        });
        test("a body in chunks is the same as one with a length", async () => {
            const byLength = await answered(`${post("/api/v2/session", `Content-Length: ${json.length}`)}${json}`, 401, "POST");
            const chunks = `5;name=value\r\n${json.slice(0, 5)}\r\n${(json.length - 5).toString(16).toUpperCase()}\r\n${json.slice(5)}\r\n0\r\nTrailer: x\r\n\r\n`;
            const byChunks = await answered(post("/api/v2/session", "Transfer-Encoding: chunked", "X-Forwarded-For: 192.0.2.77") + chunks, 401, "POST");
            assert.deepEqual(JSON.parse(byChunks.body), JSON.parse(byLength.body));
        });
        test("a body with a GET is not the next request", () => answered(`${get("/healthz", "Content-Length: 36")}GET /metrics HTTP/1.1\r\nHost: a\r\n\r\nx=`.slice(0, get("/healthz", "Content-Length: 36").length + 36), 200, "GET"));
    });

    describe("heads", () => {
        test("no Host is refused", () => refused(lines("GET /healthz HTTP/1.1"), 400));
        test("two Host are refused", () => refused(lines("GET /healthz HTTP/1.1", "Host: fleet.example", "Host: other.example"), 400));
        test("a Host that cannot be is refused", () => refused(lines("GET /healthz HTTP/1.1", "Host: fleet example/<b>"), 400));
        test("HTTP/1.0 needs none", async () => {
            const raw = await connected();
            assert.equal((await raw.ask(lines("GET /healthz HTTP/1.0"))).status, 200);
            raw.destroy();
        });
        test("a NUL in the path is refused", () => refused(lines("GET /health\0z HTTP/1.1", "Host: fleet.example"), 400));
        test("a NUL in the path, encoded, is nothing that exists", async () => {
            for (const path of ["/healthz%00", "/api/v2/devices/%00", "/web/%00", "/%00"]) {
                const raw = await connected();
                const { status } = await raw.ask(get(path, key()));
                assert.ok([400, 404].includes(status), `${path}: ${status}`);
                raw.destroy();
            }
        });
        test("a path that leads out of its folder leads nowhere", async () => {
            for (const path of ["/web/../bundle.json", "/web/%2e%2e/bundle.json", "/web/..%2fbundle.json", "//etc/passwd", "/web//big.bin", "/web/./big.bin", "/web/big.bin/", "/..", "/%2e%2e/%2e%2e/etc/passwd"]) {
                const raw = await connected();
                const { status, body } = await raw.ask(get(path));
                assert.ok([400, 404].includes(status), `${path}: ${status} ${body.subarray(0, 100)}`);
                raw.destroy();
            }
        });
        // RFC 9112 section 3.2.2: a server MUST accept the absolute form, whoever sends it.
        test("the absolute form of an address is the same request", async () => {
            const raw = await connected();
            assert.equal((await raw.ask(lines("GET http://fleet.example/healthz HTTP/1.1", "Host: fleet.example"))).status, 200);
            assert.equal((await raw.ask(lines("GET http://fleet.example/api/v2/devices HTTP/1.1", "Host: fleet.example", key()))).status, 200);
            raw.destroy();
        });
        test("the authority form and the asterisk are refused, or nothing that exists", async () => {
            for (const text of [lines("CONNECT fleet.example:443 HTTP/1.1", "Host: fleet.example"), lines("OPTIONS * HTTP/1.1", "Host: fleet.example"), lines("GET * HTTP/1.1", "Host: fleet.example")]) {
                const raw = await connected();
                const { status } = await raw.ask(text);
                assert.ok([400, 404, 405, 501].includes(status), `${text.split("\r\n")[0]}: ${status}`);
                raw.destroy();
            }
        });
        test("methods that nobody knows are refused", async () => {
            for (const method of ["BREW", "get", "TRACE", "PRI"]) {
                const raw = await connected();
                const { status } = await raw.ask(lines(`${method} /healthz HTTP/1.1`, "Host: fleet.example"));
                assert.ok([400, 405, 501].includes(status), `${method}: ${status}`);
                raw.destroy();
            }
        });
        test("HTTP/2 without having asked for it is refused", () => refused("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, 505));
        test("HTTP/9.9 is refused", () => refused(lines("GET /healthz HTTP/9.9", "Host: fleet.example"), 400, 505));
        test("what is no request is refused", () => refused("hello, server\r\n\r\n", 400, 501));
        // RFC 9112 section 3: a recipient MAY take any white space between the words.
        test("a request line with two spaces is refused, or one request", async () => {
            const raw = await connected();
            const { status } = await raw.ask(lines("GET  /healthz  HTTP/1.1", "Host: fleet.example", "Connection: close"), "GET");
            assert.ok([200, 400].includes(status), `${status}`);
            await raw.over("the connection", atOnce);
            assert.equal(raw.text, "");
        });
        test("empty lines before a request are nothing", async () => {
            const raw = await connected(); // RFC 9112 section 2.2
            assert.equal((await raw.ask(`\r\n${get("/healthz")}`, "GET")).status, 200);
            raw.destroy();
        });
        // RFC 9112 section 3: a request line that is too long is 414.
        test("a request line of 70,000 bytes is too long", () => refused(get(`/${"x".repeat(70_000)}`), 414, 431));
        test("a request line of 8,000 bytes is not", async () => {
            const raw = await connected();
            assert.equal((await raw.ask(get(`/${"x".repeat(7_900)}`))).status, 404);
            raw.destroy();
        });

        const asked = {
            page: (...more) => get("/healthz", ...more),
            api: (...more) => get("/api/v2/devices", key(), ...more),
            device: (...more) => upgradeText("/device").replace("\r\n\r\n", `\r\n${more.join("\r\n")}\r\n\r\n`),
            operator: (...more) => upgradeText("/api/v2/live").replace("\r\n\r\n", `\r\n${key()}\r\n${more.join("\r\n")}\r\n\r\n`),
        };
        const good = { page: 200, api: 200, device: 101, operator: 101 };
        for (const [who, text] of Object.entries(asked)) {
            test(`${who}: a head of 7,000 bytes and 60 lines is taken`, async () => {
                const raw = await connected();
                const more = Array.from({ length: 55 }, (_, i) => `X-${i}: ${"x".repeat(100)}`);
                assert.equal((await raw.ask(text(...more), "GET")).status, good[who]);
                raw.destroy();
            });
            test(`${who}: a head of 100,000 bytes is told to be too large`, () => refused(text(`X-Long: ${"x".repeat(100_000)}`), 431));
            test(`${who}: a head of 1,000 lines is told to be too large`, () => refused(text(...Array.from({ length: 1_000 }, (_, i) => `X-${i}: x`)), 431));
        }
        test("the limit of heads is one for all", async () => {
            for (const more of [[`X-Long: ${"x".repeat(9_000)}`], [`X-Long: ${"x".repeat(20_000)}`], [`X-Long: ${"x".repeat(40_000)}`], [`X-Long: ${"x".repeat(60_000)}`], Array.from({ length: 110 }, (_, i) => `X-${i}: x`), Array.from({ length: 300 }, (_, i) => `X-${i}: x`)]) {
                const verdicts = {};
                for (const [who, text] of Object.entries(asked)) {
                    const raw = await connected();
                    const { status } = await raw.ask(text(...more), "GET");
                    verdicts[who] = status === good[who] ? "taken" : status;
                    raw.destroy();
                }
                assert.equal(new Set(Object.values(verdicts)).size, 1, `${more.length} lines, ${more.join("").length} bytes: ${JSON.stringify(verdicts)}`);
            }
        });
    });

    describe("bodies", () => {
        test("a body that says it has a terabyte is too large, before it comes", async () => {
            const raw = await connected();
            const { status } = await raw.ask(post("/api/v2/session", `Content-Length: ${2 ** 40}`));
            assert.equal(status, 413);
            await raw.over("the connection", atOnce);
        });
        test("a body in chunks that grows without end is too large", async () => {
            const raw = await connected();
            raw.write(post("/api/v2/session", "Transfer-Encoding: chunked"));
            const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
            for (let i = 0; i < 512 && !raw.hasEnded; i++) await Promise.race([raw.written(chunk), raw.closed]);
            // The answer may be lost where it crosses what is still on its way.
            const { status } = await raw.response().catch(() => ({ status: 413 }));
            assert.equal(status, 413);
            await raw.over("the connection", atOnce);
        });
        // RFC 9110 section 10.1.1: a server sends 100 or its final answer at once.
        test("who expects 100-continue is told to go on, or why not", async () => {
            const raw = await connected();
            const body = '{"user":"x","password":"y"}';
            const first = await raw.ask(post("/api/v2/session", `Content-Length: ${body.length}`, "Expect: 100-continue", "X-Forwarded-For: 192.0.2.78"));
            if (first.status === 100) assert.equal((await raw.ask(body, "POST")).status, 401);
            else assert.ok([401, 413, 417].includes(first.status), `${first.status}`);
            raw.destroy();
        });
        test("who expects 100-continue for a body that is too large is told so before it is sent", async () => {
            const raw = await connected();
            assert.equal((await raw.ask(post("/api/v2/session", `Content-Length: ${2 ** 31}`, "Expect: 100-continue"))).status, 413);
            await raw.over("the connection", atOnce);
        });
        test("who expects something else is told that it does not come", async () => {
            const raw = await connected();
            const { status } = await raw.ask(get("/healthz", "Expect: miracles"));
            assert.ok([200, 417].includes(status), `${status}`); // section 10.1.1: MAY answer 417
            raw.destroy();
        });
        test("a part of a file may be asked for", async () => {
            for (const range of ["bytes=0-0", "bytes=-1", "bytes=5-1", "bytes=0-0,1-1,2-2", `bytes=${"0-,".repeat(1_000)}0-`, "lines=1-2", "bytes=99999999999999999999-"]) {
                const raw = await connected();
                const { status, headers } = await raw.ask(lines("HEAD /web/big.bin HTTP/1.1", "Host: fleet.example", `Range: ${range}`));
                assert.ok([200, 206, 400, 416].includes(status), `${range}: ${status}`);
                if (status === 200) assert.equal(headers["accept-ranges"], "none");
                raw.destroy();
            }
        });
        test("requests in one segment are answered in order", async () => {
            const raw = await connected();
            raw.write(get("/healthz") + get("/nothing") + get("/bundle.json") + get("/api/v2/devices") + get("/healthz"));
            const statuses = [];
            for (let i = 0; i < 5; i++) statuses.push((await raw.response()).status);
            assert.deepEqual(statuses, [200, 404, 200, 401, 200]);
            raw.destroy();
        });
        test("who asks for much at once and reads slowly gets all of it", async () => {
            const raw = await connected();
            const asked = 60;
            raw.write(get("/api/v2/openapi.json", key()).repeat(asked));
            raw.socket.pause();
            await pause(1_000);
            for (let i = 0; i < asked; i++) {
                raw.socket.resume();
                const { status, body } = await raw.response();
                assert.equal(status, 200);
                assert.equal(typeof JSON.parse(body).openapi, "string");
                raw.socket.pause();
                await pause(5);
            }
            raw.destroy();
        });
        test("a request in segments of one byte is a request", async () => {
            const raw = await connected();
            for (const byte of Buffer.from(get("/healthz"))) await raw.written(Buffer.from([byte]));
            assert.equal((await raw.response()).status, 200);
            raw.destroy();
        });
        test("nobody's request ends as an error of the server", async () => {
            for (const text of [get("/api/v2/devices?limit=%ff", key()), get("/api/v2/devices?limit=-1", key()), get("/api/v2/devices/%ff%fe", key()), get("/api/v2/devices/%E2%80%AE", key()), get(`/?${"a=b&".repeat(1_500)}`), get("/?#"), get("/%"), get("/%zz"), get("/api/v2/", key()), get("/api", key()), get("/?q=\x01")]) {
                const raw = await connected();
                const { status } = await raw.ask(Buffer.from(text, "latin1"), "GET");
                assert.ok(status < 500, `${text.split("\r\n")[0]}: ${status}`);
                raw.destroy();
            }
        });
    });

    describe("upgrades", () => {
        const at = { device: ["/device", {}], operator: ["/api/v2/live", {}] };
        for (const [who, [path]] of Object.entries(at)) {
            const more = () => (who === "operator" ? { Authorization: `Bearer ${house.server.apiKey}` } : {});
            const upgrades = async (headers) => {
                const raw = await connected();
                const { status, headers: said } = await raw.upgrade(path, { ...more(), ...headers });
                raw.destroy();
                assert.equal(status, 101);
                assert.equal(said["sec-websocket-accept"], "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            };
            test(`${who}: after a plain request on the same connection`, async () => {
                const raw = await connected();
                assert.equal((await raw.ask(get("/healthz"))).status, 200);
                assert.equal((await raw.ask(get("/nothing"))).status, 404);
                assert.equal((await raw.upgrade(path, more())).status, 101);
                if (who === "device") assert.equal((await raw.json()).method, "Session.Hello");
                raw.destroy();
            });
            test(`${who}: with Connection in two lines`, async () => {
                const raw = await connected();
                const text = upgradeText(path, more()).replace("Connection: Upgrade\r\n", "Connection: keep-alive\r\nConnection: Upgrade\r\n");
                assert.equal((await raw.ask(text)).status, 101);
                raw.destroy();
            });
            test(`${who}: with Connection in one list`, () => upgrades({ Connection: "keep-alive, Upgrade" }));
            test(`${who}: in letters of any size`, () => upgrades({ Connection: "upgrade", Upgrade: "WebSocket" }));
            test(`${who}: with a query`, async () => {
                const raw = await connected();
                assert.equal((await raw.ask(upgradeText(`${path}?x=y`, more()))).status, 101);
                raw.destroy();
            });
            test(`${who}: with protocols and extensions that are not ours`, async () => {
                const raw = await connected();
                const { status, headers } = await raw.upgrade(path, { ...more(), "Sec-WebSocket-Protocol": "mqtt, soap", "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits" });
                assert.equal(status, 101);
                assert.equal(headers["sec-websocket-protocol"], undefined);
                assert.equal(headers["sec-websocket-extensions"], undefined);
                raw.destroy();
            });

            // RFC 9110 section 15.5.22: 426 says which protocol is wanted.
            const wanted = async (text) => {
                const raw = await connected();
                const { status, headers } = await raw.ask(text);
                assert.equal(status, 426);
                assert.match(headers.upgrade ?? "", /^websocket$/i);
                raw.destroy();
                return headers;
            };
            test(`${who}: a plain request is told to upgrade`, () => wanted(get(path, key())));
            test(`${who}: a request of HTTP/1.0 is told to upgrade`, async () => {
                await wanted(lines(`GET ${path} HTTP/1.0`, "Host: fleet.example", key()));
                await wanted(upgradeText(path, more()).replace("HTTP/1.1", "HTTP/1.0"));
            });
            test(`${who}: an upgrade to something else is told to what`, () => wanted(upgradeText(path, { ...more(), Upgrade: "h2c" })));
            test(`${who}: Upgrade without Connection is told so`, () => wanted(upgradeText(path, { ...more(), Connection: "keep-alive" })));
            // RFC 6455 section 4.4: the version that is spoken stands in the answer.
            test(`${who}: another version is told the right one`, async () => {
                const headers = await wanted(upgradeText(path, { ...more(), "Sec-WebSocket-Version": "8" }));
                assert.match(headers["sec-websocket-version"] ?? "", /\b13\b/);
            });
            // Section 4.2.1: without a good key it is no handshake.
            for (const wrongKey of [null, "", "short", "x".repeat(24)]) {
                test(`${who}: the key ${JSON.stringify(wrongKey)} is refused`, async () => {
                    const raw = await connected();
                    assert.equal((await raw.upgrade(path, { ...more(), "Sec-WebSocket-Key": wrongKey })).status, 400);
                    raw.destroy();
                });
            }
            test(`${who}: another method is refused`, async () => {
                const raw = await connected();
                const { status } = await raw.ask(upgradeText(path, { ...more(), "Content-Length": "0" }).replace("GET", "POST"), "POST");
                assert.ok([400, 404, 405, 426].includes(status), `${status}`);
                raw.destroy();
            });
        }
        test("at a page is an answer as without it", async () => {
            const raw = await connected();
            assert.equal((await raw.upgrade("/healthz")).status, 200); // RFC 9110 section 7.8: a server MAY ignore it
            raw.destroy();
        });
    });

    describe("who asks", () => {
        /** The cookie of a session, for pages of the own site: its name may hang on the address that is called. */
        async function cookieAt(host) {
            const { link } = await house.server.api("POST", "/sign-in-links", { user: "admin" });
            const body = { token: link.split("/").at(-1) };
            const answer = await house.server.get("/api/v2/session/redeem", { method: "POST", body, headers: { host } });
            assert.equal(answer.status, 200, answer.text);
            return answer.headers["set-cookie"][0].split(";")[0];
        }
        const sameOrigin = [
            ["https://fleet.example", "fleet.example:443"],
            ["https://fleet.example:443", "fleet.example"],
            ["http://fleet.example", "fleet.example:80"],
            ["http://fleet.example:80", "fleet.example"],
            ["https://fleet.example:8420", "fleet.example:8420"],
            ["https://FLEET.example", "fleet.EXAMPLE:443"],
            ["https://[2001:db8::1]", "[2001:db8::1]:443"],
            ["https://fleet.example", "fleet.example"],
        ];
        const otherOrigin = [
            ["https://fleet.example:444", "fleet.example:443"],
            ["https://other.example", "fleet.example"],
            ["https://fleet.example.evil.example", "fleet.example"],
            ["https://evil.example/fleet.example", "fleet.example"],
            ["https://user@evil.example", "fleet.example"],
            ["https://fleet.example@evil.example", "fleet.example"],
            ["null", "fleet.example"],
            ["file://", "fleet.example"],
            ["https://", "fleet.example"],
        ];
        test("the own page is known with and without the usual port", async () => {
            for (const [origin, host] of sameOrigin) {
                // A page that came without TLS is another one where there is TLS (RFC 6454 section 4).
                if (secure && origin.startsWith("http:")) continue;
                const session = await cookieAt(host);
                const raw = await connected();
                assert.equal((await raw.ask(lines("GET /api/v2/session HTTP/1.1", `Host: ${host}`, `Origin: ${origin}`, `Cookie: ${session}`))).status, 200, `${origin} at ${host}`);
                assert.equal((await raw.ask(upgradeText("/api/v2/live", { Host: host, Origin: origin, Cookie: session }))).status, 101);
                raw.sendText(JSON.stringify({ jsonrpc: "2.0", id: "1", method: "Live.Ping", params: {} }));
                assert.equal((await raw.json()).id, "1", `${origin} at ${host}`);
                raw.destroy();
            }
        });
        test("a page of another site is refused", async () => {
            for (const [origin, host] of [...otherOrigin, ...(secure ? [["http://fleet.example", "fleet.example"]] : [])]) {
                const session = await cookieAt(host);
                const raw = await connected();
                assert.equal((await raw.ask(lines("GET /api/v2/session HTTP/1.1", `Host: ${host}`, `Origin: ${origin}`, `Cookie: ${session}`))).status, 403, `${origin} at ${host}`);
                raw.destroy();
                const socket = await connected();
                const { status } = await socket.ask(upgradeText("/api/v2/live", { Host: host, Origin: origin, Cookie: session }));
                // The browser is told by a close code, because it learns nothing of a refused upgrade.
                if (status === 101) assert.equal((await socket.closeFrame()).code, 4403, `${origin} at ${host}`);
                else assert.equal(status, 403, `${origin} at ${host}`);
                socket.destroy();
            }
        });

        const told = {
            "203.0.113.7": "203.0.113.7",
            "203.0.113.8:51820": "203.0.113.8",
            "2001:db8::9": "2001:db8::9",
            "[2001:db8::10]": "2001:db8::10",
            "[2001:db8::11]:443": "2001:db8::11",
            "6.6.6.6, 203.0.113.12": "203.0.113.12",
            "unknown, 203.0.113.13": "203.0.113.13",
            "::ffff:203.0.113.14": "203.0.113.14",
        };
        test("the address that a proxy tells is the device's, however it is written", async () => {
            for (const [i, [text, address]] of Object.entries(told).entries()) {
                const device = await pendingDevice(house.server, `told-${i}`, { forwardedFor: text });
                assert.equal((await approvalOf(house.server, `told-${i}`)).address, address, text);
                await device.close();
            }
        });
        test("the last of several lines of a proxy counts", async () => {
            const raw = await connected();
            const text = upgradeText("/device", { "X-Forwarded-For": "6.6.6.6" }).replace("X-Forwarded-For: 6.6.6.6\r\n", "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 203.0.113.20\r\n");
            assert.equal((await raw.ask(text)).status, 101);
            raw.destroy();
            const guess = (address) => house.server.get("/api/v2/session", { method: "POST", body: { user: "nobody", password: "wrong password" }, headers: { "x-forwarded-for": ["6.6.6.6", address] } });
            for (let i = 0; i < 10; i++) assert.equal((await guess("203.0.113.21")).status, 401);
            assert.equal((await guess("203.0.113.21")).status, 429, "who guesses has to wait");
            assert.notEqual((await guess("203.0.113.22")).status, 200);
        });
        test("a guesser behind a proxy keeps nobody else there from signing in", async () => {
            const guess = (address) => house.server.get("/api/v2/session", { method: "POST", body: { user: `nobody-${address}`, password: "wrong password" }, headers: { "x-forwarded-for": address } });
            for (const address of ["198.51.100.1:1111", "[2001:db8:1::1]:1111"]) {
                for (let i = 0; i < 10; i++) await guess(address);
                assert.equal((await guess(address)).status, 429, address);
            }
            for (const address of ["198.51.100.2:1111", "[2001:db8:2::1]:1111"]) assert.equal((await guess(address)).status, 401, address);
        });
    });

    test("nothing of all that is left", async () => {
        const { server } = house;
        await many(20, 20, async () => {
            const raw = await connected();
            raw.reset();
        });
        await until(() => server.openFiles() < 100, () => `${server.openFiles()} files are open`);
    });
});

test("each refusal is one line in the log, with whom, and why", async () => {
    const server = await Server.start();
    try {
        const refusals = [
            [lines("GET /healthz HTTP/1.1", "Host: fleet.example", "X-Forwarded-For: 203.0.113.1", `X-Long: ${"x".repeat(100_000)}`), /127\.0\.0\.1 431 /],
            [get("/device", "X-Forwarded-For: 203.0.113.2"), /203\.0\.113\.2 426 /],
            [get("/healthz").replace("Host", "Host "), /127\.0\.0\.1 400 /],
            [post("/api/v2/session", "X-Forwarded-For: 203.0.113.3", `Content-Length: ${2 ** 40}`), / 413 /],
        ];
        for (const [text, pattern] of refusals) {
            const before = server.log().length;
            const raw = await Raw.connect(server);
            await raw.ask(text);
            raw.destroy();
            const said = () => server.log().slice(before).split("\n").filter(Boolean);
            await until(() => said().some((line) => pattern.test(line)), () => `a line with ${pattern} in the log: ${said()}`, { within: atOnce });
            assert.equal(said().length, 1, said().join("\n"));
        }
    } finally {
        await server.stop();
    }
});
test("whoever asks is in the log when it is asked to say more", async () => {
    const server = await Server.start({ log: "muster.access.debug=true" });
    try {
        await server.get("/nothing?q=1", { headers: { "x-forwarded-for": "203.0.113.4" } });
        const line = () => server.log().split("\n").find((one) => one.includes("/nothing"));
        await until(line, "the request is in the log", { within: atOnce });
        assert.match(line(), /203\.0\.113\.4 GET \/nothing\S* 404 /);
        // A sign-in's secrets stand in bodies and fields: neither is written down.
        assert.ok(!server.log().includes(server.apiKey));
    } finally {
        await server.stop();
    }
});
test("an address that ends with a slash makes links that work", async () => {
    const server = await Server.start({ port: await freePort(), more: ["--url", "https://fleet.example/"] });
    try {
        const { link } = await server.api("POST", "/sign-in-links", { user: "admin" });
        assert.match(link, /^https:\/\/fleet\.example\/#\//);
    } finally {
        await server.stop();
    }
});
