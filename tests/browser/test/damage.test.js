// SPDX-License-Identifier: GPL-3.0-or-later
// What may go wrong before there is a dashboard, or end it: each ends in a page that says what is wrong, with a button to begin anew.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startProxy } from "../src/proxy.js";
import { setScene } from "../src/scene.js";

describe("a program that does not arrive as it left", () => {
    const scene = setScene();
    const flipped = (body, at) => {
        const damaged = Buffer.from(body);
        damaged[at] ^= 0xff;
        return damaged;
    };
    const damages = [
        // Behind the sections' sizes, where a compiler looks at each byte.
        ["bytes of the program are others", (path, body) => (path.endsWith(".wasm") ? flipped(body, 40) : body), "The program arrived damaged"],
        ["the program is an empty file", (path, body) => (path.endsWith(".wasm") ? Buffer.alloc(0) : body), "The program arrived damaged"],
        ["the program breaks off", (path, body) => (path.endsWith(".wasm") ? null : body), "The program did not arrive whole"],
        ["the program is something else", (path, body) => (path.endsWith(".wasm") ? Buffer.from("<html>Please sign in to this network</html>") : body), "The program arrived damaged"],
        ["the script around it was changed", (path, body) => (/\/muster-.*\.js$/.test(path) ? Buffer.concat([body, Buffer.from("\n//")]) : body), "The program is incomplete"],
        ["the script that loads it was changed", (path, body) => (/\/qtloader-.*\.js$/.test(path) ? flipped(body, 100) : body), "The program is incomplete"],
    ];
    for (const [what, change, said] of damages) {
        test(what, async () => {
            const proxy = await startProxy(scene.house.url, change);
            try {
                const dashboard = await scene.open();
                dashboard.allow(/integrity/, /ERR_CONTENT_LENGTH_MISMATCH|ERR_CONNECTION_RESET|ERR_INCOMPLETE/, /was preloaded using link preload/);
                await dashboard.page.goto(proxy.url);
                const failure = await dashboard.failure();
                assert.equal(failure.what, said);
                assert.match(failure.why, /Reload to fetch it again/);
                assert.ok(failure.again, "a button to reload");
                assert.equal(await dashboard.title(), `${said} – Muster`);
            } finally {
                await proxy.stop();
            }
        });
    }

    test("the script that signs in was changed", async () => {
        const proxy = await startProxy(scene.house.url, (path, body) => (/\/signin-.*\.js$/.test(path) ? flipped(body, 100) : body));
        try {
            const dashboard = await scene.open();
            dashboard.allow(/integrity/, /was preloaded using link preload/);
            await dashboard.page.goto(proxy.url);
            assert.equal((await dashboard.failure()).what, "The program is incomplete");
        } finally {
            await proxy.stop();
        }
    });

    for (const broken of [1, 2]) {
        test(`breaks off ${broken === 1 ? "once" : "twice"}: the page tries again by itself`, async () => {
            let left = broken;
            const proxy = await startProxy(scene.house.url, (path, body) => (path.endsWith(".wasm") && left-- > 0 ? null : body));
            try {
                const dashboard = await scene.open();
                dashboard.allow(/ERR_CONTENT_LENGTH_MISMATCH|ERR_CONNECTION_RESET|ERR_INCOMPLETE/, /was preloaded using link preload/, /WebSocket connection to/);
                await dashboard.page.goto(proxy.url);
                await dashboard.toTheProgram();
                assert.equal(await dashboard.isFailed(), false);
                assert.equal(await dashboard.page.evaluate(() => performance.getEntriesByName("muster:again").length), broken);
            } finally {
                await proxy.stop();
            }
        });
    }

    test("once it arrives whole, the button is enough", async () => {
        let damaged = true;
        const proxy = await startProxy(scene.house.url, (path, body) => (damaged && path.endsWith(".wasm") ? flipped(body, 40) : body));
        try {
            const dashboard = await scene.open();
            dashboard.allow(/was preloaded using link preload/, /WebSocket connection to/);
            await dashboard.page.route("**/*.wasm", (route) => route.continue({ headers: { ...route.request().headers(), "cache-control": "no-cache" } }));
            await dashboard.page.goto(proxy.url);
            assert.equal((await dashboard.failure()).what, "The program arrived damaged");
            damaged = false;
            await dashboard.page.locator("#again").click();
            await dashboard.signInForm();
        } finally {
            await proxy.stop();
        }
    });
});

describe("a program that comes slowly", () => {
    const scene = setScene();
    /** Half of the program has come, and the rest waits until `look` has looked. */
    async function halfway(look, prepare = async () => {}) {
        let release;
        const rest = new Promise((resolve) => { release = resolve; });
        const proxy = await startProxy(scene.house.url, (path, body) => (path.endsWith(".wasm") ? { body, rest } : body));
        try {
            const dashboard = await scene.open();
            dashboard.allow(/WebSocket connection to/);
            await prepare(dashboard);
            await dashboard.page.goto(proxy.url);
            await look(dashboard);
            release();
            await dashboard.toTheProgram();
        } finally {
            release();
            await proxy.stop();
        }
    }
    const bar = (dashboard) => dashboard.page.evaluate(() => document.getElementById("progress").getAttribute("value"));

    test("the bar moves with it, and the form is there meanwhile", () => halfway(async (dashboard) => {
        await dashboard.signInForm();
        await dashboard.becomes(async () => Number(await bar(dashboard)) >= 20, "a bar that has moved");
        assert.match(await dashboard.page.locator("#why").innerText(), /^\d+\.\d of \d+\.\d MB$/);
    }));

    test("of a later visit the bar at least shows that it goes on", () => halfway(async (dashboard) => {
        await dashboard.becomes(async () => (await bar(dashboard)) === null, "a bar without a value");
    }, async (dashboard) => {
        // It was here before, but the browser did not keep it.
        const { id } = await (await fetch(`${scene.house.url}/bundle.json`)).json();
        await dashboard.page.addInitScript((loaded) => localStorage.setItem("muster.loaded", loaded), id);
    }));
});

describe("a browser that cannot", () => {
    const scene = setScene();
    const opened = async (script) => {
        const dashboard = await scene.open();
        await dashboard.page.addInitScript(script);
        await dashboard.page.goto(scene.house.url);
        return dashboard;
    };

    test("has no WebGL", async () => {
        const dashboard = await opened(() => { HTMLCanvasElement.prototype.getContext = () => null; });
        dashboard.allow(/was preloaded using link preload/);
        const { what, why } = await dashboard.failure();
        assert.equal(what, "This browser draws no WebGL");
        assert.match(why, /hardware acceleration/);
    });

    test("has no WebAssembly", async () => {
        const dashboard = await opened(() => { delete window.WebAssembly; });
        dashboard.allow(/was preloaded using link preload/);
        assert.equal((await dashboard.failure()).what, "This browser is too old");
    });

    test("has too little memory", async () => {
        const dashboard = await opened(() => {
            WebAssembly.Memory = function () { throw new RangeError("WebAssembly.Memory(): could not allocate memory"); };
            WebAssembly.instantiate = () => Promise.reject(new RangeError("WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory for new instance"));
            WebAssembly.Instance = function () { throw new RangeError("WebAssembly.Instance(): Out of memory"); };
        });
        dashboard.allow(/wasm|memory/i);
        await dashboard.signInForm();
        await dashboard.page.click("#by-link");
        const { what, details } = await dashboard.failure();
        assert.equal(what, "This device has too little memory left");
        assert.match(details, /memory/);
    });

    test("forbids the page to keep anything, which is no harm", async () => {
        const dashboard = await opened(() => {
            Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("denied", "SecurityError"); } });
        });
        await dashboard.toTheProgram();
    });
});

describe("a program that ends", () => {
    const scene = setScene();

    test("loses its graphics", async () => {
        const dashboard = await scene.open();
        await dashboard.load(scene.house.url);
        await dashboard.toTheProgram();
        await dashboard.page.evaluate(() => {
            const [canvas] = [...document.querySelectorAll("#screen *")].flatMap((host) => [...host.shadowRoot?.querySelectorAll("canvas") ?? []]);
            (canvas.getContext("webgl2") ?? canvas.getContext("webgl")).getExtension("WEBGL_lose_context").loseContext();
        });
        dashboard.allow(/CONTEXT_LOST|context|Graphics device lost/i);
        const { what, again } = await dashboard.failure();
        assert.equal(what, "The browser took the graphics away");
        assert.ok(again);
    });

    test("says nothing for a while", async () => {
        const dashboard = await scene.open();
        await dashboard.load(scene.house.url);
        await dashboard.toTheProgram();
        await dashboard.page.evaluate(() => {
            window.muster.beat = () => {};
            // The clock that the watchdog looks at, ahead by more than it waits.
            const now = performance.now.bind(performance);
            performance.now = () => now() + 16_000;
        });
        const { what, why, again } = await dashboard.failure();
        assert.equal(what, "The dashboard has stopped");
        assert.match(why, /not answered for a while/);
        assert.ok(again);
        await dashboard.page.locator("#again").click();
        await dashboard.started();
    });
});
