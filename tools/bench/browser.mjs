// SPDX-License-Identifier: GPL-3.0-or-later
// Measures the dashboard in Chromium: node browser.mjs LINK SECONDS. Prints JSON. Stands beside tests/browser/src.
import { Dashboard, launchBrowser } from "./src/dashboard.js";

const [link, seconds] = process.argv.slice(2);
const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];

const browser = await launchBrowser();
try {
    const dashboard = await Dashboard.open(browser);
    let messages = 0;
    dashboard.page.on("websocket", (socket) => socket.on("framereceived", () => { messages += 1; }));
    await dashboard.load(link);
    const cold = await dashboard.marks();
    await dashboard.sees(/^Live/);
    const again = [];
    for (let i = 0; i < 5; ++i) {
        await dashboard.reload();
        again.push((await dashboard.marks())["first-frame"]);
    }
    await dashboard.sees(/^Live/);
    await dashboard.sees(/^sim-/);
    messages = 0;

    const watched = await dashboard.page.evaluate((ms) => new Promise((resolve) => {
        const tasks = [];
        let frames = 0, open = true;
        new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: "longtask" });
        const frame = () => {
            frames += 1;
            if (open)
                requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
        setTimeout(() => {
            open = false;
            resolve({ tasks, frames });
        }, ms);
    }), 1000 * seconds);
    console.log(JSON.stringify({
        first_frame_cold_ms: cold["first-frame"],
        phases_cold_ms: cold,
        first_frame_again_ms: median(again),
        longest_task_ms: Math.max(0, ...watched.tasks),
        tasks_over_50_ms: watched.tasks.length,
        frames_a_second: watched.frames / seconds,
        messages_a_second: messages / seconds,
    }));
} finally {
    await browser.close();
}
