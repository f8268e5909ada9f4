// SPDX-License-Identifier: GPL-3.0-or-later
// A person's way through the dashboard, from the one-time link to a container's log.
import assert from "node:assert/strict";
import fs from "node:fs";
import { describe, test } from "node:test";
import { setScene } from "../src/scene.js";

describe("from the link to the log", () => {
    let engine;
    const scene = setScene(async (house) => {
        engine = await house.startContainer("web", "i=0; while true; do i=$((i+1)); echo line $i came; sleep 1; done");
        house.startAgent("gate-01", { engine: engine ?? "" });
    }, { page: { permissions: ["clipboard-read", "clipboard-write"] } });
    const open = async (address) => {
        await scene.dashboard.go(address);
        return scene.dashboard;
    };

    test("the one-time link signs in, and leaves the address at once", async () => {
        const { house, dashboard } = scene;
        const link = await house.signInLink();
        await dashboard.load(link);
        await dashboard.sees("Devices", { role: "Heading" });
        assert.doesNotMatch(dashboard.page.url(), /sign-in/);
        assert.equal(await dashboard.page.evaluate(() => history.length), 2, "about:blank and this page");
        assert.deepEqual(await dashboard.page.evaluate(() => Object.keys(localStorage).sort()), ["muster.loaded"]);
        assert.equal(await dashboard.page.evaluate(() => sessionStorage.length), 0);
        assert.equal(await dashboard.page.evaluate(() => document.cookie), "", "no script sees the session");
        const [cookie] = await dashboard.context.cookies();
        assert.equal(`${cookie.httpOnly} ${cookie.sameSite}`, "true Strict");
    });

    test("the key that waits shows the words that the device shows", async () => {
        const { house, dashboard } = scene;
        const { words, fingerprint } = await house.fingerprintOf("gate-01");
        assert.equal(words.length, 6);
        await dashboard.press("Approvals, 1 waiting");
        await dashboard.press(/^gate-01, New device, /, { role: "ListItem" });
        await dashboard.isAt("/approvals");
        await dashboard.sees(`The six words: ${words.join(", ")}`);
        await dashboard.sees(`Fingerprint: ${fingerprint}`);
    });

    test("accepted by mouse, the device is online", async () => {
        const { dashboard } = scene;
        await dashboard.press("Accept…");
        await dashboard.sees("Accept gate-01?", { role: "Dialog" });
        await dashboard.press("Accept", { role: "Button" });
        await dashboard.sees("gate-01 is accepted");
        await dashboard.sees("Approvals", { role: "PageTab" });
        await dashboard.press("Devices", { role: "PageTab" });
        await dashboard.sees(/^gate-01, Online, /, { role: "Row" });
    });

    test("its health chart moves", async () => {
        const { dashboard } = scene;
        await dashboard.press(/^gate-01, Online, /, { role: "Row" });
        await dashboard.isAt("/devices/gate-01");
        const { width, height, x, y } = await dashboard.sees(/^CPU: \d+/, { role: "Chart" });
        const picture = async () => (await dashboard.page.screenshot({ clip: { x, y, width, height } })).toString("base64");
        const before = await picture();
        const { text } = await dashboard.sees(/^Memory: \d+/, { role: "Chart" });
        assert.ok(Number(/\d+/.exec(text)[0]) < 100, text);
        // A sample comes every two seconds, and the line grows with it.
        await dashboard.becomes(async () => (await picture()) !== before, "another picture of the chart");
    });

    test("a method is called, and its answer is read", async () => {
        const dashboard = await open("/devices/gate-01/methods");
        await dashboard.press(/^Sys\.GetInfo\./, { role: "ListItem" });
        await dashboard.sees("Sys.GetInfo", { role: "Heading" });
        await dashboard.press("Call", { role: "Button" });
        await dashboard.sees("The answer", { value: /"device_id": "gate-01"/ });
    });

    test("its history tells that its key was accepted", async () => {
        const dashboard = await open("/devices/gate-01/history");
        await dashboard.sees(/Key accepted/, { role: "ListItem" });
    });

    test("a container's log is read as it grows, saved and copied", async (context) => {
        if (!engine)
            return context.skip("no container engine can run here");
        const dashboard = await open("/devices/gate-01/containers");
        await dashboard.sees(/^web, Up /, { role: "ListItem" });
        const newest = async () => {
            const lines = await dashboard.all(/: line \d+ came$/, { role: "ListItem" });
            return Math.max(0, ...lines.map(({ text }) => Number(/line (\d+) came/.exec(text)[1])));
        };
        const first = await dashboard.becomes(newest, "lines of the log");
        await dashboard.becomes(async () => (await newest()) >= first + 2, "newer lines, without a hand's help");
        await dashboard.press("Pause");

        const [download] = await Promise.all([dashboard.page.waitForEvent("download"), dashboard.press("Save what is here")]);
        assert.match(download.suggestedFilename(), /^[\w.-]*web[\w.-]*\.(log|txt)$/);
        const saved = fs.readFileSync(await download.path(), "utf8");
        assert.match(saved, /line 1 came\n(.*\n)*.*line 2 came\n/);

        await dashboard.press("Copy what is here");
        await dashboard.sees(/lines are on the clipboard$/);
        // The browser takes it in its own time.
        const copied = await dashboard.becomes(() => dashboard.page.evaluate(() => navigator.clipboard.readText()), "a text on the clipboard");
        assert.match(copied, /line 1 came\n(.*\n)*.*line 2 came/);
        assert.match(saved, new RegExp(copied.split("\n")[0].replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
    });

});
