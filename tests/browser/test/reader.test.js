// SPDX-License-Identifier: GPL-3.0-or-later
// The window for screen readers: what Chromium tells them of it, what is announced, and that a press and a text in it reach the program.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { away } from "../src/away.js";
import { startHostileDevice } from "../src/hostile.js";
import { setScene } from "../src/scene.js";

const password = "correct horse battery";

describe("a screen reader", () => {
    let hostile;
    const scene = setScene(async (house) => {
        await house.api("POST", "/users", { user: "anna", role: "admin", password });
        await house.startDevices(3);
        house.startAgent("gate-01");
        house.startAgent("gate-02");
    });
    after(() => hostile?.close());

    /** All that Chromium tells of the page to readers, as objects with role, name and properties. */
    async function tree() {
        const session = await scene.dashboard.context.newCDPSession(scene.dashboard.page);
        const { nodes } = await session.send("Accessibility.getFullAXTree");
        await session.detach();
        return nodes.filter((node) => !node.ignored).map((node) => ({
            role: node.role?.value,
            name: (node.name?.value ?? "").replace(/[\u2066-\u2069]/g, ""),
            value: node.value?.value,
            ...Object.fromEntries((node.properties ?? []).map(({ name, value }) => [name, value.value])),
        }));
    }

    /** Waits until a reader is told of it. @returns it */
    async function hears(role, name, more = {}) {
        const fits = (node) => node.role === role && (name instanceof RegExp ? name.test(node.name) : node.name === name)
            && Object.entries(more).every(([key, value]) => String(node[key]) === String(value));
        let seen = [];
        try {
            return await scene.dashboard.becomes(async () => {
                seen = await tree();
                return seen.find(fits);
            }, `${role} ${name}`);
        } catch (error) {
            throw new Error(`${error.message}\n${seen.map((node) => JSON.stringify(node)).join("\n")}`, { cause: error });
        }
    }

    /** Waits until it is said by a live region. */
    const isSaid = (what, region = "#said") => scene.dashboard.becomes(async () => {
        const lines = await scene.dashboard.page.locator(`${region} p`).allTextContents();
        return lines.some((line) => what.test(line.replace(/[\u2066-\u2069]/g, "")));
    }, `${region} says ${what}`);

    /** As a reader presses: what is pressed need not be seen. */
    const press = (selector, text) => scene.dashboard.page.locator(selector, { hasText: text }).first().dispatchEvent("click");
    const field = (name) => scene.dashboard.page.locator(`#mirror [aria-label="${name}"]`);

    /** Tags of all elements in the mirror and the live regions. */
    const tags = () => scene.dashboard.page.evaluate(() =>
        [...new Set([...document.querySelectorAll("#mirror *, #said *, #said-at-once *")].map((element) => element.tagName))].sort());

    test("is off until it is asked for, and Qt's own button is not there", async () => {
        const { house, dashboard } = scene;
        await dashboard.load(`${house.url}/#/devices`);
        await dashboard.toTheProgram();
        assert.equal(await dashboard.page.locator("#mirror *").count(), 0);
        const buttons = await dashboard.page.evaluate(() => {
            const found = [];
            const look = (root) => {
                for (const element of root.querySelectorAll("*")) {
                    if (element.tagName === "BUTTON")
                        found.push(element.textContent);
                    if (element.shadowRoot)
                        look(element.shadowRoot);
                }
            };
            look(document.getElementById("screen"));
            return found;
        });
        assert.deepEqual(buttons, []);
        await hears("button", "Turn on the screen reader's view");
    });

    test("is turned on by the page's first button, and signs in", async () => {
        const { dashboard } = scene;
        await press("#reader-switch", "Turn on");
        await hears("button", "Turn off the screen reader's view");
        await hears("textbox", "Name");
        await hears("textbox", "Password");
        assert.equal(await field("Password").getAttribute("type"), "password");
        await field("Name").fill("anna");
        await field("Password").fill(password);
        await dashboard.sees("Name", { role: "EditableText", value: "anna" });
        await field("Password").press("Enter");
        await dashboard.sees("Devices", { role: "PageTab" });
    });

    test("is told names, roles and states", async () => {
        const { dashboard } = scene;
        await hears("heading", /^Devices/);
        await hears("tab", "Devices", { selected: true });
        await hears("tab", /^Commands/, { selected: false });
        await hears("grid", "Devices");
        await hears("row", /^sim-0, /);
        await hears("radio", /^All/, { checked: "true" });
        await hears("radio", /^Offline/, { checked: "false" });
        await hears("textbox", "Filter by name");
        await press("#mirror button[role=radio]", /^Offline/);
        await hears("radio", /^Offline/, { checked: "true" });
        await hears("radio", /^All/, { checked: "false" });
        await press("#mirror button[role=radio]", /^All/);
        await dashboard.sees(/^sim-0, /, { role: "Row" });
    });

    test("a dialog is one, and what came of it is announced", async () => {
        const { dashboard } = scene;
        await press("#mirror button[role=tab]", /^Approvals/);
        await dashboard.isAt("/approvals");
        await press("#mirror [role=listitem] button", /gate-01.?, /);
        await press("#mirror button", /^Accept…$/);
        await hears("dialog", "Accept gate-01?", { modal: true });
        await press("#mirror [role=dialog] button", /^Accept$/);
        await isSaid(/^gate-01 is accepted/);
        await hears("StaticText", /^gate-01 is accepted/);
        await dashboard.go("/devices");
    });

    test("keeps its place: what stays is the same element", async () => {
        const { house, dashboard } = scene;
        await hears("row", /^sim-1, /);
        await field("Filter by name").focus();
        const kept = await Promise.all(["[role=grid]", "input", "button[role=tab]"].map((what) => dashboard.page.locator(`#mirror ${what}`).first().elementHandle()));
        await house.acceptDevice("gate-02");
        await hears("row", /^gate-02, /);
        for (const element of kept)
            assert.ok(await element.evaluate((there) => there.isConnected));
        assert.ok(await kept[1].evaluate((there) => document.activeElement === there), "a field that somebody is in stays so");
    });

    test("hears where the program's focus goes, and what is chosen", async () => {
        const { dashboard } = scene;
        await dashboard.press(/^sim-0, /, { role: "Row" });
        await dashboard.sees("sim-0", { role: "Heading" });
        await dashboard.go("/devices");
        await dashboard.becomes(async () => (await dashboard.all("Devices", { role: "Table" })).some((item) => item.focused), "the focus on the list");
        await dashboard.key("Home");
        await isSaid(/^(gate|sim)-0?\d, .*, row$/);
        await dashboard.key(" ");
        await isSaid(/(^|, )selected$/);
        await hears("row", /^(gate|sim)-/, { selected: true });
        await dashboard.key("Escape");
        await isSaid(/^not selected$/);
        assert.ok(!(await tree()).some((node) => node.role === "row" && node.selected));
    });

    test("a text typed in the mirror filters, and what is typed stays", async () => {
        const { dashboard } = scene;
        const find = dashboard.page.locator("#mirror input[aria-label='Filter by name']");
        await find.focus();
        await dashboard.page.keyboard.type("gate-01");
        await dashboard.seesNot(/^sim-0,/, { role: "Row" });
        await dashboard.sees(/^gate-01, /, { role: "Row" });
        assert.equal(await find.inputValue(), "gate-01");
        assert.ok(await find.evaluate((element) => document.activeElement === element), "Qt leaves the focus where it is");
        await dashboard.becomes(async () => await dashboard.page.locator("#mirror [role=row]").count() === 1, "one row in the mirror");
        await find.fill("");
        await dashboard.sees(/^sim-0,/, { role: "Row" });
    });

    test("a press opens a device, and the focus goes along", async () => {
        const { dashboard } = scene;
        await hears("row", /^gate-01, /);
        const row = dashboard.page.locator("#mirror [role=row] button", { hasText: "gate-01" });
        await row.focus();
        await dashboard.page.keyboard.press("Enter");
        await hears("heading", "gate-01");
        assert.match(await dashboard.address(), /^\/devices\/gate-01/);
        await hears("tab", "Containers");
        await dashboard.becomes(() => dashboard.page.evaluate(() => document.getElementById("mirror").contains(document.activeElement)), "the focus in the mirror");
    });

    test("the palette works by presses", async () => {
        const { dashboard } = scene;
        await press("#mirror button", /^Search devices/);
        await hears("dialog", "Search", { modal: true });
        await hears("button", /^Approvals, Page/);
        await press("#mirror [role=listitem] button", /Approvals.?, /);
        await dashboard.isAt("/approvals");
    });

    test("hostile texts are text", async () => {
        const { house, dashboard } = scene;
        hostile = await startHostileDevice(house);
        const asked = [];
        dashboard.page.on("request", (request) => asked.push(request.url()));
        const there = "/devices/javascript:alert@1";
        for (const [address, role, name] of [["/devices", "row", /^javascript:alert@1, /], [there, "StaticText", /<img src=/],
            [`${there}/methods`, "button", /^Evil\.Do\..*<script>/], [`${there}/history`, "button", /evil.*<img src=/]]) {
            await dashboard.go(address);
            await hears(role, name);
            const seen = await tags();
            assert.deepEqual(seen.filter((tag) => !["BUTTON", "DIV", "INPUT", "P", "SPAN", "TEXTAREA"].includes(tag)), [], address);
        }
        assert.deepEqual(asked.filter((url) => /evil/.test(url)), []);
        // As Qt's own bridge would.
        const written = await dashboard.page.evaluate(() => {
            const element = document.createElement("div");
            element.innerHTML = "<img src=x>";
            return [element.childElementCount, element.textContent];
        });
        assert.deepEqual(written, [0, "<img src=x>"]);
    });

    test("is still on after a reload, and empty once it is turned off", async () => {
        const { dashboard } = scene;
        await dashboard.go("/devices");
        await dashboard.reload();
        await hears("row", /^gate-01, /);
        await press("#reader-switch", "Turn off");
        await dashboard.becomes(async () => await dashboard.page.locator("#mirror *").count() === 0, "an empty mirror");
        await press("#reader-switch", "Turn on");
        await hears("row", /^gate-01, /);
    });

    test("that the window is not live is said at once", async () => {
        const { house, dashboard } = scene;
        dashboard.allow(...away);
        await house.end("musterd", "SIGKILL");
        await isSaid(/^Not live\./, "#said-at-once");
        await hears("StaticText", /^Not live: /);
    });
});
