// SPDX-License-Identifier: GPL-3.0-or-later
// Where another server of the same fleet is to be had while this one stands by or is away. A page belongs to the server that it came from, and
// may ask no other: all that it can do is to offer a link.
"use strict";

(() => {
    const base = new URL(".", location.href);
    const key = "muster.servers";
    const triedKey = "muster.servers.tried";
    /** As protocol/rpc/serveraddresses.h has them. */
    const most = 8;
    const longest = 300;
    const askAtMost = 5000;
    const onThisMachine = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

    let found = null;
    let looking = null;

    /** @returns a server's address that is another than this page's, and as safe; null for what is none */
    function safe(text) {
        if (typeof text !== "string" || text.length > longest || !URL.canParse(text))
            return null;
        const url = new URL(text);
        const isSafe = url.protocol === "https:" || (url.protocol === "http:" && base.protocol === "http:" && onThisMachine.test(url.hostname));
        if (!isSafe || url.username || url.password || url.search || url.hash)
            return null;
        if (!url.pathname.endsWith("/"))
            url.pathname += "/";
        return url.href === base.href ? null : url;
    }

    /** @param servers what this server told, itself first, by whatever name; takes the place of what was told before */
    function keep(servers) {
        const good = servers.slice(1).map(safe).filter((url) => url !== null).slice(0, most);
        try {
            localStorage.setItem(key, JSON.stringify(good.map((url) => url.href)));
        } catch {
            // a browser may forbid it; nothing depends on it
        }
    }

    /** A list that was kept. @param store where */
    function kept(store, name) {
        try {
            return JSON.parse(store().getItem(name) ?? "[]").map(safe).filter((url) => url !== null);
        } catch {
            return []; // as above, or somebody has changed it
        }
    }

    /** One of the others: where somebody went from here already, and came back, is not named before the rest. */
    function known() {
        const all = kept(() => localStorage, key);
        const tried = kept(() => sessionStorage, triedKey).map((url) => url.href);
        return all.find((url) => !tried.includes(url.href)) ?? all[0] ?? null;
    }

    /** @param url where somebody goes now; when all have had their turn, the first has it again */
    function noteTried(url) {
        const tried = kept(() => sessionStorage, triedKey).map((one) => one.href);
        const all = kept(() => localStorage, key);
        const next = [...tried, url.href];
        try {
            sessionStorage.setItem(triedKey, JSON.stringify(all.every((one) => next.includes(one.href)) ? [] : next));
        } catch {
            // as above
        }
    }

    async function look() {
        let health;
        try {
            health = await fetch(new URL("healthz", base), {cache: "no-store", credentials: "omit", redirect: "error", signal: AbortSignal.timeout(askAtMost)});
        } catch {
            return known();
        }
        if (health.ok)
            return null;
        // One that stands by says who leads. What stands before a server that is away says something else than 503 mostly.
        return safe(health.headers.get("Muster-Leader")) ?? (health.status === 503 ? null : known());
    }

    /** @returns where another server is, as a URL; null where this one answers, or nobody knows another */
    function find() {
        looking ??= look().then((url) => {
            looking = null;
            found = url;
            return url;
        });
        return looking;
    }

    /** The page that is open here, as the other server has it. */
    const samePage = (url) => url.href + location.hash;

    function open() {
        if (!found)
            return;
        noteTried(found);
        location.assign(samePage(found));
    }

    /** Shows a link in the page, while there is no dashboard, or hides it. */
    async function offer() {
        const url = await find();
        const link = document.getElementById("elsewhere");
        link.hidden = url === null;
        if (url === null)
            return;
        link.href = samePage(url);
        link.onclick = () => noteTried(url);
        link.textContent = window.musterWords.word("Open %1", url.host);
    }

    window.musterElsewhere = {keep, find, open, offer};
})();
