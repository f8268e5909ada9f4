
// SPDX-License-Identifier: GPL-3.0-or-later
// Asks every second how far the browser program is, and gives way to it when it is there.
"use strict";

const everyMs = 1000;
const element = (id) => document.getElementById(id);

function show(title, told, failed) {
    element("title").textContent = title;
    element("told").textContent = told;
    element("told").className = failed ? "failed" : "";
    element("bar").hidden = failed;
    element("next").hidden = failed;
    element("help").hidden = !failed;
}

function showProgress(progress) {
    if (progress.state === "failed")
        return show("The dashboard could not be built", progress.text || "No reason was given.", true);
    const percent = Number(progress.percent) || 0;
    element("bar").value = percent;
    show("The dashboard is being built", `${progress.text || "Building"}: ${percent} %`, false);
}

async function ask() {
    try {
        const answer = await fetch("bundle.json", { cache: "no-store" });
        // The address keeps what stands behind its #: a one-time link opened now works then. Gone altogether: the page says so.
        if (answer.ok || answer.status === 404)
            return location.reload();
        showProgress(await answer.json());
    } catch {
        element("told").textContent = "The server does not answer; trying again…";
    }
    setTimeout(ask, everyMs);
}

ask();
