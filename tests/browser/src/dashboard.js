// SPDX-License-Identifier: GPL-3.0-or-later
import path from "node:path";
import { chromium } from "playwright-core";
import { patience, until } from "./house.js";

/** Chromium as Debian has it, drawing without a graphics card and speaking with nobody else. */
export function launchBrowser(more = []) {
    return chromium.launch({
        executablePath: process.env.MUSTER_CHROMIUM ?? "/usr/bin/chromium",
        args: ["--headless", "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
            "--disable-background-networking", "--no-first-run", "--disable-component-update", "--disable-sync", ...more],
    });
}

const isPattern = (what) => what instanceof RegExp;
const fits = (what, text) => (isPattern(what) ? what.test(text) : text === what);

/** The dashboard in a page of a browser, used as a person uses it: by what is seen, with mouse, finger and keys. */
export class Dashboard {
    #problems = [];
    #allowed = [];

    /** @param options of Playwright's newContext: viewport, hasTouch, isMobile, colorScheme … */
    static async open(browser, options = {}) {
        const dashboard = new Dashboard();
        dashboard.context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
        dashboard.page = await dashboard.context.newPage();
        dashboard.page.on("console", (message) => {
            if (["error", "warning"].includes(message.type()))
                dashboard.#problems.push(`${message.type()}: ${message.text()} (${message.location().url})`);
        });
        dashboard.page.on("pageerror", (error) => dashboard.#problems.push(`exception: ${error.stack}`));
        dashboard.touches = options.hasTouch === true;
        return dashboard;
    }

    close() {
        return this.context.close();
    }

    /** The browser itself logs what it could not fetch: a test in which that is the point says so. */
    allow(...patterns) {
        this.#allowed.push(...patterns);
    }

    /** @returns what the console said since the last time that it should not have said */
    takeProblems() {
        const problems = this.#problems.filter((text) => !this.#allowed.some((pattern) => pattern.test(text)));
        this.#problems = [];
        this.#allowed = [];
        return problems;
    }

    /** Goes to an address of the server and waits for the first frame, or for the form that signs in before the program starts. */
    async load(url) {
        await this.page.goto(url);
        await this.started();
    }

    async reload() {
        await this.page.reload();
        await this.started();
    }

    /** To another place, as by a link within the page or by hand in the address line: nothing is loaded. */
    async go(address) {
        await this.page.evaluate((hash) => { location.hash = hash; }, address);
        await this.isAt(address);
    }

    /** What the page itself says where there is no dashboard: heading, reason, details. Waits for it. */
    async failure() {
        await this.page.waitForFunction(() => performance.getEntriesByName("muster:failed").length > 0, null, { timeout: patience });
        const said = {};
        for (const part of ["what", "why", "details"])
            said[part] = await this.page.locator(`#${part}`).innerText();
        said.again = await this.page.locator("#again").isVisible();
        return said;
    }

    async started() {
        await this.page.waitForFunction(() => performance.getEntriesByName("muster:first-frame").length > 0
            || performance.getEntriesByName("muster:failed").length > 0 || document.querySelector("#sign-in:not([hidden])"), null, { timeout: patience });
        if (await this.isFailed())
            throw new Error(`the page says: ${await this.page.locator("#loader").innerText()}`);
    }

    /** The page's own form, which is there before the program. Waits for it. */
    async signInForm() {
        const form = this.page.locator("#sign-in");
        await form.waitFor({ timeout: patience });
        return form;
    }

    /** Fills in the form and sends it off. */
    async enter(name, password) {
        await this.signInForm();
        await this.page.fill("#user", name);
        await this.page.fill("#password", password);
        await this.page.click("#enter");
    }

    /** From the form to the program's own page for signing in. */
    async toTheProgram() {
        await this.signInForm();
        await this.page.click("#by-link");
        await this.sees("Sign in", { role: "Button" });
    }

    isFailed() {
        return this.page.evaluate(() => performance.getEntriesByName("muster:failed").length > 0);
    }

    /**
     * What is on the canvas, as its texts and where they are (see wasm/describe.h). Spaces that keep words together are spaces here, and
     * the marks around names that keep their letters' direction to themselves are gone.
     */
    async screen() {
        // A page that is on its way to the next one shows nothing.
        const items = await this.page.evaluate(() => window.muster?.describe() ?? []).catch((error) => {
            if (/Execution context was destroyed/.test(error.message))
                return [];
            throw error;
        });
        for (const item of items)
            item.text = item.text.replace(/[\u00a0\u202f]/g, " ").replace(/[\u2066-\u2069]/g, "");
        return items;
    }

    /** All that has the text (or fits the pattern), and the role and the value where they are named. */
    async all(what, wanted = {}) {
        return this.#fitting(await this.screen(), what, wanted);
    }

    #fitting(screen, what, { role, value }) {
        return screen.filter((item) => fits(what, item.text) && (!role || item.role === role) && (value === undefined || fits(value, item.value)));
    }

    /** Waits until something is seen. @returns it */
    async sees(what, options = {}) {
        const end = Date.now() + (options.timeout ?? patience);
        // A notice that said why is gone by the time that patience ends.
        const meanwhile = new Set();
        for (;;) {
            const screen = await this.screen();
            const [first] = this.#fitting(screen, what, options);
            if (first)
                return first;
            for (const item of screen)
                meanwhile.add(`${item.role}: ${item.text}`);
            if (await this.isFailed())
                throw new Error(`not seen: ${what}\nthe page says: ${await this.page.locator("#loader").innerText()}`);
            if (Date.now() > end) {
                const texts = screen.map((item) => `${item.role}: ${item.text}`);
                const gone = [...meanwhile].filter((text) => !texts.includes(text));
                throw new Error(`not seen: ${what}\non the screen:\n  ${texts.join("\n  ")}\nseen meanwhile:\n  ${gone.join("\n  ")}`);
            }
            await this.page.waitForTimeout(50);
        }
    }

    /** Waits until `look` gives something that is true, and gives that. */
    becomes(look, what) {
        return until(look, what, 100);
    }

    async seesNot(what, options = {}) {
        const end = Date.now() + patience;
        while ((await this.all(what, options)).length > 0) {
            if (Date.now() > end)
                throw new Error(`still seen: ${what}`);
            await this.page.waitForTimeout(50);
        }
    }

    /** Presses the middle of what is seen, once it stands still, with the mouse or the finger. */
    async press(what, options = {}) {
        let item = await this.sees(what, options);
        for (;;) {
            await this.#drawn();
            await this.page.waitForTimeout(100);
            const now = await this.sees(what, options);
            if (now.x === item.x && now.y === item.y)
                break;
            item = now;
        }
        const x = item.x + item.width / 2, y = item.y + item.height / 2;
        await (this.touches ? this.page.touchscreen.tap(x, y) : this.page.mouse.click(x, y));
        return item;
    }

    /** Waits for two frames: what has just come has its place only once it was drawn, which on a busy machine takes long. */
    #drawn() {
        return this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    }

    /** Types into the field with this name. */
    async fill(name, text) {
        await this.press(name, { role: "EditableText" });
        await this.page.keyboard.type(text);
    }

    key(name) {
        return this.page.keyboard.press(name);
    }

    /** What stands behind # in the address line. */
    address() {
        return this.page.evaluate(() => location.hash.slice(1));
    }

    async isAt(address) {
        await this.page.waitForFunction((wanted) => location.hash === `#${wanted}`, address, { timeout: patience });
    }

    title() {
        return this.page.title();
    }

    /** A picture for people, and for comparison. @returns PNG */
    picture(name) {
        return this.page.screenshot({ path: path.join(process.env.MUSTER_PICTURES, `${name}.png`) });
    }

    /** When each phase of the start was reached, in ms since the page was asked for. */
    marks() {
        return this.page.evaluate(() => Object.fromEntries(performance.getEntriesByType("mark").map((mark) => [mark.name.replace("muster:", ""), mark.startTime])));
    }
}
