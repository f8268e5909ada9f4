// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/doors/signed/devicecalls.h"
#include "server/doors/websocketdoor.h"
#include "server/serverurls.h"

namespace muster::doors {

/// What all signed doors share; everything in it is thread-safe and outlives them.
struct SignedContext : DoorContext
{
    std::shared_ptr<const Signer> signer;
    QString authMethod; ///< AUTH_RPC_METHOD
    DeviceCalls &calls;
    const ServerUrls &servers; ///< what devices are told of
};

/// The door of Muster's own signed protocol (docs/protocol.md), at /device.
class SignedDoor : public WebSocketDoor
{
    Q_OBJECT

public:
    explicit SignedDoor(std::shared_ptr<const SignedContext> context)
        : m_context(std::move(context))
    {
    }

    void take(listen::Connection &connection, transport::WebSocket &webSocket, listen::Admission::Turn turn,
              const transport::HttpHead &request) override;
    void turnAway(listen::Connection &connection, transport::WebSocket &webSocket, std::chrono::seconds after) override;

private:
    std::shared_ptr<const SignedContext> m_context;
};

} // namespace muster::doors
