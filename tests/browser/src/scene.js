// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { after, afterEach, before } from "node:test";
import { Dashboard, launchBrowser } from "./dashboard.js";
import { House } from "./house.js";

/**
 * A server, a browser and a dashboard for the tests of a file. Each test ends with an empty console, but for what it allowed.
 * @param prepare brings the house into the state that the tests want
 * @param options `house` for House.start(), `browser` arguments for Chromium, `page` for Dashboard.open()
 */
export function setScene(prepare = async () => {}, { house = {}, browser = [], page = {} } = {}) {
    const scene = {
        /** Another dashboard, with nothing of the one before. */
        async open(options = page) {
            await scene.dashboard?.close();
            scene.dashboard = await Dashboard.open(scene.browser, options);
            return scene.dashboard;
        },
        /** Signs in with a new link, and waits for the devices. */
        async signIn(user = "admin") {
            await scene.dashboard.load(await scene.house.signInLink(user));
            await scene.dashboard.sees("Devices", { role: "PageTab" });
        },
    };
    before(async () => {
        scene.house = await House.start(house);
        await prepare(scene.house, scene);
        scene.browser = await launchBrowser(browser);
        await scene.open();
    });
    after(async () => {
        await scene.browser?.close();
        await scene.house?.stop();
    });
    afterEach(async (context) => {
        const problems = scene.dashboard?.takeProblems() ?? [];
        if (context.passed === false)
            await scene.dashboard?.picture(`failed-${context.name.replace(/[^a-z0-9]+/gi, "-").slice(0, 60)}`).catch(() => {});
        assert.deepEqual(problems, [], "the browser's console is empty");
    });
    return scene;
}
