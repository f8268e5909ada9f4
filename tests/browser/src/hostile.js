// SPDX-License-Identifier: GPL-3.0-or-later
import { startNodeDevice } from "./nodedevice.js";

/** What a page, a picture of Qt's rich text, a shell or a reader could take for something else than text. */
export const evil = (url) => `<img src="${url}/evil.png" onerror="alert(1)"><script>alert(2)</script><a href="javascript:alert(3)">x</a>"'&\u202E%s{{7*7}}`;

/** As wild as the protocol takes an id. */
export const evilId = "javascript:alert@1";

/**
 * A device that says nothing but hostile things wherever it may say a text.
 * @returns it, accepted where `accept` says so
 */
export async function startHostileDevice(house, { id = evilId, accept = true } = {}) {
    const text = evil(house.url);
    const long = `${text} ${"x".repeat(3000)}`;
    const device = await startNodeDevice(house, id, {
        accept,
        authentication: {
            agent: { name: text, version: text },
            machine: { os: text, arch: text, hostname: text, kernel: text, model: text, cpus: 1 },
        },
        methods: {
            "rpc.discover": () => ({
                openrpc: "1.3.2",
                info: { title: text, version: text },
                methods: [
                    { name: "Evil.Do", summary: text, description: long, params: [{ name: "x", description: text, schema: { type: "string", title: text, description: text, default: text, enum: [text, "y"] } }], result: { name: text, schema: {} } },
                    { name: `Evil.${text}`, summary: text, params: [] },
                ],
            }),
            "Container.List": () => ({ engine: { name: text, version: text, api: text }, containers: [{ id: "c1", name: text, image: text, state: "running", status: text, project: text, health: text, created_at: text }] }),
            "Container.Stats": () => ({ containers: [], unavailable: text }),
            "Evil.Do": () => ({ [text]: long }),
        },
    });
    if (accept)
        await device.call("Event.Report", { events: [{ name: "evil", time: Math.round(device.serverNow()), data: { [text]: text }, source: text.slice(0, 64) }] });
    return device;
}
