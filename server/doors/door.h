// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/listen/connectionguard.h"

class QWebSocket;

namespace muster::doors {

/// Takes in the WebSockets of one device protocol. One door of each kind lives in each I/O thread; all its functions are called
/// in that thread.
class Door
{
public:
    virtual ~Door() = default;
    /// Takes a socket over, ownership included.
    /// @param slot the connection's place among the unaccepted ones; let go of it once a person has accepted the key
    virtual void take(QWebSocket *socket, listen::ConnectionGuard::Slot slot) = 0;
};

} // namespace muster::doors
