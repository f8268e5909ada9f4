// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/counters.h"
#include "server/doors/door.h"
#include "server/doors/signed/devicebudget.h"
#include "server/fleet/devicecalls.h"
#include "server/listen/knownnetworks.h"
#include "server/serverurls.h"

#include <QTimer>

#include <set>

namespace muster::doors {

class SignedLink;

/// What all signed doors share; everything in it is thread-safe and outlives them.
struct SignedContext
{
    std::shared_ptr<const Signer> signer;
    QString authMethod; ///< AUTH_RPC_METHOD
    fleet::Fleet &fleet;
    fleet::DeviceCalls &calls;
    listen::KnownNetworks &known;
    Counters &counters;
    DeviceBudget::Rates budget;
    const ServerUrls &servers; ///< what devices are told of
};

/// The door of Muster's own signed protocol (docs/protocol.md), at /device.
class SignedDoor : public QObject, public Door
{
    Q_OBJECT

public:
    explicit SignedDoor(std::shared_ptr<const SignedContext> context);
    /// Ends all its links.
    ~SignedDoor() override;

    void take(listen::Connection &connection, transport::WebSocket &webSocket, listen::Admission::Turn turn) override;
    void turnAway(listen::Connection &connection, transport::WebSocket &webSocket, std::chrono::seconds after) override;

private:
    std::shared_ptr<const SignedContext> m_context;
    std::set<std::shared_ptr<SignedLink>> m_links;
    QTimer m_ticks;
};

} // namespace muster::doors
