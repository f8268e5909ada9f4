// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QJsonObject>

namespace muster {

/// The JSON Canonicalization Scheme, RFC 8785: UTF-8, members sorted by UTF-16 code units, ECMAScript numbers.
/// @return the bytes, or InvalidRequest for what I-JSON excludes (lone surrogates, NaN, integers outside ±(2^53-1)).
[[nodiscard]] Result<QByteArray> canonicalJson(const QJsonValue &value);

// The pieces of the same, for a caller that writes a known object member by member. What was appended before an error
// stays there.

/// Appends the canonical form of a value.
[[nodiscard]] Result<void> appendCanonical(QByteArray &to, const QJsonValue &value);
/// Appends an object without the member `leaveOut` of its member `within`: no copy has to be made to take one out.
[[nodiscard]] Result<void> appendCanonicalWithout(QByteArray &to, const QJsonObject &object, QLatin1StringView within,
                                                  QLatin1StringView leaveOut);
/// Appends a text with its quotation marks.
[[nodiscard]] Result<void> appendCanonicalText(QByteArray &to, QStringView text);
/// Appends a number as ECMAScript writes it (ECMA-262 section 6.1.6.1.20); any finite one. @return false for NaN and infinities.
[[nodiscard]] bool appendEcmaScriptNumber(QByteArray &to, double number);

} // namespace muster
