// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/listen/admission.h"
#include "transport/httphead.h"

#include <chrono>
#include <optional>

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

    /// Why a request is answered with no WebSocket.
    struct Refusal
    {
        int status; ///< of HTTP
        QString message;
        QByteArray moreHeaders{}; ///< as they go over the line
    };
    /// Looks at a request for a WebSocket before anything is done for it. @param network of its sender, see networkOf()
    [[nodiscard]] virtual std::optional<Refusal> refusalOf(const transport::HttpHead &request, const QString &network)
    {
        Q_UNUSED(request)
        Q_UNUSED(network)
        return {};
    }
    /// Of the sub-protocols that a request offers, the one that is agreed to (RFC 6455 section 4.2.2); empty for none.
    [[nodiscard]] virtual QByteArray subProtocolOf(const transport::HttpHead &request) const
    {
        Q_UNUSED(request)
        return {};
    }
    /// Takes a device in. Its connection is in Phase::Introducing, whose deadline ends it unless the door enters another.
    /// @param webSocket hangs below the connection
    /// @param turn is given back once the device was told what it is
    /// @param request that asked for it
    virtual void take(listen::Connection &connection, transport::WebSocket &webSocket, listen::Admission::Turn turn,
                      const transport::HttpHead &request) = 0;
    /// Tells a device to come again later, and ends it.
    virtual void turnAway(listen::Connection &connection, transport::WebSocket &webSocket, std::chrono::seconds after) = 0;
};

} // namespace muster::doors
