// SPDX-License-Identifier: GPL-3.0-or-later
// Fetches and compiles the program, and tries again by itself where the line broke. `window.musterProgram` is for the loader.
"use strict";

(() => {
    const program = JSON.parse(document.getElementById("program").textContent);
    const loadedKey = "muster.loaded";
    /** Before another try, in ms: a line that broke is there again mostly. */
    const pauses = [1000, 3000];
    /** Of a load that cannot be counted: after so long the bar shows that something goes on. */
    const slow = 700;

    /** What a person is told: heading, what to do, details for who asks for help. `passing`: another try may do. */
    const trouble = (what, why, details = "", passing = false) => Object.assign(new Error(what), {why, details, passing});

    function stored() {
        try {
            return localStorage.getItem(loadedKey);
        } catch {
            return null; // a browser may forbid it; nothing depends on it
        }
    }

    function store(id) {
        try {
            localStorage.setItem(loadedKey, id);
        } catch {
            // as above
        }
    }

    async function fetchProgram(again) {
        let response;
        try {
            // What a browser kept of a load that broke off is no help.
            response = await fetch(program.wasm.url, {credentials: "same-origin", cache: again ? "reload" : "default"});
        } catch (error) {
            throw trouble("The server does not answer", "The program could not be fetched. Check the connection, then reload.", String(error), true);
        }
        if (response.status === 404)
            throw trouble("The server has been updated meanwhile", "Reload to get the program that fits it.");
        if (!response.ok)
            throw trouble("The program could not be fetched", window.musterWords.word("The server answered %1. Try again in a moment.", response.status), "", response.status >= 500);
        return response;
    }

    /** The response again, with its bytes counted on their way to the compiler. */
    function counted(response, tell) {
        let come = 0;
        const total = program.wasm.size;
        const counter = new TransformStream({
            transform(chunk, controller) {
                come += chunk.byteLength;
                tell(0.9 * Math.min(1, come / total), `${(come / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`);
                controller.enqueue(chunk);
            },
        });
        return new Response(response.body.pipeThrough(counter), {headers: {"Content-Type": "application/wasm"}});
    }

    async function compileOnce(tell, again) {
        // A browser keeps compiled code for a response that comes to it untouched. So bytes are counted on the first visit alone:
        // later ones come out of its cache, at once; where they do not, the bar says no more than that it goes on.
        const seen = stored() === program.id;
        const waits = setTimeout(() => seen && tell(null, "Loading"), slow);
        try {
            const response = await fetchProgram(again);
            performance.mark("muster:response");
            return await WebAssembly.compileStreaming(seen ? response : counted(response, tell));
        } catch (error) {
            store("");
            if (error instanceof TypeError)
                throw trouble("The program did not arrive whole", "The connection broke while it came. Reload to fetch it again.", error.message, true);
            throw error;
        } finally {
            clearTimeout(waits);
        }
    }

    /** @param tell called with how far it is, 0 to 1 or null where nobody knows, and a text for people */
    async function compile(tell) {
        for (let tries = 0; ; ++tries) {
            try {
                const compiled = await compileOnce(tell, tries > 0);
                store(program.id);
                return compiled;
            } catch (error) {
                if (!error.passing || tries >= pauses.length)
                    throw error;
                performance.mark("muster:again");
                tell(0, "The connection broke: trying again");
                await new Promise((resolve) => setTimeout(resolve, pauses[tries]));
            }
        }
    }

    window.musterProgram = {...program, compile};
})();
