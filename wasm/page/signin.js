// SPDX-License-Identifier: GPL-3.0-or-later
// The form that signs in before the program starts: a real one, which password managers know, and which is there while the program
// still comes. What it does is one call of the operator API; the session is a cookie that no script sees.
"use strict";

(() => {
    const element = (id) => document.getElementById(id);
    const {word} = window.musterWords;
    const form = element("sign-in");
    const user = element("user");
    const password = element("password");
    const enter = element("enter");
    const refused = element("refused");

    /** A server that is slow to say whether somebody is signed in keeps nobody from the program, which asks by itself. */
    const askAtMost = 5000;
    const askAgain = 150;
    /** Addresses that sign in by themselves: the program takes them. */
    const isLink = (hash) => /^#\/(sign-in|setup)\//.test(hash);

    async function isNeeded() {
        if (isLink(location.hash))
            return false;
        try {
            const response = await fetch("api/v2/setup", {credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(askAtMost)});
            const state = response.ok ? await response.json() : {};
            return state.needed === false && state.signed_in === false;
        } catch {
            return false;
        }
    }

    /** Where the page keeps, over a reload, why nobody is signed in any more. */
    const leftKey = "muster.left";

    function takeLeft() {
        try {
            const left = sessionStorage.getItem(leftKey);
            sessionStorage.removeItem(leftKey);
            return left;
        } catch {
            return null; // a browser may forbid it; then nobody says why
        }
    }

    /** Begins anew, at the same address. @param reason in the server's words; empty: whoever was here has signed out */
    async function leave(reason) {
        try {
            sessionStorage.setItem(leftKey, reason);
        } catch {
            // as above
        }
        // The word that signs out is still on its way, and a reload would take it back.
        for (const since = performance.now(); performance.now() - since < askAtMost && !await isNeeded();)
            await new Promise((resolve) => setTimeout(resolve, askAgain));
        location.reload();
    }

    /** @param isWrong what was typed is to blame, and nothing else */
    function refuse(text, isWrong = false) {
        refused.textContent = text;
        for (const field of [user, password])
            field.setAttribute("aria-invalid", String(isWrong));
    }

    /** What the server said, as a sentence; it names the time that is to pass, where there is one. */
    async function reasonOf(response) {
        const message = await response.json().then((answer) => answer.error?.message).catch(() => null);
        if (typeof message !== "string" || message === "")
            return word("The server answered %1. Try again in a moment.", response.status);
        return `${message[0].toUpperCase()}${message.slice(1)}.`;
    }

    /** @returns whether it was let in */
    async function send() {
        let response;
        try {
            response = await fetch("api/v2/session", {
                method: "POST",
                credentials: "same-origin",
                headers: {"Content-Type": "application/json"},
                body: JSON.stringify({user: user.value.trim(), password: password.value}),
            });
        } catch {
            refuse(word("The server does not answer. Check the connection, then try again."));
            window.musterElsewhere.offer();
            return false;
        }
        if (response.ok)
            return true;
        refuse(await reasonOf(response), response.status === 401);
        return false;
    }

    function show(left) {
        form.hidden = false;
        element("left").textContent = left === null ? "" : left === "" ? word("You signed out.") : word("Your session ended: %1", left);
        element("loader").classList.add("signing-in");
        performance.mark("muster:sign-in");
        // A name that the browser has filled in leaves the password.
        (user.value === "" ? user : password).focus();
    }

    function hide() {
        form.hidden = true;
        element("loader").classList.remove("signing-in");
    }

    /** Resolves once the program may start: somebody is signed in, nobody needs to be, or the program itself is to ask. */
    async function passed() {
        const left = takeLeft();
        if (!await isNeeded())
            return;
        show(left);
        await new Promise((resolve) => {
            form.addEventListener("submit", async (event) => {
                event.preventDefault();
                if (enter.disabled)
                    return;
                enter.disabled = true;
                refuse("");
                const isIn = await send();
                enter.disabled = false;
                if (isIn)
                    return resolve();
                password.focus();
                password.select();
            });
            element("by-link").addEventListener("click", resolve);
            // A link that is opened where the page is open already.
            addEventListener("hashchange", () => isLink(location.hash) && resolve());
        });
        hide();
        password.value = "";
    }

    window.musterSignIn = {passed, hide, isLink, leave};
})();
