// SPDX-License-Identifier: GPL-3.0-or-later
import http from "node:http";
import https from "node:https";

/**
 * One request, as a well-behaved client sends it.
 * @param url where
 * @param options `method`, `headers`, `body` (a value: goes as JSON), `ca`, `agent`, `from` (own address), `lookup`, `within` (ms)
 * @returns {{status, headers, text, json}}
 */
export function request(url, { method = "GET", headers = {}, body, ca, agent, from, lookup, within = 20_000 } = {}) {
    const kind = url.startsWith("https:") ? https : http;
    const data = body === undefined ? undefined : JSON.stringify(body);
    const content = data === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(data) };
    return new Promise((resolve, reject) => {
        const sent = kind.request(url, { method, headers: { ...content, ...headers }, ca, agent: agent ?? false, localAddress: from, lookup }, (answer) => {
            const pieces = [];
            answer.on("data", (piece) => pieces.push(piece));
            answer.on("error", reject);
            answer.on("end", () => {
                clearTimeout(late);
                const text = Buffer.concat(pieces).toString();
                resolve({
                    status: answer.statusCode,
                    headers: answer.headers,
                    text,
                    get json() {
                        return text === "" ? null : JSON.parse(text);
                    },
                });
            });
        });
        const late = setTimeout(() => sent.destroy(new Error(`${method} ${url}: no answer within ${within / 1000} s`)), within);
        sent.on("error", (error) => {
            clearTimeout(late);
            reject(error);
        });
        sent.end(data);
    });
}

/** Connections that are kept and used again. */
export const keepAlive = (url) => new (url.startsWith("https:") ? https : http).Agent({ keepAlive: true, maxSockets: 4 });
