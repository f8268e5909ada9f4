// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/counters.h"

#include <QHash>
#include <QQueue>
#include <QTcpServer>
#include <QTimer>

class QHttpServer;
class QHttpServerRequest;

namespace muster::listen {

/// Feeds sockets that were accepted elsewhere to a QHttpServer, and guards them: Qt 6.8's server has no limits of its own.
/// Lives in the HTTP server's thread.
class HttpIntake : public QTcpServer
{
    Q_OBJECT

public:
    /// Browsers and scripts at once.
    static constexpr qsizetype mostConnections = 1024;
    /// A whole request fits: request line, headers, and the largest body that REST takes.
    static constexpr qint64 requestBytes = 320 * 1024;

    /// Makes the intake a server of `http`, which owns it from then on.
    [[nodiscard]] static HttpIntake *attach(QHttpServer &http, Counters &counters);

    /// Takes a socket, ownership included, whose request may have arrived already.
    void take(QTcpSocket *socket);

    /// The open connection that a request came by; null when it is gone meanwhile.
    [[nodiscard]] QTcpSocket *socketOf(const QHttpServerRequest &request) const;

    // QTcpServer's own queue warns when it does not listen itself.
    [[nodiscard]] bool hasPendingConnections() const override { return !m_waiting.isEmpty(); }
    QTcpSocket *nextPendingConnection() override { return m_waiting.isEmpty() ? nullptr : m_waiting.dequeue(); }

private:
    explicit HttpIntake(Counters &counters);
    void reap();

    Counters &m_counters;
    QQueue<QTcpSocket *> m_waiting;
    QHash<QTcpSocket *, qint64> m_lastAnswer; ///< ms since 1970
    QTimer m_reaper;
};

} // namespace muster::listen
