// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { once } from "node:events";
import fs from "node:fs";
// The device in Node of tests/interop, which tests/hostile/run brings along.
import { Device } from "../device/device.js";
import { PrivateKey, PublicKey } from "../device/keys.js";

/**
 * A device that is not connected yet.
 * @param server a Server, or what it tells others: {deviceUrl, cloudKeyPath, ca}
 * @param more `from`: own address; `forwardedFor`: the address that a proxy would tell; and what Device takes
 */
export function makeDevice(server, deviceId, { from, forwardedFor, key = PrivateKey.generate("EdDSA"), ...more } = {}) {
    return new Device({
        url: server.deviceUrl,
        deviceId,
        key,
        cloudKey: new PublicKey(fs.readFileSync(server.cloudKeyPath, "utf8")),
        connection: { ca: server.ca, lookup: server.lookup, localAddress: from, headers: forwardedFor ? { "X-Forwarded-For": forwardedFor } : {} },
        ...more,
    });
}

/** One that waits for a person. */
export async function pendingDevice(server, deviceId, more) {
    const device = makeDevice(server, deviceId, more);
    assert.equal((await device.connect()).status, "pending");
    return device;
}

export async function approvalOf(server, deviceId) {
    const { items } = await server.api("GET", `/approvals`);
    return items.find((item) => item.device_id === deviceId);
}

/** One that a person has accepted. */
export async function acceptedDevice(server, deviceId, more) {
    const device = await pendingDevice(server, deviceId, more);
    const { id, fingerprint } = await approvalOf(server, deviceId);
    const decided = once(device, "status");
    await server.api("POST", `/approvals/${id}/accept`, { fingerprint });
    assert.equal((await decided)[0].status, "accepted");
    return device;
}
