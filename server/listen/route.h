// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/httphead.h"
#include "transport/upgrade.h"

namespace muster::listen {

/// Where a request belongs.
enum class Destination {
    Door,    ///< a WebSocket for a device door
    Live,    ///< a WebSocket for the operators' live socket
    Refused, ///< GET or HEAD of one of these paths by who asks for no WebSocket, or asks wrongly
    Http,    ///< everything else
};

inline constexpr QByteArrayView livePath("/api/v2/live");

/// @param isDoor says whether a path is a device door's
template <typename IsDoor>
[[nodiscard]] Destination destinationOf(const transport::HttpHead &request, const IsDoor &isDoor)
{
    const QByteArray path = request.path();
    const bool isLive = path == livePath;
    if ((request.method != "GET" && request.method != "HEAD") || (!isLive && !isDoor(path)))
        return Destination::Http;
    if (!transport::checkUpgrade(request))
        return Destination::Refused;
    return isLive ? Destination::Live : Destination::Door;
}

} // namespace muster::listen
