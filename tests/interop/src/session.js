// SPDX-License-Identifier: GPL-3.0-or-later
import canonicalize from "canonicalize";
import { ProtocolError } from "./protocolerror.js";
import { PublicKey } from "./keys.js";
import { isObject, parseStrictly } from "./strictjson.js";

const cloudId = "cloud-dashboard";
const beforeAcceptance = 64 * 1024;
const afterAcceptance = 1024 * 1024;
const drift = 120_000;

const refuse = (name, what) => {
    throw new ProtocolError(name, what);
};

/** Reads `meta`, or refuses with BadEnvelope. */
export function readMeta(message) {
    const meta = message.meta;
    if (!isObject(meta)) refuse("BadEnvelope", "no meta");
    for (const name of ["algorithm", "audience_id", "direction", "nonce", "signature", "signer_id", "timestamp"]) {
        if (typeof meta[name] !== "string") refuse("BadEnvelope", `no ${name}`);
    }
    if (meta.direction !== "device_to_cloud" && meta.direction !== "cloud_to_device") refuse("BadEnvelope", "direction");
    const nonce = /^([A-Za-z0-9_-]{1,128})\.([1-9][0-9]{0,15})$/.exec(meta.nonce);
    if (!nonce || Number(nonce[2]) > 2 ** 53) refuse("BadEnvelope", "nonce");
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(meta.timestamp)) refuse("BadEnvelope", "timestamp");
    const time = new Date(meta.timestamp);
    if (Number.isNaN(time.getTime()) || time.toISOString() !== meta.timestamp) refuse("BadEnvelope", "timestamp");
    return { ...meta, session: nonce[1], counter: Number(nonce[2]), time: time.getTime() };
}

/** Whether a value is an error object. */
export function isErrorObject(error) {
    return isObject(error) && Number.isInteger(error.code) && (error.code | 0) === error.code && typeof error.message === "string";
}

/** The kind of a message, or InvalidRequest. */
export function kindOf(message) {
    const { id, method, params, error } = message;
    const isText = (value) => typeof value === "string" && value.length >= 1 && value.length <= 128;
    if (message.jsonrpc !== "2.0") refuse("InvalidRequest", "jsonrpc");
    if ("method" in message) {
        if ("result" in message || "error" in message) refuse("InvalidRequest", "method and an answer");
        if (!isText(method)) refuse("InvalidRequest", "method");
        if ("params" in message && !isObject(params)) refuse("InvalidRequest", "params");
        if (!("id" in message)) return "notification";
        if (!isText(id)) refuse("InvalidRequest", "id");
        return "request";
    }
    if ("result" in message === "error" in message) refuse("InvalidRequest", "neither method, nor result, nor error");
    if ("error" in message && !isErrorObject(error)) refuse("InvalidRequest", "error");
    if (!isText(id) && !(id === null && "error" in message)) refuse("InvalidRequest", "id");
    return "response";
}

/** The bytes that are signed: the message in RFC 8785's form, without meta.signature. */
function signedBytes(message) {
    const { signature, ...meta } = message.meta;
    return Buffer.from(canonicalize({ ...message, meta }));
}

export function checkSignature(message, meta, key) {
    if (!/^[A-Za-z0-9_-]*$/.test(meta.signature)) refuse("BadSignature", "not base64url");
    const signature = Buffer.from(meta.signature, "base64url");
    if (signature.toString("base64url") !== meta.signature) refuse("BadSignature", "not base64url");
    if (meta.algorithm !== key.algorithm) refuse("WrongAlgorithm", meta.algorithm);
    if (!key.verify(signedBytes(message), signature)) refuse("BadSignature", "does not hold");
}

/** One end of one session: signs what goes out, checks what comes in. Knows no socket and no clock. */
export class Session {
    #sent = 0;
    #received = 0;
    #ahead = null; // of the peer's clock

    /** @param {{ownId, peerId?, signer, peerKey?, session?}} ends */
    constructor(ends) {
        this.end = ends.ownId === cloudId ? "cloud" : "device";
        Object.assign(this, ends);
        this.session ??= null;
        this.authentication = null; // the id of the device's first request
        this.ready = false; // device: the handshake is done
    }
    static device(deviceId, signer, cloudKey) {
        return new Session({ ownId: deviceId, peerId: cloudId, signer, peerKey: cloudKey });
    }
    static cloud(session, signer) {
        return new Session({ ownId: cloudId, signer, session });
    }

    /** Gives a message its meta and signature. @returns {string} the text to send */
    seal(message, now) {
        if (this.end === "device" && this.authentication === null && "id" in message) this.authentication = message.id;
        const meta = {
            algorithm: this.signer.algorithm,
            audience_id: this.peerId ?? "*",
            direction: this.end === "device" ? "device_to_cloud" : "cloud_to_device",
            nonce: `${this.session}.${this.#sent + 1}`,
            signer_id: this.ownId,
            timestamp: new Date(now).toISOString(),
        };
        const whole = { ...message, meta };
        const signature = this.signer.sign(Buffer.from(canonicalize(whole))).toString("base64url");
        this.#sent += 1;
        return canonicalize({ ...whole, meta: { ...meta, signature } });
    }

    /** Checks a message, in the order that docs/protocol.md gives. @returns {{kind, message}} or throws ProtocolError */
    open(bytes, now) {
        const introduces = this.end === "cloud" && !this.peerKey;
        if (bytes.length > (introduces ? beforeAcceptance : afterAcceptance)) refuse("TooLarge", `${bytes.length} bytes`);
        const message = parseStrictly(bytes);
        if (!isObject(message)) refuse("InvalidRequest", "not an object");
        const meta = readMeta(message);

        let key = this.peerKey;
        let peerId = this.peerId;
        if (introduces) {
            // The key is in the message itself: it has to be a sound authentication before its signature can be looked at.
            if (kindOf(message) !== "request" || message.method !== "Device.Authenticate") refuse("Unauthenticated", "not an authentication");
            peerId = message.params?.device_id;
            if (typeof peerId !== "string" || !/^[A-Za-z0-9][A-Za-z0-9._:@-]{0,127}$/.test(peerId)) refuse("InvalidParams", "device_id");
            key = new PublicKey(message.params.public_key);
        }
        checkSignature(message, meta, key);
        if (meta.signer_id !== peerId) refuse("WrongSigner", meta.signer_id);
        const isHello = this.end === "device" && this.session === null;
        if (meta.audience_id !== (isHello ? "*" : this.ownId)) refuse("WrongAudience", meta.audience_id);
        if (meta.direction !== (this.end === "device" ? "cloud_to_device" : "device_to_cloud")) refuse("WrongDirection", meta.direction);
        if (!isHello && meta.session !== this.session) refuse("StaleSession", meta.session);
        if (meta.counter <= this.#received) refuse("Replayed", meta.nonce);
        const ahead = meta.time - now;
        if (this.#ahead !== null && Math.abs(ahead - this.#ahead) > drift) refuse("Skewed", meta.timestamp);
        const kind = kindOf(message);
        if (this.end === "device" && !this.ready) {
            if (isHello) {
                if (kind !== "notification" || message.method !== "Session.Hello") refuse("Unauthenticated", "not a hello");
            } else if (kind !== "response" || message.id !== this.authentication) {
                refuse("Unauthenticated", "not the answer to the authentication");
            } else {
                this.ready = true;
            }
        }
        // Only what passed everything counts.
        if (isHello) this.session = meta.session;
        if (introduces) {
            this.peerId = peerId;
            this.peerKey = key;
        }
        this.#received = meta.counter;
        this.#ahead ??= ahead;
        return { kind, message };
    }
}
