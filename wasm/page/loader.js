// SPDX-License-Identifier: GPL-3.0-or-later
// Starts the program (program.js fetches it, signin.js lets in), shows how far it is and what went wrong, and is the page that the program
// speaks with: `window.muster` is the other half of wasm/page.cpp.
"use strict";

(() => {
    const element = (id) => document.getElementById(id);
    const {word} = window.musterWords;
    const base = new URL(".", location.href);

    /** A program that says nothing for so long, on a page that is seen, has stopped. */
    const silence = 15000;
    const checkAgain = 2000;

    let module = null;
    let state = "loading"; // then "running", or "failed" for good
    let lastBeat = 0;
    let shownAddress = null;
    let arriving = false; // at an address that the browser has gone to already
    let nextCheck = 0;

    const mark = (phase) => performance.mark(`muster:${phase}`);
    mark("page");

    // --- what is shown while there is no dashboard ---

    /** @param part 0 to 1; null where nobody knows: then the bar only shows that it goes on */
    function progress(part, text) {
        if (part === null)
            element("progress").removeAttribute("value");
        else
            element("progress").value = Math.round(100 * part);
        element("why").textContent = word(text);
    }

    /** Ends in a page that says what is wrong and what to do. `details` are for who asks for help with it. */
    function fail(what, why, details = "") {
        if (state === "failed")
            return;
        state = "failed";
        mark("failed");
        window.musterSignIn?.hide();
        element("what").textContent = word(what);
        element("why").textContent = word(why);
        element("details").textContent = details;
        element("details").hidden = details === "";
        element("progress").hidden = true;
        element("again").hidden = false;
        element("screen").hidden = true;
        window.musterReader?.stop();
        element("loader").hidden = false;
        document.title = `${word(what)} – Muster`;
        element("again").focus();
        window.musterElsewhere?.offer();
    }

    const trouble = (what, why) => Object.assign(new Error(what), {why, details: ""});

    function explain(error) {
        // Known, and in words.
        if (error?.why)
            return fail(error.message, error.why, error.details);
        const text = String(error?.message ?? error);
        if (error instanceof RangeError || /out of memory|could not allocate|memory\.grow|Cannot enlarge memory/i.test(text))
            return fail("This device has too little memory left", "The dashboard needs about 200 MB. Close other pages, then reload.", text);
        if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError)
            return fail("The program arrived damaged", "Reload to fetch it again. If it stays so, something between here and the server changes it.", text);
        // Where the program was, for who looks for the reason.
        return fail("The dashboard has stopped", "Reload to start it again: everything it showed is on the server.", error?.stack ?? text);
    }

    // --- loading ---

    function checkBrowser() {
        if (typeof WebAssembly !== "object" || typeof WebAssembly.compileStreaming !== "function")
            throw trouble("This browser is too old", "The dashboard needs WebAssembly: use a current Firefox, Chrome, Edge or Safari.");
        const context = document.createElement("canvas").getContext("webgl2");
        if (!context)
            throw trouble("This browser draws no WebGL", "The dashboard needs WebGL 2. Switch on hardware acceleration in the browser's settings, or use another browser, muster --connect or musterctl.");
        // Browsers keep a small number of contexts: this one is not needed any more.
        context.getExtension("WEBGL_lose_context")?.loseContext();
    }

    async function compile() {
        const compiled = await window.musterProgram.compile(progress);
        mark("compiled");
        element("loader").classList.add("arrived");
        return compiled;
    }

    async function start() {
        checkBrowser();
        const parts = [window.muster_web_entry, window.qtLoad, window.musterProgram?.compile, window.musterElsewhere?.find, window.musterSignIn?.passed, window.musterReader?.start];
        if (parts.some((part) => typeof part !== "function"))
            throw trouble("The program is incomplete", "A part of it did not come, or was changed on its way. Reload to fetch it again.");
        // Who signs in meanwhile does not wait for it, and it starts with the session that it finds.
        const [compiled] = await Promise.all([compile(), window.musterSignIn.passed()]);
        progress(0.95, "Starting");
        module = await window.qtLoad({
            locateFile: (name) => new URL(name.endsWith(".wasm") ? window.musterProgram.wasm.url : name, base).href,
            print: (text) => console.log(text),
            printErr: (text) => console.error(text),
            qt: {
                module: Promise.resolve(compiled),
                entryFunction: (config) => {
                    // qtLoad gives the instance back only once main() has ended, which it never does.
                    const instance = window.muster_web_entry(config);
                    instance.then((made) => { module = made; });
                    return instance;
                },
                containerElements: [element("screen")],
                localFonts: {requestPermission: false, familiesCollection: "NoFontFamilies"},
                onLoaded: () => mark("instantiated"),
                onExit: (end) => explain(new Error(end.text ?? `It ended with ${end.code}.`)),
            },
        }) ?? module;
        mark("started");
    }

    // --- what stays ---

    function stored(key) {
        try {
            return localStorage.getItem(key);
        } catch {
            return null; // a browser may forbid it; nothing depends on it
        }
    }

    function store(key, value) {
        try {
            localStorage.setItem(key, value);
        } catch {
            // as above
        }
    }

    // --- title and icon ---

    function icon(waiting) {
        const size = 48;
        const count = waiting > 9 ? "9+" : String(waiting);
        const badge = waiting > 0
            ? `<circle cx="35" cy="13" r="13" fill="#d23b3b"/><text x="35" y="19" font-family="sans-serif" font-size="17" font-weight="700" text-anchor="middle" fill="#fff">${count}</text>`
            : "";
        const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><rect width="${size}" height="${size}" rx="10" fill="#2457d6"/><circle cx="24" cy="24" r="11" fill="none" stroke="#fff" stroke-width="4"/>${badge}</svg>`;
        document.querySelector("link[rel=icon]").href = `data:image/svg+xml,${encodeURIComponent(picture)}`;
    }

    // --- what the program calls ---

    window.muster = {
        server: () => base.href.replace(/\/$/, ""),

        /** What stands behind "#", decoded by nobody yet. A one-time link is erased from the address line and the history at once. */
        takeAddress: () => {
            const address = location.hash.slice(1);
            if (window.musterSignIn.isLink(location.hash))
                history.replaceState(null, "", location.pathname);
            return address;
        },

        /** Whether this device is worked with fingers, as well as it can be known before the first touch. */
        fingers: () => matchMedia("(pointer: coarse)").matches,

        /** What was chosen for the window in this browser, as text; null where nobody has. */
        choice: (name) => stored(`muster.${name}`),

        choose: (name, value) => store(`muster.${name}`, value),

        /** Fetches the words of a language, and hands them to the program; none where they cannot be had. */
        fetchWords: async (code) => {
            let words = new Uint8Array();
            try {
                const response = await fetch(new URL(JSON.parse(element("program").textContent).words[code], base));
                if (response.ok)
                    words = new Uint8Array(await response.arrayBuffer());
            } catch (error) {
                console.warn(`The words of "${code}" could not be fetched: ${error.message}`);
            }
            module?.musterTakeWords(code, words);
        },

        show: (address, title, waiting, step) => {
            document.title = title;
            icon(waiting);
            if (address === shownAddress && location.hash === `#${address}`)
                return;
            const path = (of) => of.split("?")[0];
            // How a page is set is no step of the history, but where somebody was led to it.
            const replaces = shownAddress === null || arriving || (path(address) === path(shownAddress) && !step) || location.hash === `#${address}` || location.hash === "";
            shownAddress = address;
            if (replaces)
                history.replaceState(null, "", `#${address}`);
            else
                history.pushState(null, "", `#${address}`);
        },

        showTheme: (background) => {
            document.querySelector("meta[name=theme-color]").content = background;
            document.documentElement.style.setProperty("--background", background);
        },

        firstFrame: () => {
            mark("first-frame");
            if (state !== "loading")
                return;
            state = "running";
            lastBeat = performance.now();
            watchGraphics();
            element("screen").hidden = false;
            element("loader").hidden = true;
            window.musterReader.start(module);
        },

        /** What the window shows, for screen readers: see wasm/mirror.h. */
        mirror: (text) => window.musterReader.show(JSON.parse(text)),

        /** @param isUrgent may interrupt what a screen reader says */
        say: (text, isUrgent) => window.musterReader.say(text, isUrgent),

        beat: () => {
            lastBeat = performance.now();
        },

        /** Asks the server which program it has now; another one than this is said in the dashboard. */
        checkVersion: async () => {
            clearTimeout(nextCheck);
            try {
                const response = await fetch("bundle.json", {cache: "no-store", credentials: "same-origin"});
                // A server that has just begun looks through its program first, or builds another.
                if (response.status === 503)
                    nextCheck = setTimeout(window.muster.checkVersion, checkAgain);
                const now = response.ok ? await response.json() : null;
                if (now?.id && now.id !== window.musterProgram.id)
                    module?.musterSetOutdated();
            } catch {
                // The server went away again: the next connection asks again.
            }
        },

        save: (name, text) => {
            const url = URL.createObjectURL(new Blob([text], {type: "text/plain;charset=utf-8"}));
            const link = document.createElement("a");
            link.href = url;
            link.download = name;
            link.click();
            // The download has begun with the click, but some browsers read the address a little later.
            setTimeout(() => URL.revokeObjectURL(url), 60000);
        },

        keyboard: (kind) => window.musterKeyboard(kind),

        reload: () => location.reload(),

        /** @param servers of this fleet, as a list in JSON: for the time when this one is away */
        keepServers: (servers) => window.musterElsewhere.keep(JSON.parse(servers)),

        /** This server does not answer, or leads no more: the dashboard is told where another one is to be had. */
        lookElsewhere: async () => {
            const place = await window.musterElsewhere.find();
            module?.musterSetElsewhere(place?.host ?? "");
        },

        openElsewhere: () => window.musterElsewhere.open(),

        /** Somebody was signed in, and is not any more: the page begins anew with the form that password managers know. */
        signedOut: (reason) => window.musterSignIn.leave(reason),

        /** What is on the screen, as texts and places: for whoever writes a test, or asks for help with what they see. */
        describe: () => JSON.parse(module?.musterDescribe() ?? "[]"),
    };

    // --- what the browser tells ---

    function navigate() {
        if (state !== "running" || location.hash === `#${shownAddress}`)
            return;
        // A one-time link is for whoever opens it, also where the page is open already: the program takes it as it starts.
        if (window.musterSignIn.isLink(location.hash))
            return location.reload();
        shownAddress = location.hash.slice(1);
        arriving = true;
        module?.musterNavigate(window.muster.takeAddress());
        arriving = false;
    }
    addEventListener("popstate", navigate);
    addEventListener("hashchange", navigate);

    document.addEventListener("visibilitychange", () => {
        lastBeat = performance.now(); // hidden pages are given little time: their silence means nothing
        if (state === "running")
            module?.musterSetVisible(!document.hidden);
    });

    setInterval(() => {
        if (state === "running" && !document.hidden && performance.now() - lastBeat > silence)
            fail("The dashboard has stopped", "It has not answered for a while. Reload to start it again: everything it showed is on the server.");
    }, 1000);

    // What the program cannot go on after: an abort, or a trap of WebAssembly.
    addEventListener("error", (event) => {
        if (event.error instanceof WebAssembly.RuntimeError || state === "loading")
            explain(event.error ?? event.message);
    });
    addEventListener("unhandledrejection", (event) => {
        if (event.reason instanceof WebAssembly.RuntimeError)
            explain(event.reason);
    });
    function watchGraphics() {
        // The canvas stands in a shadow tree of Qt's, which this event does not leave.
        for (const host of element("screen").querySelectorAll("*")) {
            host.shadowRoot?.addEventListener("webglcontextlost", (event) => {
                fail("The browser took the graphics away", "This happens when the graphics driver restarts, or memory is short. Reload to go on.", event.statusMessage ?? "");
            }, true);
        }
    }

    element("again").addEventListener("click", () => location.reload());

    start().catch(explain);
})();
