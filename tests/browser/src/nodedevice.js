// SPDX-License-Identifier: GPL-3.0-or-later
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
// The device in Node of tests/interop, which tests/browser/run brings along.
import { Device } from "../device/device.js";
import { PrivateKey, PublicKey } from "../device/keys.js";

/**
 * A device that says what a test wants it to say, and nothing else: it reports no health.
 * @param more for the Device: `methods`, `authentication`
 * @returns it, accepted where `accept` says so
 */
export async function startNodeDevice(house, id, { accept = true, ...more } = {}) {
    const device = new Device({
        url: house.deviceUrl,
        deviceId: id,
        key: PrivateKey.generate("EdDSA"),
        cloudKey: new PublicKey(fs.readFileSync(path.join(house.data, "keys", "cloud_public.pem"), "utf8")),
        ...more,
    });
    await device.connect();
    if (accept) {
        const decided = once(device, "status");
        await house.acceptDevice(id);
        await decided;
    }
    return device;
}
