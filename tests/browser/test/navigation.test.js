// SPDX-License-Identifier: GPL-3.0-or-later
// The address line, the browser's buttons, its title and icon: the dashboard as a page among pages.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setScene } from "../src/scene.js";

const password = "correct horse battery";

describe("addresses", () => {
    const scene = setScene(async (house) => {
        await house.startDevices(2);
        house.startAgent("gate-01");
        await house.api("POST", "/users", { user: "olga", role: "operator", password });
    });
    const icon = () => scene.dashboard.page.evaluate(() => decodeURIComponent(document.querySelector("link[rel=icon]").href));

    test("a deep link leads to its page, after the sign-in that comes between", async () => {
        const { house, dashboard } = scene;
        await dashboard.load(`${house.url}/#/devices/sim-1/history`);
        await dashboard.enter("olga", password);
        await dashboard.sees("sim-1", { role: "Heading" });
        await dashboard.sees("History", { role: "List" });
        assert.equal(await dashboard.address(), "/devices/sim-1/history");
    });

    const places = [
        ["/devices", "Devices", "Heading"],
        ["/devices/sim-0", "sim-0", "Heading"],
        ["/devices/sim-0/containers", "No container engine", "StaticText"],
        ["/devices/sim-0/methods", "The methods could not be read", "StaticText"],
        ["/devices/sim-0/history", "History", "List"],
        ["/approvals", "Waiting keys", "List"],
        ["/approvals/gate-01", "gate-01", "Heading"],
        ["/commands", "Commands", "Heading"],
    ];
    test("each address leads to its page", async () => {
        const { dashboard } = scene;
        for (const [address, text, role] of places) {
            await dashboard.go(address);
            await dashboard.sees(text, { role });
            assert.equal(await dashboard.address(), address);
        }
    });

    for (const [address, text, role] of places.slice(4, 7)) {
        test(`${address} is loaded at its page, and loaded again at the same`, async () => {
            const { house, dashboard } = scene;
            await dashboard.page.goto("about:blank");
            await dashboard.load(`${house.url}/#${address}`);
            await dashboard.sees(text, { role });
            assert.equal(await dashboard.address(), address);
            await dashboard.reload();
            await dashboard.sees(text, { role });
            assert.equal(await dashboard.address(), address);
        });
    }

    test("…/health is the device's first page", async () => {
        const { dashboard } = scene;
        await dashboard.page.evaluate(() => { location.hash = "/devices/sim-1/health"; });
        await dashboard.sees("sim-1", { role: "Heading" });
        await dashboard.sees(/^CPU: /, { role: "Chart" });
        await dashboard.isAt("/devices/sim-1");
    });

    test("the browser's buttons go back and forward through the pages", async () => {
        const { dashboard } = scene;
        await dashboard.go("/devices");
        await dashboard.press(/^sim-0, Online/, { role: "Row" });
        await dashboard.isAt("/devices/sim-0");
        await dashboard.press("History", { role: "PageTab" });
        await dashboard.isAt("/devices/sim-0/history");
        await dashboard.press("Commands", { role: "PageTab" });
        await dashboard.isAt("/commands");
        await dashboard.page.goBack();
        await dashboard.isAt("/devices/sim-0/history");
        await dashboard.sees("History", { role: "List" });
        await dashboard.page.goBack();
        await dashboard.isAt("/devices/sim-0");
        await dashboard.sees(/^CPU: /, { role: "Chart" });
        await dashboard.page.goForward();
        await dashboard.isAt("/devices/sim-0/history");
        await dashboard.sees("History", { role: "List" });
        await dashboard.page.goForward();
        await dashboard.isAt("/commands");
        await dashboard.sees("Commands", { role: "Heading" });
    });

    test("an address that means nothing says so, and the way back leads on", async () => {
        const { dashboard } = scene;
        await dashboard.go("/approvals");
        for (const nothing of ["/moon", "/devices/%zz", "/devices/a/b/c", "//", "devices", "/devices/gate-01/moon", `/devices/${"x".repeat(3000)}`]) {
            await dashboard.go("/commands");
            await dashboard.sees("Commands", { role: "Heading" });
            await dashboard.page.evaluate((hash) => { location.hash = hash; }, nothing);
            await dashboard.sees("There is no such page");
        }
        await dashboard.go("/devices");
        await dashboard.sees("Devices", { role: "Heading" });
    });

    test("a device that does not exist is said so, whatever its name is made of", async () => {
        const { dashboard } = scene;
        const missing = /is not a device id|there is no device/;
        for (const address of ["/devices/nobody", "/devices/a%20b%25c", "/devices/%E2%98%83", "/devices/%3Cimg%20src=x%20onerror=alert(1)%3E"]) {
            await dashboard.go("/devices");
            await dashboard.page.evaluate((hash) => { location.hash = hash; }, address);
            await dashboard.sees(missing);
            assert.equal(decodeURIComponent(await dashboard.address()), decodeURIComponent(address));
        }
    });

    test("title and icon tell how many keys wait", async () => {
        const { house, dashboard } = scene;
        await dashboard.becomes(async () => /^\(1\) .+ – Muster$/.test(await dashboard.title()), "(1) in the title");
        assert.match(await icon(), />1<\/text>/);
        await house.acceptDevice("gate-01");
        await dashboard.becomes(async () => /^[^(].* – Muster$/.test(await dashboard.title()), "no number in the title");
        assert.doesNotMatch(await icon(), /<text/);
    });
});
