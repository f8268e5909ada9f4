// SPDX-License-Identifier: GPL-3.0-or-later
import crypto from "node:crypto";
import canonicalize from "canonicalize";
import { ProtocolError } from "./protocolerror.js";
import { checkSignature, isErrorObject, kindOf, readMeta } from "./session.js";
import { isObject, parseStrictly } from "./strictjson.js";

/** What `request_hash` must be. */
export function requestHash(command, device_id, method, params) {
    return crypto.createHash("sha256").update(canonicalize({ command, device_id, method, params })).digest("base64url");
}

/** Checks a kept Command.Done with the device's key alone. @returns its params, and who signed it as `device_id` */
export function verifyReceipt(bytes, key) {
    const message = parseStrictly(bytes);
    if (!isObject(message)) throw new ProtocolError("InvalidRequest", "not an object");
    const meta = readMeta(message);
    checkSignature(message, meta, key);
    if (meta.audience_id !== "cloud-dashboard") throw new ProtocolError("WrongAudience", meta.audience_id);
    if (meta.direction !== "device_to_cloud") throw new ProtocolError("WrongDirection", meta.direction);
    if (kindOf(message) !== "request" || message.method !== "Command.Done") throw new ProtocolError("InvalidRequest", "no receipt");
    const { counter, result, error } = message.params;
    if (!Number.isInteger(counter) || counter < 1) throw new ProtocolError("InvalidParams", "counter");
    if ((result === undefined) === (error === undefined)) throw new ProtocolError("InvalidParams", "result or error");
    if (error !== undefined && !isErrorObject(error)) throw new ProtocolError("InvalidParams", "error");
    return { device_id: meta.signer_id, ...message.params };
}
