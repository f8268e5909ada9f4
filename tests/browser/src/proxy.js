// SPDX-License-Identifier: GPL-3.0-or-later
import http from "node:http";
import { once } from "node:events";

/**
 * What stands between a browser and the server and damages what comes: a broken cache, a filter, a line that breaks off.
 * @param target the server's address
 * @param change called with (path, body) of each answer below /web/; gives what comes instead, null to break off in the middle, or
 *     {body, rest}: the second half comes once the promise `rest` is kept
 */
export async function startProxy(target, change) {
    const server = http.createServer(async (request, response) => {
        const answer = await fetch(target + request.url, { headers: { "accept-encoding": "identity", accept: request.headers.accept ?? "*/*" } });
        const body = Buffer.from(await answer.arrayBuffer());
        const headers = Object.fromEntries([...answer.headers].filter(([name]) => !["content-encoding", "content-length", "connection"].includes(name)));
        const changed = request.url.startsWith("/web/") ? change(request.url, body) : body;
        if (changed?.rest) {
            response.writeHead(answer.status, { ...headers, "content-length": body.length });
            response.write(body.subarray(0, body.length / 2));
            await changed.rest;
            response.end(body.subarray(body.length / 2));
            return;
        }
        if (changed) {
            response.writeHead(answer.status, { ...headers, "content-length": changed.length });
            response.end(changed);
            return;
        }
        response.writeHead(answer.status, { ...headers, "content-length": body.length });
        response.write(body.subarray(0, body.length / 2), () => response.destroy());
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return {
        url: `http://127.0.0.1:${server.address().port}`,
        async stop() {
            server.closeAllConnections();
            server.close();
            await once(server, "close");
        },
    };
}
