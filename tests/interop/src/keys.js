// SPDX-License-Identifier: GPL-3.0-or-later
import crypto from "node:crypto";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { ProtocolError } from "./protocolerror.js";

const bad = (what) => new ProtocolError("BadKey", what);

const p = 2n ** 255n - 19n;
const ofOrderEight = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;
const smallOrder = [0n, 1n, p - 1n, ofOrderEight, p - ofOrderEight];

/** The primes below 752, each with the squares modulo it. */
const smallPrimes = Array.from({ length: 752 }, (_, i) => i)
    .filter((n) => n > 1 && !Array.from({ length: 26 }, (_, i) => i + 2).some((f) => f < n && n % f === 0))
    .map((prime) => ({ prime: BigInt(prime), squares: new Set(Array.from({ length: prime }, (_, root) => (root * root) % prime)) }));

const fromHex = (hex) => BigInt(`0x${hex}`);

/** Refuses what anybody can sign for, as docs/protocol.md has it under "Keys". */
function refuseWeak(key) {
    const jwk = key.export({ format: "jwk" });
    const hex = (member) => Buffer.from(jwk[member], "base64url");
    if (key.asymmetricKeyType === "ed25519") {
        const y = fromHex(hex("x").reverse().toString("hex")) & (2n ** 255n - 1n); // without the sign of x
        if (y >= p) throw bad("not in its one form");
        if (smallOrder.includes(y)) throw bad("of small order");
        return;
    }
    const exponent = fromHex(hex("e").toString("hex"));
    if (exponent % 2n === 0n || exponent < 65537n || exponent >= 2n ** 64n) throw bad(`the exponent ${exponent}`);
    const modulus = fromHex(hex("n").toString("hex"));
    let isSquare = true;
    for (const { prime, squares } of smallPrimes) {
        const rest = Number(modulus % prime);
        if (rest === 0) throw bad(`a modulus with the factor ${prime}`);
        isSquare &&= squares.has(rest);
    }
    if (isSquare) throw bad("a modulus that is a square");
}

/** A public key of one of the two kinds that the protocol knows, and what can be done with it. */
export class PublicKey {
    /** @param {string} pem SubjectPublicKeyInfo (or PKCS#1), nothing else */
    constructor(pem) {
        if (typeof pem !== "string" || pem.length > 16384) throw bad("no PEM");
        // createPublicKey() would also take a private key's or a certificate's public half.
        if (!/^-----BEGIN (RSA )?PUBLIC KEY-----\n[^-]*-----END (RSA )?PUBLIC KEY-----\n?$/.test(pem)) throw bad("not one public key");
        try {
            this.key = crypto.createPublicKey(pem);
        } catch {
            throw bad("not a public key");
        }
        const type = this.key.asymmetricKeyType;
        if (type === "ed25519") {
            this.algorithm = "EdDSA";
        } else if (type === "rsa") {
            const bits = this.key.asymmetricKeyDetails.modulusLength;
            if (bits < 2048 || bits > 8192) throw bad(`RSA of ${bits} bits`);
            this.algorithm = "RS256";
        } else {
            throw bad(`of the kind ${type}`);
        }
        refuseWeak(this.key);
    }

    get id() {
        return crypto.createHash("sha256").update(this.key.export({ type: "spki", format: "der" })).digest();
    }
    get pem() {
        return this.key.export({ type: "spki", format: "pem" });
    }
    get fingerprint() {
        return `SHA256:${this.id.toString("base64").replace(/=+$/, "")}`;
    }
    get words() {
        const bits = BigInt(`0x${this.id.subarray(0, 9).toString("hex")}`) >> 6n; // 72 bits, of which the first 66
        return [5n, 4n, 3n, 2n, 1n, 0n].map((i) => wordlist[Number((bits >> (11n * i)) & 2047n)]);
    }
    verify(bytes, signature) {
        return crypto.verify(this.algorithm === "RS256" ? "sha256" : null, bytes, this.key, signature);
    }
}

export class PrivateKey {
    constructor(pem) {
        this.key = crypto.createPrivateKey(pem);
        this.publicKey = new PublicKey(crypto.createPublicKey(this.key).export({ type: "spki", format: "pem" }));
    }
    static generate(algorithm) {
        const pair = algorithm === "RS256" ? crypto.generateKeyPairSync("rsa", { modulusLength: 2048 }) : crypto.generateKeyPairSync("ed25519");
        return new PrivateKey(pair.privateKey.export({ type: "pkcs8", format: "pem" }));
    }
    get algorithm() {
        return this.publicKey.algorithm;
    }
    sign(bytes) {
        return crypto.sign(this.algorithm === "RS256" ? "sha256" : null, bytes, this.key);
    }
}
