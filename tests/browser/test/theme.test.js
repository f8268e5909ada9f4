// SPDX-License-Identifier: GPL-3.0-or-later
// Dark or light: as the system is, until a person chooses.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { brightness } from "../src/picture.js";
import { setScene } from "../src/scene.js";

/** Where no page has anything but its background. */
const background = { x: 1000, y: 860, width: 40, height: 20 };

describe("theme", () => {
    const scene = setScene();
    const look = async () => {
        const bright = brightness(await scene.dashboard.page.screenshot(), background);
        return bright > 0.9 ? "light" : bright < 0.2 ? "dark" : `${bright}`;
    };
    const becomes = (wanted) => scene.dashboard.becomes(async () => (await look()) === wanted, `a ${wanted} page`);
    const barColour = () => scene.dashboard.page.evaluate(() => document.querySelector("meta[name=theme-color]").content);

    for (const colorScheme of ["dark", "light"]) {
        test(`${colorScheme}, as the system is`, async () => {
            await scene.open({ colorScheme });
            await scene.signIn();
            await becomes(colorScheme);
        });
    }

    test("changes with the system while the page is open", async () => {
        await scene.dashboard.page.emulateMedia({ colorScheme: "dark" });
        await becomes("dark");
        await scene.dashboard.page.emulateMedia({ colorScheme: "light" });
        await becomes("light");
    });

    test("chosen, stays over a reload, whatever the system is", async () => {
        const { dashboard } = scene;
        const light = await barColour();
        while ((await look()) !== "dark")
            await dashboard.press(/^Theme: /, { role: "Button" });
        const { text } = await dashboard.sees(/^Theme: /, { role: "Button" });
        assert.doesNotMatch(text, /system/);
        assert.notEqual(await barColour(), light, "the browser's own bars follow");
        await dashboard.reload();
        await dashboard.sees(text);
        await becomes("dark");
    });
});
