// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

/// Close codes of the live socket: 4000 to 4999 are for applications (RFC 6455 section 7.4.2).
namespace muster::api::liveclose {

inline constexpr quint16 signedOut = 4401;   ///< no session, or not any more
inline constexpr quint16 otherOrigin = 4403; ///< a cookie from another site's page

} // namespace muster::api::liveclose
