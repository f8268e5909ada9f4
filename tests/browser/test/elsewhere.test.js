// SPDX-License-Identifier: GPL-3.0-or-later
// Another server of the same fleet: a page belongs to its own, and offers the other one while that is away or stands by.
import assert from "node:assert/strict";
import http from "node:http";
import { once } from "node:events";
import { after, describe, test } from "node:test";
import { away } from "../src/away.js";
import { setScene } from "../src/scene.js";

/** Answers everything with one answer, at a port of loopback. */
async function startServer(port, answer) {
    const server = http.createServer(answer);
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return {
        host: `127.0.0.1:${server.address().port}`,
        async stop() {
            server.closeAllConnections();
            server.close();
            await once(server, "close");
        },
    };
}

/** As musterd stands by. @param leader what it names */
const standingBy = (leader) => (request, response) => response.writeHead(request.url === "/healthz" ? 503 : 307, { "Muster-Leader": leader, Location: leader + request.url }).end("{}");

describe("another server of the fleet", () => {
    const scene = setScene();
    const running = [];
    const begin = async (port, answer) => {
        running.push(await startServer(port, answer));
        return running.at(-1);
    };
    const end = () => Promise.all(running.splice(0).map((server) => server.stop()));
    after(end);
    // To be sent on to another origin is what a page cannot do, and its browser says so.
    const sentOn = [...away, /blocked by CORS policy/, /net::ERR_(FAILED|ABORTED)/, /status of 503 .*healthz/, /Content Security Policy/];
    const keep = (servers) => scene.dashboard.page.evaluate((list) => window.muster.keepServers(JSON.stringify(list)), servers);

    test("while its own is away it offers one that it knows, and no other thing", async () => {
        const { house, dashboard } = scene;
        await scene.signIn();
        await dashboard.sees(/^Live/, { role: "Indicator" });
        const many = Array.from({ length: 10_000 }, (_, index) => `https://host${index}.example`);
        await keep([house.url, "javascript:alert(1)", "ftp://a.example", 7, null, "https://eva@a.example", "http://a.example", `https://${"a".repeat(10_240)}`, house.url, "http://127.0.0.1:9", ...many]);
        assert.equal(await dashboard.page.evaluate(() => JSON.parse(localStorage.getItem("muster.servers")).length), 8);
        dashboard.allow(...sentOn);
        await house.end("musterd", "SIGKILL");
        await dashboard.sees("Another server of this fleet may lead now", { role: "AlertMessage" });
        await dashboard.sees("Open 127.0.0.1:9", { role: "Button" });
    });

    test("what somebody has changed in the browser offers nothing", async () => {
        const { dashboard } = scene;
        dashboard.allow(...sentOn);
        await dashboard.page.evaluate(() => localStorage.setItem("muster.servers", "{\"a\": ["));
        await dashboard.seesNot(/^Open /, { role: "Button" });
    });

    test("one that stands by says who leads, and names nothing else", async () => {
        const { house, dashboard } = scene;
        dashboard.allow(...sentOn);
        for (const named of ["javascript:alert(1)", "ftp://a.example", "http://a.example", `http://127.0.0.1/${"a".repeat(8000)}`, house.url]) {
            await begin(house.port, standingBy(named));
            assert.equal(await dashboard.page.evaluate(() => window.musterElsewhere.find()), null, named);
            await end();
        }
    });

    test("pressed, it opens the same page there", async () => {
        const { house, dashboard } = scene;
        dashboard.allow(...sentOn);
        const leader = await begin(0, (request, response) => response.writeHead(200, { "Content-Type": "text/plain" }).end("the other one"));
        await begin(house.port, standingBy(`http://${leader.host}`));
        await dashboard.go("/commands");
        await dashboard.press(`Open ${leader.host}`, { role: "Button" });
        await dashboard.page.waitForURL(`http://${leader.host}/#/commands`);
        await end();
    });

    test("where no dashboard comes, the page has a link", async () => {
        const { house } = scene;
        await house.startServer();
        const dashboard = await scene.open();
        dashboard.allow(...sentOn);
        await scene.signIn();
        await keep([house.url, "http://127.0.0.1:9", "http://127.0.0.1:19"]);
        // Its program cannot be had any more.
        await dashboard.page.route("**/*.wasm", (route) => route.abort());
        await dashboard.page.route("**/healthz", (route) => route.abort());
        await dashboard.page.goto(`${house.url}/?again#/devices`);
        await dashboard.failure();
        const link = dashboard.page.locator("#elsewhere");
        await link.waitFor();
        assert.equal(await link.innerText(), "Open 127.0.0.1:9");
        assert.equal(await link.getAttribute("href"), "http://127.0.0.1:9/#/devices");
        // Who went there in vain is offered the next one, and in the end the first again.
        for (const port of [19, 9]) {
            await link.evaluate((one) => {
                one.addEventListener("click", (event) => event.preventDefault());
                one.click();
            });
            await dashboard.page.goto(`${house.url}/?after${port}#/devices`);
            await dashboard.failure();
            await link.waitFor();
            assert.equal(await link.innerText(), `Open 127.0.0.1:${port}`);
        }
    });
});
