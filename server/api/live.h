// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/fleet/commands.h"
#include "server/listen/httpfront.h"
#include "server/listen/knownnetworks.h"
#include "server/operators/gate.h"

#include <set>

namespace muster::api {

class LiveSession;

/// The operators' live socket: JSON-RPC 2.0 with the methods of the table, and subscriptions. Lives in the API's thread.
class LiveHub : public QObject
{
    Q_OBJECT

public:
    /// @param secure true where browsers come over TLS
    LiveHub(operators::Gate &gate, operators::Accounts &accounts, fleet::Fleet &fleet, fleet::Commands &commands,
            listen::KnownNetworks &known, Counters &counters, bool secure);
    ~LiveHub() override;

    /// Takes a connection whose request for the live path is good, and handed over. In the API's thread.
    void take(listen::HttpFront &front);
    /// Somebody sees other devices than before.
    void scopesChanged();
    /// Judges pings; each second. @param now as steadyNow()
    void tick(qint64 now);
    /// Tells all that the server stops.
    void shutDown();

private:
    friend class LiveSession;
    /// Calls `tell` for each session. One that cannot be told ends at once, and leaves the set meanwhile.
    template <typename Tell>
    void forEach(Tell tell)
    {
        for (LiveSession *session : std::set(m_sessions))
            tell(session);
    }

    operators::Gate &m_gate;
    operators::Accounts &m_accounts;
    fleet::Fleet &m_fleet;
    fleet::Commands &m_commands;
    listen::KnownNetworks &m_known;
    Counters &m_counters;
    std::set<LiveSession *> m_sessions;
    bool m_secure;
};

} // namespace muster::api
