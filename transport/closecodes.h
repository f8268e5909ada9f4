// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

/// Why a WebSocket ends, as a close frame says it (RFC 6455 section 7.4).
namespace muster::transport::closecode {

inline constexpr quint16 normal = 1000;
inline constexpr quint16 goingAway = 1001;
inline constexpr quint16 protocolError = 1002;
inline constexpr quint16 unsupportedData = 1003; ///< a binary frame
inline constexpr quint16 none = 1005;            ///< a close frame without a code; never sent
inline constexpr quint16 abnormal = 1006;        ///< no close frame came; never sent
inline constexpr quint16 badText = 1007;         ///< not UTF-8
inline constexpr quint16 policy = 1008;
inline constexpr quint16 tooBig = 1009;
inline constexpr quint16 tryAgainLater = 1013; ///< IANA's registry of close codes

/// Registered after RFC 6455 (IANA's registry: service restart, try again later, bad gateway), which wslay takes for broken.
[[nodiscard]] constexpr bool isRegisteredLater(quint16 code)
{
    return code >= 1012 && code <= 1014;
}

/// Whether a peer broke a rule that holds before anybody looks at what it says: it may still be sending then.
[[nodiscard]] constexpr bool isBrokenRule(quint16 code)
{
    return code == protocolError || code == badText || code == tooBig;
}

} // namespace muster::transport::closecode
