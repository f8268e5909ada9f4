// SPDX-License-Identifier: GPL-3.0-or-later
// Operators and accepted devices at work, in a thread of their own: their clock must not wait for whoever attacks.
import { fork } from "node:child_process";
import { once } from "node:events";
import net from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { keepAlive, request } from "./http.js";
import { Latencies } from "./latencies.js";
import { Live } from "./operators.js";
import { acceptedDevice } from "./devices.js";

/** Between two round trips of one who works: some dozens a second, so that they measure and do not press. */
const every = 10;
const arrivingEvery = 40;
/** Nobody waits longer for a page. */
const within = 10_000;

const { server, devices } = workerData;
const { url, apiKey, ca } = server;
const headers = { authorization: `Bearer ${apiKey}` };
const agent = keepAlive(url);

async function ask(where, options) {
    const { status, text } = await request(url + where, { ca, within, ...options });
    if (status !== 200) throw new Error(`${where}: ${status} ${text}`);
    return text;
}
server.api = async (method, where, body) => JSON.parse(
    await ask(`/api/v2${where}`, { method, body, headers, agent }));

const echo = fork(new URL("echo.js", import.meta.url));
const [echoPort] = await once(echo, "message");
const line = net.connect(echoPort, "127.0.0.1").setNoDelay(true);
await once(line, "connect");

const live = await Live.open(server);
const fleet = [];
for (let i = 0; i < devices; i++) fleet.push(await acceptedDevice(server, `at-work-${i}`, { methods: { "Sys.GetInfo": () => ({ device_id: `at-work-${i}` }) } }));

const work = {
    // On connections that stand.
    "a page of the API": () => ask("/api/v2/devices?limit=1", { headers, agent }),
    "a call on the live socket": () => live.call("Live.Ping"),
    "a call of a device": () => fleet[0].call("Time.Now"),
    "a call to a device": () => live.call("Devices.Call", { id: "at-work-0", method: "Sys.GetInfo", params: {} }),
    "the machine itself": async () => {
        line.write("?");
        await once(line, "data");
    },
    // On a connection of its own each time.
    "/healthz, arriving": () => ask("/healthz"),
};
const latencies = Object.fromEntries(Object.keys(work).map((name) => [name, new Latencies()]));

let over = false;
const lines = Object.entries(work).map(async ([name, once]) => {
    while (!over) {
        await latencies[name].time(once);
        await pause(name.includes("arriving") ? arrivingEvery : every);
    }
});

parentPort.on("message", async (what) => {
    if (what === "take") {
        parentPort.postMessage(Object.fromEntries(Object.entries(latencies).map(([name, one]) => [name, one.take()])));
        return;
    }
    over = true;
    await Promise.all(lines);
    await Promise.all([live.close(), ...fleet.map((device) => device.close())]);
    agent.destroy();
    line.destroy();
    echo.disconnect();
    parentPort.postMessage("over");
    parentPort.close();
});
parentPort.postMessage("begun");
