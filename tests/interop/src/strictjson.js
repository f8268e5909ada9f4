// SPDX-License-Identifier: GPL-3.0-or-later
import { ProtocolError } from "./protocolerror.js";

const deepest = 64;
// The whole grammar of RFC 8259's tokens. JSON.parse reads each; what it is too kind about is checked here.
const token = /[\t\n\r ]*(?:([[\]{},:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)|(true|false|null))/y;

/**
 * Parses JSON as docs/protocol.md takes it: what JSON.parse would silently settle (a member twice, numbers that lose
 * digits, half a surrogate pair) is an error.
 * @param {Buffer} bytes
 * @returns {any} objects have no prototype, so that "__proto__" is a member like any other
 */
export function parseStrictly(bytes) {
    let text;
    try {
        text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
        throw new ProtocolError("ParseError", "not UTF-8");
    }
    let position = 0;

    const fail = (what) => {
        throw new ProtocolError("ParseError", `${what} at ${position}`);
    };
    const next = () => {
        token.lastIndex = position;
        const found = token.exec(text);
        if (!found) fail("not JSON");
        position = token.lastIndex;
        return found;
    };
    const string = (raw) => {
        const value = JSON.parse(raw);
        if (!value.isWellFormed()) fail("half of a surrogate pair");
        return value;
    };
    const number = (raw) => {
        const value = Number(raw);
        if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) fail("a number outside of ±(2^53-1)");
        if (value === 0 && /[1-9]/.test(raw.replace(/[eE].*/, ""))) fail("a number too small for a double");
        return value;
    };
    const value = (found, depth) => {
        const [, mark, text, digits, word] = found;
        if (text !== undefined) return string(text);
        if (digits !== undefined) return number(digits);
        if (word !== undefined) return JSON.parse(word);
        if (mark !== "{" && mark !== "[") fail("not JSON");
        if (depth > deepest) fail("nested too deep");
        return mark === "{" ? object(depth) : array(depth);
    };
    const array = (depth) => {
        const values = [];
        let found = next();
        if (found[1] === "]") return values;
        for (;;) {
            values.push(value(found, depth + 1));
            found = next();
            if (found[1] === "]") return values;
            if (found[1] !== ",") fail("not JSON");
            found = next();
        }
    };
    const object = (depth) => {
        const members = Object.create(null);
        let found = next();
        if (found[1] === "}") return members;
        for (;;) {
            if (found[2] === undefined) fail("not JSON");
            const name = string(found[2]);
            if (name in members) fail(`"${name}" twice`);
            if (next()[1] !== ":") fail("not JSON");
            members[name] = value(next(), depth + 1);
            found = next();
            if (found[1] === "}") return members;
            if (found[1] !== ",") fail("not JSON");
            found = next();
        }
    };

    const whole = value(next(), 1);
    if (!/^[\t\n\r ]*$/.test(text.slice(position))) fail("something after the end");
    return whole;
}

export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
