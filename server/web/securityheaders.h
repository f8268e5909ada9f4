// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHttpHeaders>

namespace muster::web {

/// What keeps a page of nothing but text and its own style from loading or running anything.
inline constexpr QByteArrayView strictPolicy("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");

/// The headers that every answer of the server carries, whatever it holds: no guessing of types, no frames, no referrer, nothing for
/// other sites' pages.
/// @param secure true where browsers come over TLS: they are told to come no other way
[[nodiscard]] QHttpHeaders securityHeaders(bool secure, QByteArrayView contentSecurityPolicy = strictPolicy);
/// The same as they go over the line.
[[nodiscard]] QByteArray securityLines(bool secure);

} // namespace muster::web
