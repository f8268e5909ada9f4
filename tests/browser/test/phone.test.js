// SPDX-License-Identifier: GPL-3.0-or-later
// On a phone: what is pressed is large enough for a finger, lists move under it, and the keyboard comes when it is wanted.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setScene } from "../src/scene.js";
import { Finger } from "../src/touch.js";

/** Points: a finger's tip (WCAG 2.2, 2.5.5). */
const target = 44;
const pressed = new Set(["Button", "ButtonMenu", "PageTab", "RadioButton", "CheckBox", "EditableText", "ComboBox", "ListItem", "MenuItem", "Row", "Link", "ColumnHeader"]);

const upright = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const lying = { ...upright, viewport: { width: 844, height: 390 } };

/** In this order from page to page, with what is seen once each is there. */
const pages = [
    ["/devices", /^gate-01, /],
    ["/devices/gate-01", /^CPU: /],
    ["/devices/gate-01/containers", "No container engine"],
    ["/devices/gate-01/methods", /^Sys\.GetInfo|^Container\.List/],
    ["/devices/gate-01/shadow", /^muster\.engine: /],
    ["/devices/gate-01/history", /Key accepted/],
    ["/approvals", /^gate-02, /],
    ["/approvals/gate-02", /^The six words/],
    ["/commands", "Of one device: its id"],
];

describe("a phone", () => {
    const scene = setScene(async (house) => {
        house.startAgent("gate-01");
        house.startAgent("gate-02");
        await house.acceptDevice("gate-01");
        await house.startDevices(12);
    }, { page: upright });

    /** All of it is large enough, and nothing hangs over the sides of the screen. */
    async function isMadeForFingers(where) {
        const { width } = scene.dashboard.page.viewportSize();
        for (const item of await scene.dashboard.screen()) {
            const what = `${where}: ${item.role} "${item.text}" ${JSON.stringify(item)}`;
            if (pressed.has(item.role))
                assert.ok(item.height >= target && item.width >= target, `too small: ${what}`);
            // Texts may be as wide as they were a frame ago.
            assert.ok(item.x >= 0 && item.x + item.width <= width + 8, `beyond the sides: ${what}`);
        }
    }
    const inputMode = () => scene.dashboard.page.evaluate(() => document.querySelector("body > input").inputMode);
    const inputModeBecomes = (wanted) => scene.dashboard.becomes(async () => (await inputMode()) === wanted, `inputmode ${wanted}`);

    test("the sign-in page, and the keyboards that it brings up", async () => {
        const { house, dashboard } = scene;
        await dashboard.load(house.url);
        await dashboard.toTheProgram();
        await isMadeForFingers("sign-in");
        await inputModeBecomes("text");
        await dashboard.press("Use a one-time link", { role: "Button" });
        await dashboard.press("One-time link", { role: "EditableText" });
        await inputModeBecomes("url");
        assert.equal(await dashboard.page.evaluate(() => document.activeElement.inputMode), "url", "the field that types has the focus");
        await dashboard.page.keyboard.type("typed");
        await dashboard.sees("One-time link", { role: "EditableText", value: "typed" });
    });

    test("a bar below, and cards instead of a table", async () => {
        const dashboard = await scene.open();
        await scene.signIn();
        const card = await dashboard.sees(/^gate-01, /, { role: "ListItem" });
        assert.ok(card.width > 350, "as wide as the screen");
        assert.ok((await dashboard.sees("Pages", { role: "PageTabList" })).y > 700, "under the thumb");
        assert.deepEqual(await dashboard.all(/./, { role: "ColumnHeader" }), []);
    });

    for (const [address, seen] of pages) {
        test(`${address} is made for fingers`, async () => {
            await scene.dashboard.go(address);
            await scene.dashboard.sees(seen);
            await isMadeForFingers(address);
        });
    }

    test("menus and dialogs are made for fingers", async () => {
        const { dashboard } = scene;
        await dashboard.press(/^Signed in as/);
        await dashboard.sees("Sign out", { role: "MenuItem" });
        await isMadeForFingers("menu");
        await dashboard.key("Escape");
        await dashboard.seesNot("Sign out");
        await dashboard.go("/approvals/gate-02");
        await dashboard.press("Accept…");
        await dashboard.sees("Accept gate-02?", { role: "Dialog" });
        await isMadeForFingers("dialog");
        await dashboard.press("Cancel", { role: "Button" });
        await dashboard.seesNot("Accept gate-02?");
    });

    test("a list moves under the finger, and what the finger began on is not pressed", async () => {
        const { dashboard } = scene;
        await dashboard.press("Devices", { role: "PageTab" });
        const card = await dashboard.sees(/^sim-1, /, { role: "ListItem" });
        const finger = await Finger.over(dashboard.page);
        const from = { x: 195, y: card.y + card.height / 2 };
        await finger.drag(from, { x: 195, y: from.y - 250 });
        const moved = await dashboard.sees(/^sim-1, /, { role: "ListItem" });
        assert.ok(card.y - moved.y > 150, `from ${card.y} to ${moved.y}`);
        await finger.up();
        assert.equal(await dashboard.address(), "/devices");
    });

    test("after a touch that the system took away, the next ones count", async () => {
        const { dashboard } = scene;
        const finger = await Finger.over(dashboard.page);
        const tab = await dashboard.sees("Commands", { role: "PageTab" });
        await finger.down(tab.x + tab.width / 2, tab.y + tab.height / 2);
        await finger.cancel();
        for (let i = 0; i < 3; ++i) {
            await finger.down(195, 500);
            await finger.move(195, 480);
            await finger.cancel();
        }
        assert.equal(await dashboard.address(), "/devices", "what was not let go is not pressed");
        await dashboard.press("Commands", { role: "PageTab" });
        await dashboard.isAt("/commands");
        await dashboard.press("Devices", { role: "PageTab" });
        await dashboard.isAt("/devices");
        const before = (await dashboard.sees(/^sim-4, /, { role: "ListItem" })).y;
        await finger.drag({ x: 195, y: 300 }, { x: 195, y: 450 });
        const after = (await dashboard.sees(/^sim-4, /, { role: "ListItem" })).y;
        await finger.up();
        assert.ok(after - before > 90, `from ${before} to ${after}`);
    });

    test("the keyboard stays away until something can be typed, and leaves room for it", async () => {
        const { dashboard } = scene;
        await dashboard.press("Commands", { role: "PageTab" });
        await inputModeBecomes("none");
        await dashboard.press("Of one device: its id", { role: "EditableText" });
        await inputModeBecomes("text");
        // As browsers tell of a keyboard that covers the lower half: Chromium has none here.
        await dashboard.page.evaluate(() => {
            Object.defineProperty(visualViewport, "height", { configurable: true, get: () => 420 });
            visualViewport.dispatchEvent(new Event("resize"));
        });
        await dashboard.becomes(async () => (await dashboard.screen())[0].height === 420, "the window is as high as what is left");
        const field = await dashboard.sees("Of one device: its id", { role: "EditableText" });
        assert.ok(field.y + field.height <= 420, "what is typed is seen");
        await dashboard.page.keyboard.type("sim-1");
        await dashboard.sees("Of one device: its id", { value: "sim-1" });
        await dashboard.page.evaluate(() => {
            delete visualViewport.height;
            visualViewport.dispatchEvent(new Event("resize"));
        });
        await dashboard.becomes(async () => (await dashboard.screen())[0].height === 844, "and takes the room back");
    });

    test("on its side: the same, with the rail", async () => {
        const { dashboard } = scene;
        await dashboard.page.setViewportSize(lying.viewport);
        for (const [address, seen] of pages) {
            await dashboard.go(address);
            await dashboard.sees(address === "/devices" ? /, last evidence / : seen);
            await isMadeForFingers(`${address} on its side`);
        }
    });
});
