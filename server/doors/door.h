// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/listen/admission.h"

#include <chrono>

namespace muster::transport {
class WebSocket;
}
namespace muster::listen {
class Connection;
}

namespace muster::doors {

/// Takes in the WebSockets of one device protocol. One door of each kind lives in each I/O thread; all its functions are called
/// in that thread.
class Door
{
public:
    virtual ~Door() = default;
    /// Takes a device in. Its connection is in Phase::Introducing, whose deadline ends it unless the door enters another.
    /// @param webSocket hangs below the connection
    /// @param turn is given back once the device was told what it is
    virtual void take(listen::Connection &connection, transport::WebSocket &webSocket, listen::Admission::Turn turn) = 0;
    /// Tells a device to come again later, and ends it.
    virtual void turnAway(listen::Connection &connection, transport::WebSocket &webSocket, std::chrono::seconds after) = 0;
};

} // namespace muster::doors
