// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * Reads the next answer out of `bytes` (RFC 9112).
 * @param method of the request; an answer to HEAD has no body, whatever its headers say
 * @param ended whether no more comes
 * @returns {{value: {status, reason, version, headers, body}, used}}, or null while it is not whole; throws where it is no answer
 */
export function readResponse(bytes, method, ended) {
    const end = bytes.indexOf("\r\n\r\n");
    if (end < 0) return null;
    const [line, ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
    const status = /^(HTTP\/1\.[01]) ([1-5]\d\d)(?: (.*))?$/.exec(line);
    if (!status) throw new Error(`no answer begins like this: ${line.slice(0, 100)}`);
    const headers = {};
    for (const one of lines) {
        const colon = one.indexOf(":");
        const name = one.slice(0, colon).toLowerCase();
        headers[name] = name in headers ? `${headers[name]}, ${one.slice(colon + 1).trim()}` : one.slice(colon + 1).trim();
    }
    const value = { version: status[1], status: Number(status[2]), reason: status[3] ?? "", headers, body: Buffer.alloc(0) };
    const start = end + 4;
    if (method === "HEAD" || value.status < 200 || value.status === 204 || value.status === 304) return { value, used: start };
    if (/chunked/i.test(headers["transfer-encoding"] ?? "")) {
        const chunked = readChunks(bytes, start);
        return chunked && { value: { ...value, body: chunked.body }, used: chunked.used };
    }
    const length = headers["content-length"];
    if (length === undefined) return ended ? { value: { ...value, body: bytes.subarray(start) }, used: bytes.length } : null;
    if (bytes.length < start + Number(length)) return null;
    return { value: { ...value, body: bytes.subarray(start, start + Number(length)) }, used: start + Number(length) };
}

function readChunks(bytes, start) {
    const pieces = [];
    for (let at = start; ;) {
        const end = bytes.indexOf("\r\n", at);
        if (end < 0) return null;
        const size = Number.parseInt(bytes.subarray(at, end).toString("latin1"), 16);
        if (bytes.length < end + 2 + size + 2) return null;
        if (size === 0) return { body: Buffer.concat(pieces), used: end + 4 };
        pieces.push(bytes.subarray(end + 2, end + 2 + size));
        at = end + 2 + size + 2;
    }
}
