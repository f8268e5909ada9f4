// SPDX-License-Identifier: GPL-3.0-or-later
// An account from its making to its end: by the form, by a link, in the audit, signed out by somebody else.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { Dashboard } from "../src/dashboard.js";
import { setScene } from "../src/scene.js";

const password = "correct horse battery";

describe("people", () => {
    const scene = setScene(async (house) => {
        await house.api("POST", "/users", { user: "anna", role: "admin", password });
    });
    let ida; // beside the other, in a browser of her own
    after(() => ida?.close());

    test("an admin signs in by the form and makes an account", async () => {
        const { house, dashboard } = scene;
        await dashboard.load(`${house.url}/#/people`);
        await dashboard.signInForm();
        await dashboard.enter("anna", password);
        await dashboard.isAt("/people");
        await dashboard.press("Add an account", { role: "Button" });
        await dashboard.sees("Add an account", { role: "Dialog" });
        await dashboard.fill("Name", "ida");
        await dashboard.press("Add", { role: "Button" });
        await dashboard.sees("ida may sign in now");
        const { items } = await house.api("GET", "/users?text=ida");
        assert.deepEqual([items[0].user, items[0].role, items[0].has_password], ["ida", "viewer", false]);
    });

    test("its link signs in another browser, once", async () => {
        const { dashboard } = scene;
        await dashboard.press("Make a sign-in link", { role: "Button" });
        const link = (await dashboard.sees(/#\/sign-in\//)).text;
        await dashboard.press("Close", { role: "Button" });
        ida = await Dashboard.open(scene.browser);
        await ida.load(link);
        await ida.sees("Signed in as ida");
        assert.deepEqual(await ida.all("People", { role: "PageTab" }), [], "a viewer manages nobody");
        assert.deepEqual(await ida.all("Audit", { role: "PageTab" }), []);
    });

    test("both are in the audit", async () => {
        const { dashboard } = scene;
        await dashboard.press("Audit", { role: "PageTab" });
        await dashboard.sees(/^Users.Create · ida by anna/, { role: "Row" });
        await dashboard.sees(/^SignInLinks.Create · ida by anna/, { role: "Row" });
        await dashboard.sees(/^Session.Redeem · ida by ida/, { role: "Row" });
        await dashboard.fill("What", "SignInLinks");
        await dashboard.seesNot(/^Users.Create · ida/, { role: "Row" });
        await dashboard.press(/^SignInLinks.Create · ida by anna/, { role: "Row" });
        await dashboard.sees(/^Who: anna/);
    });

    test("what they may see of the server has its key and no people", async () => {
        await ida.press("Settings", { role: "PageTab" });
        await ida.sees(/^Key words: \w+ \w+ \w+ \w+ \w+ \w+$/);
        await ida.sees("It takes the permission server.manage: an admin has it.");
        await ida.sees(/This one · from 127\.0\.0\.1/, { role: "Row" });
    });

    test("one is signed out from the other", async () => {
        const { dashboard } = scene;
        ida.allow(/the server responded with a status of 40[01]/);
        await dashboard.press("People", { role: "PageTab" });
        await dashboard.press(/^ida, Viewer/, { role: "Row" });
        await dashboard.press(/^Sign out ida from 127\.0\.0\.1/, { role: "Button" });
        await dashboard.sees("That session is signed out");
        await ida.becomes(() => ida.page.evaluate(() => document.querySelector("#sign-in:not([hidden]) #left")?.textContent ?? "").then((text) => /ended|signed out/i.test(text)).catch(() => false),
            "the form says why");
    });

    test("an account that goes takes its rights along", async () => {
        const { house } = scene;
        const { dashboard } = scene;
        await dashboard.press("Remove the account", { role: "Button" });
        await dashboard.sees("Remove ida?", { role: "Dialog" });
        // The keyboard begins on Cancel.
        await dashboard.key("ArrowRight");
        await dashboard.key("Enter");
        await dashboard.sees("The account is removed");
        assert.equal((await house.api("GET", "/users?text=ida")).total, 0);
    });
});
