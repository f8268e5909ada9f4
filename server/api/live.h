// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/fleet/commands.h"
#include "server/operators/gate.h"

#include <QWebSocketServer>

#include <set>

class QTcpSocket;

namespace muster::api {

class LiveSession;

/// The operators' live socket: JSON-RPC 2.0 with the methods of the table, and subscriptions. Lives in the API's thread.
class LiveHub : public QObject
{
    Q_OBJECT

public:
    /// Browser tabs and programs at once; more is a fault of a script.
    static constexpr size_t mostSessions = 500;

    LiveHub(operators::Gate &gate, operators::Accounts &accounts, fleet::Fleet &fleet, fleet::Commands &commands, Counters &counters);
    ~LiveHub() override;

    /// Takes a socket whose request for the live path is still unread. In the API's thread.
    void take(QTcpSocket *socket);
    /// Tells all that the server stops.
    void shutDown();

private:
    friend class LiveSession;
    void admit(QWebSocket *socket);

    operators::Gate &m_gate;
    operators::Accounts &m_accounts;
    fleet::Fleet &m_fleet;
    fleet::Commands &m_commands;
    Counters &m_counters;
    QWebSocketServer m_handshakes;
    std::set<LiveSession *> m_sessions;
};

} // namespace muster::api
