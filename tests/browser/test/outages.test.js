// SPDX-License-Identifier: GPL-3.0-or-later
// The server goes away and comes back: what is on the screen stays, says since when it is old, and is live again by itself.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { away } from "../src/away.js";
import { anotherBundle } from "../src/bundle.js";
import { setScene } from "../src/scene.js";

describe("an outage", () => {
    const scene = setScene(async (house) => {
        await house.startDevices(2);
        house.startAgent("gate-01");
    });
    const loads = () => scene.dashboard.page.evaluate(() => performance.timeOrigin);

    test("the server is killed: the page says since when it is not live", async () => {
        const { house, dashboard } = scene;
        await scene.signIn();
        await dashboard.sees(/^sim-0, Online/, { role: "Row" });
        await dashboard.sees(/^Live/, { role: "Indicator" });
        dashboard.allow(...away);
        await house.end("musterd", "SIGKILL");
        await dashboard.sees(/^Not live: this is how things stood at \d\d:\d\d/, { role: "AlertMessage" });
        await dashboard.sees("Reconnecting", { role: "Indicator" });
        await dashboard.sees(/^sim-0, /, { role: "Row" });
        await dashboard.sees("Try now", { role: "Button" });
    });

    test("pages are gone through meanwhile", async () => {
        const { dashboard } = scene;
        dashboard.allow(...away);
        await dashboard.press("Commands", { role: "PageTab" });
        await dashboard.sees("Commands", { role: "Heading" });
        await dashboard.press("Devices", { role: "PageTab" });
        await dashboard.sees(/^sim-0, /, { role: "Row" });
    });

    test("it comes back: live again, with nothing loaded anew", async () => {
        const { house, dashboard } = scene;
        dashboard.allow(...away);
        const before = await loads();
        await house.startServer();
        await dashboard.sees(/^Live/, { role: "Indicator" });
        await dashboard.seesNot(/^Not live/);
        await dashboard.sees(/^sim-0, Online/, { role: "Row" });
        // What changes from now on comes by itself.
        await house.acceptDevice("gate-01");
        await dashboard.sees(/^gate-01, Online/, { role: "Row" });
        assert.equal(await loads(), before);
        assert.deepEqual(await dashboard.all(/newer version/), [], "it is the same program");
    });

    test("it comes back with another program: the page offers it, and loads it when it is told to", async () => {
        const { house, dashboard } = scene;
        dashboard.allow(...away);
        const before = await loads();
        const ids = () => dashboard.page.evaluate(async () => [JSON.parse(document.getElementById("program").textContent).id, (await (await fetch("bundle.json")).json()).id]);
        await dashboard.go("/approvals");
        await house.end("musterd", "SIGKILL");
        await dashboard.sees("Reconnecting", { role: "Indicator" });
        house.web = anotherBundle(house);
        await house.startServer();
        await dashboard.sees("A newer version of this page is on the server", { role: "AlertMessage" });
        await dashboard.sees(/^Live/, { role: "Indicator" });
        const [mine, theirs] = await ids();
        assert.notEqual(mine, theirs);
        await dashboard.press("Reload", { role: "Button" });
        await dashboard.becomes(async () => (await loads().catch(() => before)) !== before, "the page is loaded anew");
        await dashboard.started();
        await dashboard.sees("Approvals", { role: "Heading" });
        assert.equal(await dashboard.address(), "/approvals");
        assert.deepEqual(await ids(), [theirs, theirs]);
        assert.deepEqual(await dashboard.all(/newer version/), []);
    });
});
