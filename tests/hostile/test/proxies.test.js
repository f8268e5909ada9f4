// SPDX-License-Identifier: GPL-3.0-or-later
// The configurations of docs/proxies/, with the real programs in front of the real server.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import WebSocket from "ws";
import { acceptedDevice, approvalOf, makeDevice, pendingDevice } from "../src/devices.js";
import { keepAlive } from "../src/http.js";
import { Live } from "../src/operators.js";
import { isLong, many } from "../src/patience.js";
import { Proxy, kinds, lookup } from "../src/proxies.js";
import { Server, bigFileBytes } from "../src/server.js";

const checkHttp = "/usr/lib/nagios/plugins/check_http";

test("check_http of the monitoring plugins is content with the server", async () => {
    const server = await Server.start();
    try {
        // Each by itself: GET of HTTP/1.1 that closes, of HTTP/1.0 without a name, and HEAD.
        for (const how of [["-H", "fleet.example"], [], ["-H", "fleet.example", "-j", "HEAD"], ["-H", "fleet.example", "-N"]]) {
            const { stdout } = await promisify(execFile)(checkHttp, ["-I", "127.0.0.1", "-p", `${server.port}`, "-u", "/healthz", "-t", "5", "-e", "200", ...how]);
            assert.match(stdout, /^HTTP OK/, how.join(" "));
        }
    } finally {
        await server.stop();
    }
});

// Each has a server of its own: they need not wait for one another.
describe("proxies", { concurrency: true }, () => {
    for (const name of Object.keys(kinds)) {
        describe(name, { concurrency: 1 }, () => {
            let server;
            let proxy;
            let through; // the server as it is seen through the proxy
            before(async () => {
                server = await Server.start();
                proxy = await Proxy.start(name, server.port);
                const address = proxy.url.replace("https", "wss");
                through = { deviceUrl: `${address}/device`, liveUrl: `${address}/api/v2/live`, cloudKeyPath: server.cloudKeyPath, apiKey: server.apiKey,
                    ca: proxy.ca, lookup, api: (...call) => server.api(...call) };
            });
            after(async () => {
                await proxy?.stop();
                await server?.stop();
            });

            test("a monitor is content", async () => {
                const { stdout } = await promisify(execFile)(checkHttp, ["-S", "--sni", "-I", "127.0.0.1", "-H", "fleet.example", "-p", `${proxy.port}`, "-u", "/healthz", "-t", "5", "-e", "200"]);
                assert.match(stdout, /^HTTP OK/);
            });
            test("a person signs in, and their page opens its socket", async () => {
                const { link } = await server.api("POST", "/sign-in-links", { user: "admin" });
                const answer = await proxy.get("/api/v2/session/redeem", { method: "POST", body: { token: link.split("/").at(-1) }, headers: { origin: proxy.url } });
                assert.equal(answer.status, 200, answer.text);
                const cookie = answer.headers["set-cookie"][0].split(";")[0];
                assert.equal((await proxy.get("/api/v2/session", { headers: { cookie, origin: proxy.url } })).status, 200);
                const socket = new WebSocket(through.liveUrl, { ...proxy.connection, headers: { cookie, origin: proxy.url } });
                await once(socket, "open");
                socket.send(JSON.stringify({ jsonrpc: "2.0", id: "1", method: "Live.Ping", params: {} }));
                const [data] = await once(socket, "message");
                assert.equal(JSON.parse(data).id, "1");
                socket.close();
                await once(socket, "close");
            });
            test("another site's page is refused", async () => {
                const answer = await proxy.get("/api/v2/session", { method: "POST", body: { user: "x", password: "y" }, headers: { origin: "https://evil.example" } });
                assert.equal(answer.status, 403);
            });
            test("a device waits under its own address, works, and is called", async () => {
                const waiting = await pendingDevice(through, "behind", { from: "127.0.0.7" });
                assert.equal((await approvalOf(server, "behind")).address, "127.0.0.7");
                await waiting.close();
                const device = await acceptedDevice(through, "behind-accepted", { methods: { "Sys.GetInfo": () => ({ device_id: "behind-accepted" }) } });
                assert.match((await device.call("Time.Now", { padding: "x".repeat(500_000) })).server_time, /^\d{4}-/);
                const { device_id } = await server.api("POST", "/devices/behind-accepted/rpc/Sys.GetInfo", {});
                assert.equal(device_id, "behind-accepted");
                await device.close();
            });
            test("who says an address of itself is not believed", async () => {
                const device = await pendingDevice(through, "pretends", { from: "127.0.0.8", forwardedFor: "203.0.113.66" });
                assert.equal((await approvalOf(server, "pretends")).address, "127.0.0.8");
                await device.close();
            });
            test("a guesser has to wait, and nobody else", async () => {
                const guess = (from, user) => proxy.get("/api/v2/session", { method: "POST", body: { user, password: "wrong password" }, from, headers: { "x-forwarded-for": `203.0.113.${Math.floor(Math.random() * 250)}` } });
                for (let i = 0; i < 10; i++) await guess("127.0.0.9", `guess-${i}`);
                assert.equal((await guess("127.0.0.9", "guess-10")).status, 429);
                assert.equal((await guess("127.0.0.10", "guess-11")).status, 401);
            });
            test("requests and upgrades take turns on the same connections to the server", async () => {
                const agent = keepAlive(proxy.url);
                for (let round = 0; round < 5; round++) {
                    const statuses = await many(20, 10, async () => (await proxy.get("/healthz", { agent })).status);
                    assert.deepEqual([...new Set(statuses)], [200]);
                    const sockets = await many(5, 5, () => Live.open(through));
                    await Promise.all(sockets.map((live) => live.call("Live.Ping")));
                    const device = makeDevice(through, `turns-${round}`);
                    assert.equal((await device.connect()).status, "pending");
                    await Promise.all([device.close(), ...sockets.map((live) => live.close())]);
                }
                agent.destroy();
            });
            test("a large file arrives whole", async () => {
                const { status, headers } = await proxy.get("/web/big.bin", { method: "HEAD" });
                assert.deepEqual([status, headers["content-length"]], [200, `${bigFileBytes}`]);
                const answer = await proxy.get("/web/big.bin");
                assert.equal(answer.status, 200);
            });
            test("what the server refuses is refused in its words", async () => {
                assert.equal((await proxy.get("/device")).status, 426);
                assert.equal((await proxy.get("/nothing")).status, 404);
                assert.equal((await proxy.get("/api/v2/devices")).status, 401);
            });
            test("nobody who is silent is cut, because the server pings", { skip: !isLong }, async () => {
                const live = await Live.open(through);
                const device = await pendingDevice(through, "silent");
                await pause(130_000);
                await live.call("Live.Ping");
                assert.equal(device.socket.readyState, WebSocket.OPEN);
                await Promise.all([device.close(), live.close()]);
            });
            test("the server may be started anew behind it", async () => {
                await server.kill();
                assert.ok((await proxy.get("/healthz")).status >= 500, "the proxy says that it is away");
                await server.launch();
                for (let i = 0; ; i++) {
                    const { status } = await proxy.get("/healthz");
                    if (status === 200) break;
                    assert.ok(i < 150, `${status} after ${i / 10} s`);
                    await pause(100);
                }
                const device = makeDevice(through, "comes-back");
                assert.equal((await device.connect()).status, "pending");
                await device.close();
            });
        });
    }
});
