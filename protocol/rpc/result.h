// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QString>

#include <expected>

namespace muster {

/// What went wrong, fit to be shown to a person and to be sent as a JSON-RPC 2.0 error object (section 5.1).
struct Error
{
    /// One of ErrorCode, or a code in -32768..-32000 that JSON-RPC 2.0 reserves.
    int code = 0;
    /// What was wrong and what to do, in one sentence.
    QString message;
    /// More for a program: sent as `data`. Undefined when there is none.
    QJsonValue detail = QJsonValue::Undefined;

    bool operator==(const Error &) const = default;
};

/// The codes of every error that Muster itself reports. Published in docs/protocol.md: never renumber.
enum ErrorCode : int {
    ParseError = -32700,
    InvalidRequest = -32600,
    MethodNotFound = -32601,
    InvalidParams = -32602,
    InternalError = -32603,

    Unauthenticated = -32001, ///< no valid session, key or signature
    Forbidden = -32002,       ///< known, but not allowed
    NotFound = -32003,        ///< no such device, approval, account, …
    Conflict = -32004,        ///< the thing has changed meanwhile
    DeviceOffline = -32005,   ///< the device is not connected
    TimedOut = -32006,        ///< no answer in time
    TooLarge = -32007,        ///< over a limit of protocol/rpc/limits.h
    TooMany = -32008,         ///< too many attempts, connections or subscriptions
    Unavailable = -32009,     ///< shutting down, disk full, database locked
    BadSignature = -32010,    ///< the envelope is not what its signer made
    BadEnvelope = -32011,     ///< `meta` is missing, incomplete or of the wrong type
    WrongSigner = -32012,
    WrongAudience = -32013,
    WrongDirection = -32014,
    WrongAlgorithm = -32015, ///< not the algorithm that is bound to the key
    Replayed = -32016,       ///< the counter did not rise
    StaleSession = -32017,   ///< a nonce of another session
    Skewed = -32018,         ///< the timestamp left the session's own clock
    BadKey = -32019,         ///< not a key, too short, or of a kind that is not supported
    PolicyForbids = -32020,  ///< the device's own policy file forbids it
    Interrupted = -32021,    ///< the device stopped while it ran: it may have run in part, and is not run again
    Expired = -32022,        ///< its time was over before it began
};

template <typename T>
using Result = std::expected<T, Error>;

/// Shorthand for `std::unexpected(Error{code, message})`.
[[nodiscard]] inline std::unexpected<Error> failure(int code, const QString &message, const QJsonValue &detail = QJsonValue::Undefined)
{
    return std::unexpected(Error{code, message, detail});
}

} // namespace muster
