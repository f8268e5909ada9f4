// SPDX-License-Identifier: GPL-3.0-or-later
// The state of a device: somebody says what is wanted, the device hears of it, does it, and everybody sees when it has.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { startNodeDevice } from "../src/nodedevice.js";
import { setScene } from "../src/scene.js";

describe("what a device shall be", () => {
    let lamp;
    const told = [];
    /** What it does with what it is told. */
    let obeys = true;
    const methods = {
        async "Shadow.Delta"({ state, version }) {
            told.push({ state, version });
            if (!obeys)
                throw Object.assign(new Error("the bulb is burnt"), { code: -7 });
            await lamp.call("Shadow.Update", { state: { reported: state } });
            return {};
        },
    };
    const scene = setScene(async (house) => {
        lamp = await startNodeDevice(house, "lamp-1", { methods });
        await lamp.call("Shadow.Update", { state: { reported: { light: { on: false }, note: "one\ntwo" } } });
    });
    after(() => lamp?.close());

    test("it is shown, changed and done", async () => {
        const { dashboard } = scene;
        await scene.signIn();
        await dashboard.go("/devices/lamp-1/shadow");
        await dashboard.sees(/^light\.on: wanted nothing, reported false/, { role: "ListItem" });
        await dashboard.sees(/^note: .*one\\ntwo/, { role: "ListItem" });
        await dashboard.press("light.on", { role: "CheckBox" });
        await dashboard.sees(/^light\.on: wanted true, reported true, as wanted/, { role: "ListItem" });
        await dashboard.sees("As it is wanted");
        assert.equal(JSON.stringify(told), JSON.stringify([{ state: { light: { on: true } }, version: 1 }]));
    });

    test("a wish by name, and why it was not done", async () => {
        const { dashboard } = scene;
        obeys = false;
        await dashboard.press("Add…", { role: "Button" });
        await dashboard.fill("Name", "light.level");
        await dashboard.fill("Value", "60");
        await dashboard.picture("shadow-wish");
        await dashboard.press("Want this", { role: "Button" });
        await dashboard.sees("1 differs");
        await dashboard.sees(/It was not taken: .*the bulb is burnt/);
        await dashboard.picture("shadow-refused");
    });

    test("all of it as JSON, and not over what somebody else wants since", async () => {
        const { house, dashboard } = scene;
        await dashboard.press("As JSON…", { role: "Button" });
        await dashboard.sees("All that is wanted");
        await house.api("PATCH", "/devices/lamp-1/shadow", { state: { desired: { mode: "night" } } });
        await dashboard.sees(/^mode: wanted "night"/, { role: "ListItem" });
        await dashboard.press("What is wanted, as JSON", { role: "EditableText" });
        await dashboard.page.keyboard.press("Control+A");
        await dashboard.page.keyboard.type("{\"light\": 1}");
        await dashboard.press("Want this", { role: "Button" });
        await dashboard.sees(/^Somebody else changed it meanwhile/);
        await dashboard.picture("shadow-conflict");
        await dashboard.page.keyboard.press("Escape");
        assert.equal((await house.api("GET", "/devices/lamp-1/shadow")).state.desired.mode, "night");
    });
});
