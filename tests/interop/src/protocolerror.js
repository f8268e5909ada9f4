// SPDX-License-Identifier: GPL-3.0-or-later
/** The error codes of docs/protocol.md, as far as a device meets them. */
export const codes = {
    ParseError: -32700,
    InvalidRequest: -32600,
    MethodNotFound: -32601,
    InvalidParams: -32602,
    InternalError: -32603,
    Unauthenticated: -32001,
    Forbidden: -32002,
    TimedOut: -32006,
    TooLarge: -32007,
    TooMany: -32008,
    BadSignature: -32010,
    BadEnvelope: -32011,
    WrongSigner: -32012,
    WrongAudience: -32013,
    WrongDirection: -32014,
    WrongAlgorithm: -32015,
    Replayed: -32016,
    StaleSession: -32017,
    Skewed: -32018,
    BadKey: -32019,
};

/** What a message was refused with: fit to be sent as a JSON-RPC error. */
export class ProtocolError extends Error {
    constructor(name, message, data) {
        super(`${name}: ${message}`);
        this.name = name;
        this.code = codes[name];
        this.data = data;
    }
}
