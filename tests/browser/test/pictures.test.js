// SPDX-License-Identifier: GPL-3.0-or-later
// The browser draws the same as the desktop program of the same state: nothing is missing, elsewhere, or of another colour.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { PNG } from "pngjs";
import { desktopPicture } from "../src/desktop.js";
import { until } from "../src/house.js";
import { startNodeDevice } from "../src/nodedevice.js";
import { differences } from "../src/picture.js";
import { setScene } from "../src/scene.js";

/** Address, page of the desktop program, and what is seen once the page has all it shows. */
const pages = [
    ["/devices", "devices", /^sim-2, /],
    ["/devices/sim-0", "device/sim-0", /^Fingerprint: /],
    ["/devices/gate-02/containers", "device/gate-02/containers", "No container engine"],
    ["/devices/gate-02/methods", "device/gate-02/methods", /^Sys\.GetInfo\./],
    ["/approvals/gate-01", "approvals/gate-01", "Accept…"],
    ["/commands", "commands", /Sys\.GetInfo/],
];
const methods = {
    "rpc.discover": () => ({
        openrpc: "1.3.2",
        info: { title: "gate-02", version: "1" },
        methods: [
            { name: "Relay.Set", summary: "Switches a relay", params: [{ name: "on", required: true, schema: { type: "boolean" } }, { name: "number", schema: { type: "integer", minimum: 1, maximum: 8 } }] },
            { name: "Sys.GetInfo", summary: "Who this device is", params: [] },
        ],
    }),
};
const looks = [
    { theme: "light", viewport: { width: 1440, height: 900 }, pages },
    { theme: "dark", viewport: { width: 1440, height: 900 }, pages: [pages[0], pages[1], pages[4]] },
    { theme: "light", viewport: { width: 390, height: 844 }, pages: [pages[0], pages[5]], hasTouch: true, isMobile: true },
];

describe("pictures", () => {
    let device;
    const scene = setScene(async (house) => {
        // Devices that are away stay as they are.
        await house.startDevices(3);
        await house.end("muster-sim");
        await until(async () => (await house.api("GET", "/devices")).items.every(({ presence }) => presence.state === "offline"), "all are offline");
        await house.api("POST", "/commands", { device: "sim-1", method: "Sys.GetInfo" });
        house.startAgent("gate-01");
        await until(() => house.approvalOf("gate-01"), "gate-01 waits");
        device = await startNodeDevice(house, "gate-02", { methods });
    });
    after(() => device?.close());

    /** The page, once two pictures in a row are the same: nothing fades in or moves any more. */
    async function still() {
        const { dashboard } = scene;
        let last = null;
        for (;;) {
            const items = await dashboard.screen();
            const png = await dashboard.page.screenshot();
            if (last && differences(last, png, items).length === 0)
                return { png, items };
            last = png;
        }
    }

    for (const { theme, viewport, pages: shown, ...more } of looks) {
        for (const [address, page, seen] of shown) {
            const name = `${theme}-${viewport.width}-${page.replaceAll("/", "-")}`;
            test(name, async () => {
                if (page === shown[0][1]) {
                    await scene.open({ colorScheme: theme, viewport, ...more });
                    await scene.signIn();
                }
                const { house, dashboard } = scene;
                await dashboard.go(address);
                await dashboard.sees(seen);
                const { items } = await still();
                const png = await dashboard.picture(name);
                const other = await desktopPicture(house, page, { name, theme, viewport });
                assert.deepEqual(differences(png, other, items), []);
            });
        }
    }

    test("whatever is painted over is found", async () => {
        const { png, items } = await still();
        const hidden = items.filter((item) => ["Heading", "Button", "PageTab"].includes(item.role) && item.y > 60);
        assert.ok(hidden.length >= 4);
        for (const item of hidden) {
            const picture = PNG.sync.read(png);
            // In the colour that it stands on.
            const at = 4 * (Math.max(0, item.y - 1) * picture.width + item.x);
            const colour = picture.data.subarray(at, at + 4);
            for (let y = item.y; y < item.y + item.height; ++y) {
                for (let x = item.x; x < Math.min(picture.width, item.x + item.width); ++x)
                    colour.copy(picture.data, 4 * (y * picture.width + x));
            }
            assert.notDeepEqual(differences(PNG.sync.write(picture), png, items), [], `${item.role} ${item.text}`);
        }
    });
});
