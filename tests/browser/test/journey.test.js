// SPDX-License-Identifier: GPL-3.0-or-later
// A person's way through the dashboard, from the one-time link to a container's log.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { Dashboard, launchBrowser } from "../src/dashboard.js";
import { House } from "../src/house.js";

describe("from the link to the log", () => {
    let house, browser, dashboard, engine;

    before(async () => {
        house = await House.start();
        engine = await house.startContainer("web", "i=0; while true; do i=$((i+1)); echo line $i came; sleep 1; done");
        house.startAgent("gate-01", { engine });
        browser = await launchBrowser();
        dashboard = await Dashboard.open(browser);
    });
    after(async () => {
        await browser?.close();
        await house?.stop();
    });
    afterEach(() => {
        assert.deepEqual(dashboard.problems, [], "the browser's console is empty");
    });

    test("the one-time link signs in, and leaves the address at once", async () => {
        const link = await house.signInLink();
        await dashboard.load(link);
        await dashboard.sees("Devices");
        assert.doesNotMatch(dashboard.page.url(), /sign-in/);
        assert.equal(await dashboard.page.evaluate(() => history.length), 2, "about:blank and this page");
        assert.deepEqual(await dashboard.page.evaluate(() => Object.keys(localStorage).sort()), ["muster.loaded", "muster.theme"]);
        assert.equal(await dashboard.page.evaluate(() => document.cookie), "", "no script sees the session");
    });
});
