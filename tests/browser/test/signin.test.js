// SPDX-License-Identifier: GPL-3.0-or-later
// The form that signs in before the program starts: a real one, for password managers, keyboards, screen readers and thumbs.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setScene } from "../src/scene.js";

const password = "correct horse battery";

describe("the sign-in form", () => {
    const scene = setScene(async (house) => {
        await house.startDevices(2);
        await house.api("POST", "/users", { user: "olga", role: "operator", password });
    });
    const said = (dashboard) => dashboard.page.locator("#refused").innerText();
    const saysSomething = (dashboard) => dashboard.becomes(() => said(dashboard), "what was refused");
    const focused = (dashboard) => dashboard.page.evaluate(() => document.activeElement.id);

    test("is one that password managers know, and has the focus", async () => {
        const { house, dashboard } = scene;
        await dashboard.load(`${house.url}/#/devices/sim-1`);
        await dashboard.signInForm();
        const attributes = await dashboard.page.evaluate(() => ["user", "password"].map((id) => {
            const field = document.getElementById(id);
            return [field.type, field.autocomplete, field.form.id, field.labels.length, field.required];
        }));
        assert.deepEqual(attributes, [["text", "username", "sign-in", 1, true], ["password", "current-password", "sign-in", 1, true]]);
        assert.equal(await dashboard.page.evaluate(() => document.querySelector("#sign-in [type=submit]").innerText), "Sign in");
        assert.equal(await focused(dashboard), "user");
        assert.equal(await dashboard.page.evaluate(() => performance.getEntriesByName("muster:first-frame").length), 0, "the program has not started");
    });

    test("a wrong password is said, and can be typed anew", async () => {
        const { dashboard } = scene;
        dashboard.allow(/status of 401/);
        await dashboard.enter("olga", "not the password");
        await saysSomething(dashboard);
        assert.equal(await said(dashboard), "The user name or the password is wrong.");
        assert.equal(await focused(dashboard), "password");
        assert.equal(await dashboard.page.getAttribute("#password", "aria-invalid"), "true");
        assert.equal(await dashboard.page.evaluate(() => document.cookie), "");
    });

    test("too many attempts are said with the time, and a server that is away with what to do", async () => {
        const { dashboard } = scene;
        dashboard.allow(/status of 429/, /status of 502/, /ERR_FAILED/);
        const answers = [
            { status: 429, contentType: "application/json", body: JSON.stringify({ error: { code: -32010, message: "too many failed attempts: try again in 3 min" } }) },
            null,
            { status: 502, contentType: "text/html", body: "<h1>Bad Gateway</h1>" },
        ];
        await dashboard.page.route("**/api/v2/session", (route) => {
            const answer = answers.shift();
            return answer ? route.fulfill(answer) : route.abort();
        });
        for (const wanted of [/^Too many failed attempts: try again in 3 min\.$/, /does not answer. Check the connection/, /answered 502/]) {
            await dashboard.enter("olga", password);
            await dashboard.becomes(async () => wanted.test(await said(dashboard)), `${wanted}`);
        }
        await dashboard.page.unroute("**/api/v2/session");
    });

    test("by keyboard alone it leads to the address that was asked for", async () => {
        const { dashboard } = scene;
        await dashboard.page.focus("#user");
        await dashboard.key("Control+a");
        await dashboard.page.keyboard.type("olga ");
        await dashboard.key("Tab");
        assert.equal(await focused(dashboard), "password");
        await dashboard.key("Control+a");
        await dashboard.page.keyboard.type(password);
        await dashboard.key("Enter");
        await dashboard.sees("sim-1", { role: "Heading" });
        assert.equal(await dashboard.address(), "/devices/sim-1");
        await dashboard.sees("Signed in as olga");
        assert.equal(await dashboard.page.inputValue("#password"), "", "the page keeps no password");
        const [cookie] = await dashboard.context.cookies();
        assert.equal(`${cookie.httpOnly} ${cookie.sameSite}`, "true Strict");
    });

    test("is not there for who is signed in", async () => {
        const { dashboard } = scene;
        await dashboard.reload();
        await dashboard.sees("sim-1", { role: "Heading" });
        assert.equal(await dashboard.page.evaluate(() => performance.getEntriesByName("muster:sign-in").length), 0);
    });

    test("is not there for a one-time link, and gives way to one", async () => {
        const { house } = scene;
        const dashboard = await scene.open();
        await dashboard.load(house.url);
        await dashboard.signInForm();
        const link = await house.signInLink("olga");
        await dashboard.page.evaluate((hash) => { location.hash = hash; }, link.split("#")[1]);
        await dashboard.sees("Signed in as olga");
        assert.doesNotMatch(dashboard.page.url(), /sign-in/);
        const other = await scene.open();
        await other.load(await house.signInLink("olga"));
        await other.sees("Signed in as olga");
        assert.equal(await other.page.evaluate(() => performance.getEntriesByName("muster:sign-in").length), 0);
    });

    const looks = [
        { colorScheme: "dark", viewport: { width: 1440, height: 900 } },
        { colorScheme: "light", viewport: { width: 1440, height: 900 } },
        { colorScheme: "light", viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
        // A phone on its side, with its keyboard up.
        { colorScheme: "dark", viewport: { width: 700, height: 200 }, hasTouch: true, isMobile: true },
    ];
    for (const look of looks) {
        const name = `${look.colorScheme}-${look.viewport.width}`;
        test(`fits the screen and the finger: ${name}`, async () => {
            const dashboard = await scene.open(look);
            dashboard.allow(/status of 401/);
            await dashboard.load(scene.house.url);
            await dashboard.enter("olga", "not the password");
            await saysSomething(dashboard);
            await dashboard.picture(`sign-in-${name}`);
            for (const id of ["user", "password", "enter", "by-link"]) {
                const place = dashboard.page.locator(`#${id}`);
                await place.scrollIntoViewIfNeeded();
                const { x, y, width, height } = await place.boundingBox();
                assert.ok(height >= 44 && width >= 44, `${id} is ${width} by ${height}`);
                assert.ok(x >= 0 && x + width <= look.viewport.width && y >= 0 && y + height <= look.viewport.height, `${id} can be reached`);
            }
        });
    }
});

describe("a server without accounts", () => {
    const scene = setScene(async () => {}, { house: { account: false } });

    test("shows no form: the program makes the first account", async () => {
        const { house, dashboard } = scene;
        await dashboard.load(house.url);
        await dashboard.sees(/^First start of /);
        assert.equal(await dashboard.page.evaluate(() => performance.getEntriesByName("muster:sign-in").length), 0);
    });
});
