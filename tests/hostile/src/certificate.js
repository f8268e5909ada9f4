// SPDX-License-Identifier: GPL-3.0-or-later
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** A certificate for loopback and for fleet.example that signs itself. @returns paths `certificate` and `key`, and the text `ca` */
export function makeCertificate(folder) {
    const certificate = path.join(folder, "certificate.pem");
    const key = path.join(folder, "key.pem");
    execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=fleet.example",
        "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:fleet.example", "-keyout", key, "-out", certificate], { stdio: "ignore" });
    return { certificate, key, ca: fs.readFileSync(certificate, "utf8") };
}
