// SPDX-License-Identifier: GPL-3.0-or-later
import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

/** The same page as the desktop program draws it, on the same server. @returns PNG */
export async function desktopPicture(house, page, { name, theme, viewport: { width, height } }) {
    const file = path.join(process.env.MUSTER_PICTURES, `${name}-desktop.png`);
    await promisify(execFile)(path.join(process.env.MUSTER_BIN, "muster"),
        ["--screenshot", file, page, "--theme", theme, "--size", `${width}x${height}`],
        { env: { ...process.env, MUSTER_PROFILE: house.profile(), XDG_CONFIG_HOME: house.folder } });
    return fs.readFileSync(file);
}
