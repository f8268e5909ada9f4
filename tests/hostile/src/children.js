// SPDX-License-Identifier: GPL-3.0-or-later
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";

const children = new Set();
process.on("exit", () => {
    for (const child of children) child.kill("SIGKILL");
});
// Whoever is ended leaves nothing behind either.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

/**
 * Starts a program that ends with this one at the latest.
 * @param log file for what it says, appended; without it, that is thrown away
 * @returns {{child, exited}}: `exited` becomes [code, signal]
 */
export function launch([program, ...more], { log, env } = {}) {
    const output = log ? fs.openSync(log, "a") : "ignore";
    const child = spawn(program, more, { stdio: ["ignore", output, output], env });
    if (log) fs.closeSync(output);
    children.add(child);
    const exited = once(child, "exit").finally(() => children.delete(child));
    exited.catch(() => {}); // a program that is not there: whoever waits for it hears of it
    return { child, exited };
}
