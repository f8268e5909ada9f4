// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { makeCertificate } from "./certificate.js";
import { launch } from "./children.js";
import { freePort } from "./freeport.js";
import { request } from "./http.js";
import { until } from "./patience.js";

export const hostName = "fleet.example";
/** The name of docs/proxies/ leads to the proxy on loopback. */
export const lookup = (name, options, found) => (options.all ? found(null, [{ address: "127.0.0.1", family: 4 }]) : found(null, "127.0.0.1", 4));

/** Each proxy: its file in docs/proxies/, what a test has to change in it, and how it is started. */
export const kinds = {
    nginx: {
        file: "nginx.conf",
        changes: ({ port, otherPort, upstream, certificate, key }) => [
            ["listen 443 ssl;", `listen 127.0.0.1:${port} ssl;`],
            ["listen [::]:443 ssl;", `listen 127.0.0.1:${otherPort} ssl;`],
            ["server 127.0.0.1:8420;", `server 127.0.0.1:${upstream};`],
            ["/etc/ssl/fleet.example/fullchain.pem", certificate],
            ["/etc/ssl/fleet.example/privkey.pem", key],
        ],
        // What Debian's nginx.conf has around the files of conf.d/.
        around: (text, folder) => `pid ${folder}/nginx.pid;\nworker_processes 2;\nevents { worker_connections 4000; }\nhttp {\naccess_log off;\n`
            + `${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join("\n")}\n${text}}\n`,
        command: (file, folder) => ["nginx", "-c", file, "-p", folder, "-e", "stderr", "-g", "daemon off; error_log stderr warn;"],
    },
    haproxy: {
        file: "haproxy.cfg",
        changes: ({ port, upstream, both }) => [
            // So many files need a limit that the test's user may not have.
            ["maxconn 20000", "maxconn 1000"],
            ["bind :443 ssl", `bind 127.0.0.1:${port} ssl`],
            ["127.0.0.1:8420", `127.0.0.1:${upstream}`],
            ["/etc/haproxy/fleet.example.pem", both],
        ],
        around: (text) => text,
        command: (file) => ["haproxy", "-db", "-f", file],
    },
    caddy: {
        file: "Caddyfile",
        changes: ({ port, upstream, certificate, key }) => [
            ["fleet.example {", `https://fleet.example:${port} {\n\tbind 127.0.0.1`],
            ["127.0.0.1:8420", `127.0.0.1:${upstream}`],
            ["/etc/ssl/fleet.example/fullchain.pem", certificate],
            ["/etc/ssl/fleet.example/privkey.pem", key],
        ],
        // Its own port for administrators, and that it would take port 80.
        around: (text) => `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${text}`,
        command: (file) => ["caddy", "run", "--adapter", "caddyfile", "--config", file],
    },
};

/** A real proxy with the documented configuration; ports and paths alone are others. */
export class Proxy {
    static async start(name, upstream) {
        const proxy = new Proxy();
        const { file, changes, around, command } = kinds[name];
        proxy.folder = fs.mkdtempSync(path.join(os.tmpdir(), "muster-proxy-"));
        // A proxy that gives up root's rights still has to read its files.
        fs.chmodSync(proxy.folder, 0o755);
        const { certificate, key, ca } = makeCertificate(proxy.folder);
        const both = path.join(proxy.folder, "both.pem");
        fs.writeFileSync(both, ca + fs.readFileSync(key, "utf8"));
        proxy.ca = ca;
        proxy.port = await freePort();
        let text = fs.readFileSync(path.join(process.env.MUSTER_PROXIES, file), "utf8");
        for (const [from, to] of changes({ port: proxy.port, otherPort: await freePort(), upstream, certificate, key, both })) {
            assert.ok(text.includes(from), `docs/proxies/${file} has "${from}"`);
            text = text.replaceAll(from, to);
        }
        const configuration = path.join(proxy.folder, file);
        fs.writeFileSync(configuration, around(text, proxy.folder));
        proxy.logPath = path.join(proxy.folder, "log");
        const { child, exited } = launch(command(configuration, proxy.folder),
            { log: proxy.logPath, env: { ...process.env, HOME: proxy.folder, XDG_DATA_HOME: proxy.folder, XDG_CONFIG_HOME: proxy.folder } });
        proxy.process = child;
        proxy.exited = exited;
        proxy.url = `https://${hostName}:${proxy.port}`;
        await until(async () => {
            assert.equal(proxy.process.exitCode, null, `${name} ended: ${proxy.log()}`);
            return (await proxy.get("/healthz").catch(() => null))?.status === 200;
        }, () => `${name} answers: ${proxy.log()}`);
        return proxy;
    }

    log() {
        return fs.readFileSync(this.logPath, "utf8");
    }
    /** What `ws` and `https` need to find it. */
    get connection() {
        return { ca: this.ca, lookup };
    }
    get(where, options = {}) {
        return request(this.url + where, { ca: this.ca, lookup, ...options });
    }

    async stop() {
        this.process.kill("SIGTERM");
        await this.exited;
        fs.rmSync(this.folder, { recursive: true, force: true });
    }
}
