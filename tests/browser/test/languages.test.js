// SPDX-License-Identifier: GPL-3.0-or-later
// The language: as the browser's is, until a person chooses; of the page before the program as of the program.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setScene } from "../src/scene.js";

const password = "correct horse battery";

describe("languages", () => {
    const scene = setScene(async (house) => {
        await house.api("POST", "/users", { user: "anna", role: "admin", password });
    });

    test("the form and the program speak the browser's", async () => {
        await scene.open({ locale: "fr-CA" });
        const { house, dashboard } = scene;
        await dashboard.load(`${house.url}/#/devices`);
        await dashboard.signInForm();
        assert.equal(await dashboard.page.locator("#sign-in-title").innerText(), "Se connecter à Muster");
        assert.equal(await dashboard.page.evaluate(() => document.documentElement.lang), "fr");
        await dashboard.enter("anna", password);
        await dashboard.sees("Appareils", { role: "Heading" });
    });

    test("another one is chosen, without losing the place, and stays over a reload", async () => {
        const { dashboard } = scene;
        await dashboard.press("Réglages", { role: "PageTab" });
        await dashboard.press("Deutsch");
        await dashboard.sees("Einstellungen", { role: "Heading" });
        await dashboard.isAt("/settings");
        await dashboard.reload();
        await dashboard.sees("Einstellungen", { role: "Heading" });
        assert.equal(await dashboard.page.evaluate(() => document.documentElement.lang), "de");
    });

    test("words that cannot be had leave English, and say so on the console", async () => {
        const { dashboard } = scene;
        dashboard.allow(/could not be (fetched|had)/, /Failed to load resource/);
        await dashboard.page.route(/\/fr-[0-9a-f]+\.qm$/, (route) => route.abort());
        await dashboard.press(/^fran.ais$/i);
        await dashboard.sees("Settings", { role: "Heading" });
        await dashboard.page.unroute(/\/fr-[0-9a-f]+\.qm$/);
        await dashboard.press("English");
        await dashboard.press(/^fran.ais$/i);
        await dashboard.sees("Réglages", { role: "Heading" });
    });

    test("every text of the page's own is there in each language", async () => {
        const { dashboard } = scene;
        const texts = await dashboard.page.evaluate(() => window.musterWords.texts);
        const of = (language) => Object.keys(texts[language]).sort();
        assert.deepEqual(of("de"), of("fr"));
        const sources = await dashboard.page.evaluate(async () => {
            const all = [];
            for (const { src } of document.scripts) {
                if (/(loader|program|reader|signin)-/.test(src))
                    all.push(await (await fetch(src)).text());
            }
            return all.join("\n");
        });
        // What fail(), trouble(), refuse() and progress() say.
        const said = [...sources.matchAll(/(?:fail|trouble|tell|progress)\((?:[\d.]+, )?"([^"]+)"(?:, "([^"]+)")?/g)].flatMap(([, ...parts]) => parts.filter(Boolean));
        assert.ok(said.length > 15, `${said.length}`);
        // What is said to screen readers: by word(), and of kinds of elements.
        said.push(...[...sources.matchAll(/word\((?:[\w.]+ \? )?"([^"]+)"(?: : "([^"]+)")?\)/g)].flatMap(([, ...parts]) => parts.filter(Boolean)));
        const [, kinds] = /const kinds = \{([^}]*)\}/.exec(sources);
        said.push(...[...kinds.matchAll(/: "([^"]+)"/g)].map(([, text]) => text));
        for (const text of said)
            assert.ok(text in texts.de, `not translated: ${text}`);
    });
});
