// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/listen/httpsession.h"
#include "server/listen/keeper.h"
#include "server/listen/route.h"

#include <QQueue>
#include <QTcpServer>

#include <map>

class QHttpServer;
class QHttpServerRequest;

namespace muster::listen {

/// Takes in connections whose request is for the API, and feeds a QHttpServer with them. Keeps them, and passes on those that ask for a
/// WebSocket, whenever they do. Lives in the HTTP server's thread.
class HttpIntake : public QTcpServer
{
    Q_OBJECT

public:
    using IsDoor = std::function<bool(const QByteArray &path)>;
    /// Takes a connection over whose request is an upgrade.
    using TakeOver = std::function<void(HttpFront &front)>;

    /// Makes the intake a server of `http`, which owns it from then on.
    /// @param toDoor is given connections that the intake does not keep any more; they may move
    /// @param toPeople is given connections that the intake keeps
    [[nodiscard]] static HttpIntake *attach(QHttpServer &http, IsDoor isDoor, TakeOver toDoor, TakeOver toPeople);

    /// Takes a connection whose front holds a head that was read. Both are in this thread already.
    void take(HttpFront &front);

    /// The session of a request that QHttpServer handles; null when its client is gone meanwhile.
    [[nodiscard]] HttpSession *sessionOf(const QHttpServerRequest &request) const;
    [[nodiscard]] Keeper &keeper() { return m_keeper; }

    // QTcpServer's own queue warns when it does not listen itself.
    [[nodiscard]] bool hasPendingConnections() const override { return !m_waiting.isEmpty(); }
    QTcpSocket *nextPendingConnection() override { return m_waiting.isEmpty() ? nullptr : m_waiting.dequeue(); }

private:
    /// The four of them name a connection (RFC 9293 section 3.3.1).
    using Name = std::tuple<QString, quint16, QString, quint16>;

    HttpIntake(IsDoor isDoor, TakeOver toDoor, TakeOver toPeople);
    void serve(HttpFront &front);
    void headCame(HttpSession &session, HttpFront &front);

    IsDoor m_isDoor;
    TakeOver m_toDoor;
    TakeOver m_toPeople;
    QQueue<QTcpSocket *> m_waiting;
    std::map<Name, HttpSession *> m_sessions;
    Keeper m_keeper;
};

} // namespace muster::listen
