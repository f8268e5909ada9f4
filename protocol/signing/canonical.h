// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QJsonObject>

namespace muster {

/// The JSON Canonicalization Scheme, RFC 8785: UTF-8, members sorted by UTF-16 code units, ECMAScript numbers.
/// @return the bytes, or InvalidRequest for what I-JSON excludes (lone surrogates, NaN, integers outside ±2^53).
[[nodiscard]] Result<QByteArray> canonicalJson(const QJsonValue &value);

} // namespace muster
