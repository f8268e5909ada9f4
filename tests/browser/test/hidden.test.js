// SPDX-License-Identifier: GPL-3.0-or-later
// A page that nobody sees asks for nothing but the counts in its title, and catches up when it is seen again.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setScene } from "../src/scene.js";

describe("a hidden page", () => {
    const scene = setScene(async (house) => {
        await house.startDevices(3);
        house.startAgent("gate-01");
    });
    let frames = [];
    const show = (visible) => scene.dashboard.page.evaluate((hidden) => {
        Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
        Object.defineProperty(document, "visibilityState", { configurable: true, get: () => (hidden ? "hidden" : "visible") });
        document.dispatchEvent(new Event("visibilitychange"));
    }, !visible);
    /** Changes of devices that came over the live socket. */
    const rows = () => frames.filter((frame) => /"Devices\.|"topic":"devices"|sim-\d/.test(frame)).length;

    test("is sent no rows, and ends its subscriptions", async () => {
        const { dashboard } = scene;
        const sent = [];
        dashboard.page.on("websocket", (socket) => {
            socket.on("framereceived", ({ payload }) => frames.push(String(payload)));
            socket.on("framesent", ({ payload }) => sent.push(String(payload)));
        });
        await scene.signIn();
        await dashboard.sees(/^sim-0, Online/, { role: "Row" });
        assert.ok(rows() > 0, "rows came while the page was seen");
        const before = sent.length;
        await show(false);
        await dashboard.becomes(() => sent.slice(before).some((frame) => /Unsubscribe|Subscriptions?\.End|unsubscribe/.test(frame)), "subscriptions end");
        frames = [];
    });

    test("still counts in its title", async () => {
        const { house, dashboard } = scene;
        await house.end("muster-sim");
        await dashboard.becomes(async () => (await dashboard.title()).startsWith("(1) "), "(1)");
        await house.acceptDevice("gate-01");
        await dashboard.becomes(async () => !(await dashboard.title()).startsWith("("), "no number");
        // Three devices went offline and one came meanwhile, and no row of them was sent.
        assert.equal(rows(), 0, frames.join("\n").slice(0, 2000));
        assert.deepEqual(await dashboard.all(/^gate-01,/, { role: "Row" }), []);
    });

    test("is fresh when it is seen again", async () => {
        const { dashboard } = scene;
        await show(true);
        await dashboard.sees(/^gate-01, Online/, { role: "Row" });
        await dashboard.sees(/^sim-0, Offline/, { role: "Row" });
        assert.ok(rows() > 0);
        assert.deepEqual(await dashboard.all(/^Not live/), []);
    });
});
