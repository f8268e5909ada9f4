// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api/socketopening.h"
#include "server/fleet/eventstream.h"
#include "server/listen/knownnetworks.h"
#include "server/operators/gate.h"

#include <set>

namespace muster::api {

class NotifySession;

/// The socket that only tells: what happens in the fleet, as it happens, in the names of mDash. For programs that read along.
/// Lives in the API's thread.
class NotifyHub : public QObject
{
    Q_OBJECT

public:
    /// How one may sign in, see Rest::Ways.
    struct Ways
    {
        bool secure;
        bool accessTokens;
    };
    /// All of them must outlive this. @param events lives in another thread
    NotifyHub(operators::Gate &gate, operators::Accounts &accounts, const fleet::EventStream &events, listen::KnownNetworks &known,
              Counters &counters, const Ways &ways);
    ~NotifyHub() override;

    /// Takes a connection whose request for the path of notifications is good, and handed over. In the API's thread.
    void take(listen::HttpFront &front);
    /// Judges pings and standings; each second. @param now as steadyNow()
    void tick(qint64 now);
    /// Tells all that the server stops.
    void shutDown();

private:
    /// Whose request it is, as far as that stands in it. @return Unauthenticated, Forbidden
    [[nodiscard]] Result<Credentials> credentialsOf(const transport::HttpHead &head) const;
    void begin(const OpenedSocket &opened, const Result<operators::Caller> &caller);
    void happened(const QList<store::FleetEvent> &events);
    /// As LiveHub::forEach().
    template <typename Tell>
    void forEach(Tell tell)
    {
        for (NotifySession *session : std::set(m_sessions))
            tell(session);
    }

    operators::Gate &m_gate;
    operators::Accounts &m_accounts;
    listen::KnownNetworks &m_known;
    Counters &m_counters;
    Ways m_ways;
    std::set<NotifySession *> m_sessions;
};

} // namespace muster::api
