// SPDX-License-Identifier: GPL-3.0-or-later
// From the first account to a device's page without a mouse: with Tab, Enter and the arrows alone.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setScene } from "../src/scene.js";

const password = "correct horse battery";

describe("keys alone", () => {
    const scene = setScene(async (house) => {
        house.startAgent("gate-01");
    }, { house: { account: false } });

    const isFocused = async (what, role) => (await scene.dashboard.all(what, { role })).some((item) => item.focused);
    const type = (text) => scene.dashboard.page.keyboard.type(text);

    /** Goes on with Tab until the focus is there; everything on the way can be left again. */
    async function tabTo(what, role) {
        await scene.dashboard.sees(what, { role });
        for (let i = 0; i < 40; ++i) {
            if (await isFocused(what, role))
                return;
            await scene.dashboard.key("Tab");
        }
        assert.fail(`Tab does not come to ${role} ${what}`);
    }

    test("the first account is made with the setup link, which signs in", async () => {
        const { house, dashboard } = scene;
        await dashboard.load(house.setupLink());
        await dashboard.sees("Make the account", { role: "Button" });
        assert.doesNotMatch(dashboard.page.url(), /setup/);
        await dashboard.becomes(() => isFocused("Name", "EditableText"), "the focus on the name");
        await type("anna");
        await dashboard.key("Tab");
        await type(password);
        await dashboard.key("Tab");
        await type(password);
        await dashboard.key("Enter");
        await dashboard.sees("Signed in as anna");
    });

    test("signs out by the menu, and in again by name and password", async () => {
        const { dashboard } = scene;
        await tabTo("Signed in as anna", "ButtonMenu");
        await dashboard.key("Enter");
        await dashboard.sees("Sign out", { role: "MenuItem" });
        for (let i = 0; i < 5 && !(await isFocused("Sign out", "MenuItem")); ++i)
            await dashboard.key("ArrowDown");
        await dashboard.key("Enter");
        await dashboard.signInForm();
        const focus = () => dashboard.page.evaluate(() => document.activeElement?.id ?? "").catch(() => "");
        await dashboard.becomes(async () => await focus() === "user", "the focus on the name");
        await type("anna");
        await dashboard.key("Tab");
        await type(password);
        await dashboard.key("Tab");
        await dashboard.becomes(async () => await focus() === "enter", "the focus on the button");
        await dashboard.key("Enter");
        await dashboard.sees("Signed in as anna");
    });

    test("a key is accepted", async () => {
        const { dashboard } = scene;
        await tabTo("Approvals, 1 waiting", "PageTab");
        await dashboard.key("Enter");
        await dashboard.isAt("/approvals");
        await dashboard.sees(/^gate-01, /, { role: "ListItem" });
        await tabTo("Accept…", "Button");
        await dashboard.key("Enter");
        await dashboard.sees("Accept gate-01?", { role: "Dialog" });
        await dashboard.becomes(() => isFocused("Accept", "Button"), "the focus on the answer");
        await dashboard.key("Enter");
        await dashboard.sees("gate-01 is accepted");
    });

    test("a device is opened, and its pages are gone through", async () => {
        const { dashboard } = scene;
        await tabTo("Devices", "PageTab");
        await dashboard.key("Enter");
        await dashboard.sees(/^gate-01, Online/, { role: "Row" });
        await dashboard.becomes(() => isFocused("Devices", "Table"), "the focus on the list");
        await dashboard.key("ArrowDown");
        await dashboard.key("Enter");
        await dashboard.isAt("/devices/gate-01");
        for (const [tab, address] of [["Containers", "containers"], ["Methods", "methods"], ["History", "history"]]) {
            await tabTo(tab, "PageTab");
            await dashboard.key("Enter");
            await dashboard.isAt(`/devices/gate-01/${address}`);
        }
    });

    test("a method is called", async () => {
        const { dashboard } = scene;
        await tabTo("Methods", "PageTab");
        await dashboard.key("Enter");
        await tabTo("Find a method", "EditableText");
        await type("GetInfo");
        await dashboard.seesNot(/^Container\.List\./, { role: "ListItem" });
        await dashboard.key("ArrowDown");
        await dashboard.key("Enter");
        await dashboard.sees("Sys.GetInfo", { role: "Heading" });
        await tabTo("Call", "Button");
        await dashboard.key("Enter");
        await dashboard.sees("The answer", { value: /"device_id": "gate-01"/ });
    });

    test("the palette finds a page", async () => {
        const { dashboard } = scene;
        await dashboard.key("Control+k");
        await type("appr");
        await dashboard.key("Enter");
        await dashboard.isAt("/approvals");
    });
});
