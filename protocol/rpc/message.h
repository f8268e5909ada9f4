// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QByteArray>
#include <QJsonObject>

#include <variant>

namespace muster {

/// A JSON-RPC 2.0 request. Ids are strings in this protocol, `params` an object (by-name, section 4.2).
struct Request
{
    QString id;
    QString method;
    QJsonObject params;
};

/// A request without an id: nobody answers it (section 4.1).
struct Notification
{
    QString method;
    QJsonObject params;
};

/// The answer to the request of the same id. A null id answers a message whose id could not be read.
struct Response
{
    QString id;
    Result<QJsonValue> result;
};

using Message = std::variant<Request, Notification, Response>;

/// Parses JSON strictly (RFC 8259 with I-JSON's rules, RFC 7493): refuses duplicate keys, invalid UTF-8, trailing
/// bytes, depth over limits::jsonDepth, and numbers outside ±(2^53-1).
/// @return the object, or ParseError (not JSON) or InvalidRequest (JSON, but not one object), saying where.
[[nodiscard]] Result<QJsonObject> parseJsonObject(QByteArrayView text);

/// Reads one JSON-RPC 2.0 message out of an object; members other than JSON-RPC's own (`meta`) are left alone.
/// @return the message, or InvalidRequest saying which member is wrong.
[[nodiscard]] Result<Message> messageFromJson(const QJsonObject &object);

/// The object of a message, without `meta`.
[[nodiscard]] QJsonObject toJson(const Message &message);

/// The JSON-RPC error object of an error, and back.
[[nodiscard]] QJsonObject errorToJson(const Error &error);
[[nodiscard]] Error errorFromJson(const QJsonObject &object);
/// Whether a value is an error object: an integer `code` of 32 bits and a text `message`.
[[nodiscard]] bool isErrorObject(const QJsonValue &value);

/// A device-supplied text made fit to be stored and shown: control characters and lone surrogates become U+FFFD,
/// bidirectional overrides go, and it is cut to `length` UTF-16 units.
[[nodiscard]] QString cleanText(const QString &text, qsizetype length);

/// True for a device id that may be used: 1 to limits::deviceIdLength of A-Z a-z 0-9 . _ : @ -, starting with a letter or digit.
[[nodiscard]] bool isDeviceId(QStringView id);

} // namespace muster
