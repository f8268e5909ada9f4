// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/httphead.h"
#include "transport/upgrade.h"

namespace muster::listen {

/// Where a request belongs.
enum class Destination {
    Door,    ///< a WebSocket for a device door
    People,  ///< a WebSocket for operators: the live socket, or notifications
    Refused, ///< GET or HEAD of one of these paths by who asks for no WebSocket, or asks wrongly
    Http,    ///< everything else
};

inline constexpr QByteArrayView livePath("/api/v2/live");
inline constexpr QByteArrayView notifyPath("/api/v2/notify");

/// @param isDoor says whether a path is a device door's
template <typename IsDoor>
[[nodiscard]] Destination destinationOf(const transport::HttpHead &request, const IsDoor &isDoor)
{
    const QByteArray path = request.path();
    const bool isOfPeople = path == livePath || path == notifyPath;
    if ((request.method != "GET" && request.method != "HEAD") || (!isOfPeople && !isDoor(path)))
        return Destination::Http;
    if (!transport::checkUpgrade(request))
        return Destination::Refused;
    return isOfPeople ? Destination::People : Destination::Door;
}

} // namespace muster::listen
