// SPDX-License-Identifier: GPL-3.0-or-later
// What devices say is text, on every page: it becomes no element, no request, no dialog, no title, and the console stays empty.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { evilId, startHostileDevice } from "../src/hostile.js";
import { setScene } from "../src/scene.js";

describe("a hostile device", () => {
    const devices = [];
    const scene = setScene(async (house) => {
        devices.push(await startHostileDevice(house));
        devices.push(await startHostileDevice(house, { id: "waits", accept: false }));
        await house.api("POST", `/devices/${encodeURIComponent(evilId)}/rpc/Evil.Do`, {});
    });
    const asked = [];
    const dialogs = [];
    let elements;

    after(() => Promise.all(devices.map((device) => device.close())));

    /** Everything in the page and in Qt's shadow trees that is more than a box. */
    const countElements = () => scene.dashboard.page.evaluate(() => {
        const count = {};
        const look = (root) => {
            for (const element of root.querySelectorAll("*")) {
                if (["SCRIPT", "IMG", "A", "IFRAME", "OBJECT", "EMBED", "SVG", "LINK", "STYLE", "META", "FORM"].includes(element.tagName.toUpperCase()))
                    count[element.tagName] = (count[element.tagName] ?? 0) + 1;
                if (element.shadowRoot)
                    look(element.shadowRoot);
            }
        };
        look(document);
        return count;
    });

    async function isHarmless() {
        // What would be fetched or run is so once the page has drawn.
        await scene.dashboard.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        assert.deepEqual(await countElements(), elements);
        assert.deepEqual(dialogs, []);
        assert.deepEqual(asked.splice(0).filter((url) => /evil/.test(url)), [], "nothing that a device names is fetched");
        assert.doesNotMatch(await scene.dashboard.title(), /[<>]/);
    }

    test("the page before it is seen", async () => {
        const { dashboard } = scene;
        dashboard.page.on("request", (request) => asked.push(request.url()));
        dashboard.page.on("dialog", async (dialog) => {
            dialogs.push(dialog.message());
            await dialog.dismiss();
        });
        await dashboard.load(scene.house.url);
        await dashboard.toTheProgram();
        elements = await countElements();
        await scene.signIn();
        await isHarmless();
    });

    const there = `/devices/${encodeURIComponent(evilId).replaceAll("%3A", ":").replaceAll("%40", "@")}`;
    const places = [
        ["/devices", /^javascript:alert@1, Online/],
        [there, /<img src=/],
        [`${there}/containers`, /^<img src=.*alert\(2\)/],
        [`${there}/methods`, /^Evil\.Do\..*<script>/],
        [`${there}/history`, /^\d.*evil.*<img src=/],
        ["/approvals", /^waits, /],
        ["/approvals/waits", /<img src=/],
        ["/commands", "Commands"],
    ];
    for (const [address, seen] of places) {
        test(`${address.replace(there, "its page")} shows what it says as text`, async () => {
            const { dashboard } = scene;
            await dashboard.go(address);
            await dashboard.sees(seen);
            await isHarmless();
        });
    }

    test("the form of its method and the answer are text", async () => {
        const { dashboard } = scene;
        await dashboard.go(`${there}/methods`);
        await dashboard.press(/^Evil\.Do\./, { role: "ListItem" });
        await dashboard.sees("Evil.Do", { role: "Heading" });
        await dashboard.press("Call", { role: "Button" });
        await dashboard.sees("The answer", { value: /<img src=[^]*alert\(2\)/ });
        await isHarmless();
    });

    test("a search finds it, as text", async () => {
        const { dashboard } = scene;
        await dashboard.key("Control+k");
        await dashboard.page.keyboard.type("javascript");
        await dashboard.sees(/javascript:alert@1/);
        await isHarmless();
        await dashboard.key("Escape");
    });
});
