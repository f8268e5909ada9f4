// SPDX-License-Identifier: GPL-3.0-or-later
// Links that do not sign in any more, and sessions that end: the sign-in page says why.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setScene } from "../src/scene.js";

const password = "correct horse battery";

describe("not signed in any more", () => {
    const scene = setScene(async (house) => {
        await house.api("POST", "/users", { user: "olga", role: "operator", password });
    });
    const signInSeen = () => scene.dashboard.sees("Name", { role: "EditableText" });
    /** The page has begun anew with its form of HTML, above which it says why. */
    const leftSeen = async (why) => {
        const { dashboard } = scene;
        await dashboard.becomes(() => dashboard.page.evaluate(() => document.querySelector("#sign-in:not([hidden]) #left")?.textContent ?? "").then((text) => why.test(text)).catch(() => false),
            `the form says ${why}`);
    };
    const refused = [/the server responded with a status of 40[01]/];

    test("a link that was used already says so", async () => {
        const { house } = scene;
        const link = await house.signInLink("olga");
        await scene.dashboard.load(link);
        await scene.dashboard.sees("Devices", { role: "PageTab" });
        const dashboard = await scene.open();
        dashboard.allow(...refused);
        await dashboard.load(link);
        await dashboard.sees(/used|expired/, { role: "AlertMessage" });
        await signInSeen();
        assert.doesNotMatch(dashboard.page.url(), /sign-in/);
    });

    test("a link that never was one says so, in a page that is open already", async () => {
        const { house, dashboard } = scene;
        dashboard.allow(...refused);
        await dashboard.load(house.url);
        await dashboard.signInForm();
        await dashboard.page.evaluate(() => { location.hash = "/sign-in/nonsense"; });
        await dashboard.becomes(() => dashboard.page.evaluate(() => !location.hash.includes("sign-in") && performance.getEntriesByName("muster:first-frame").length > 0).catch(() => false),
            "the page takes the link");
        await dashboard.sees(/used|expired/, { role: "AlertMessage" });
        assert.doesNotMatch(dashboard.page.url(), /nonsense/);
    });

    test("a good link signs in, in a page that is open already", async () => {
        const { house, dashboard } = scene;
        const link = await house.signInLink("olga");
        await dashboard.page.evaluate((hash) => { location.hash = hash; }, link.split("#")[1]);
        await dashboard.sees("Signed in as olga", { role: "ButtonMenu" }).catch(async () => dashboard.sees("Signed in as olga"));
        assert.doesNotMatch(dashboard.page.url(), /sign-in/);
    });

    test("another session ends this one: the page says so, and is used again after a new sign-in", async () => {
        const { house, dashboard } = scene;
        dashboard.allow(...refused);
        await dashboard.go("/commands");
        const { items } = await house.api("GET", "/sessions");
        for (const session of items)
            await house.api("DELETE", `/sessions/${session.id}`);
        await leftSeen(/^Your session ended: ./);
        assert.equal(await dashboard.title(), "Muster");
        await dashboard.enter("olga", password);
        await dashboard.sees("Commands", { role: "Heading" });
        assert.equal(await dashboard.address(), "/commands");
    });

    test("an account is removed in mid-use", async () => {
        const { house, dashboard } = scene;
        dashboard.allow(...refused);
        await house.api("DELETE", "/users/olga");
        await leftSeen(/the account was removed/);
        // It is said once.
        await dashboard.reload();
        await leftSeen(/^$/);
    });

    test("a wrong password is said, and leaves the field to try again", async () => {
        const { house, dashboard } = scene;
        dashboard.allow(...refused);
        await house.api("POST", "/users", { user: "olga", role: "operator", password });
        await dashboard.toTheProgram();
        await dashboard.fill("Name", "olga");
        await dashboard.key("Tab");
        await dashboard.page.keyboard.type("not the password");
        await dashboard.key("Enter");
        await dashboard.sees(/password/i, { role: "AlertMessage" });
        await dashboard.page.keyboard.press("Control+a");
        await dashboard.page.keyboard.type(password);
        await dashboard.key("Enter");
        await dashboard.sees("Signed in as olga");
    });

    test("signs out by the menu, and stays so over a reload", async () => {
        const { dashboard } = scene;
        await dashboard.press("Signed in as olga");
        await dashboard.press("Sign out", { role: "MenuItem" });
        await leftSeen(/^You signed out\.$/);
        const { signed_in: stillIn } = await dashboard.page.evaluate(async () => (await fetch("api/v2/setup")).json());
        assert.equal(stillIn, false, "the session is over before the form is there");
        await dashboard.reload();
        await dashboard.signInForm();
        const { signed_in: signedIn } = await dashboard.page.evaluate(async () => (await fetch("api/v2/setup")).json());
        assert.equal(signedIn, false, "what is left of the cookie opens nothing");
    });

    test("a path where nothing is says so, and leads back", async () => {
        const { house, dashboard } = scene;
        dashboard.allow(/status of 404/);
        const answer = await dashboard.page.goto(`${house.url}/nothing/here`);
        assert.equal(answer.status(), 404);
        await dashboard.page.getByRole("link").first().click();
        await dashboard.signInForm();
    });
});
