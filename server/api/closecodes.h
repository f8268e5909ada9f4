// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWebSocketProtocol>

namespace muster::api {

/// Close codes of the live socket: 4000 to 4999 are for applications (RFC 6455 section 7.4.2).
enum class LiveClose : quint16 {
    SignedOut = 4401,   ///< no session, or not any more
    OtherOrigin = 4403, ///< a cookie from another site's page
};

/// For QWebSocket::close(), whose enumeration knows the standard's codes alone.
[[nodiscard]] inline QWebSocketProtocol::CloseCode closeCode(LiveClose code)
{
    return static_cast<QWebSocketProtocol::CloseCode>(code); // NOLINT(clang-analyzer-optin.core.EnumCastOutOfRange): QWebSocket sends any
}

} // namespace muster::api
