// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/counters.h"
#include "server/doors/door.h"
#include "server/listen/route.h"

#include <QSslConfiguration>
#include <QThread>
#include <QWebSocketServer>

#include <map>

class QTcpSocket;

namespace muster::listen {

/// Makes the door of one path for one I/O thread.
using DoorFactory = std::function<std::unique_ptr<doors::Door>()>;
using DoorFactories = std::map<QByteArray, DoorFactory>;

/// Where sockets of operators go: called in the I/O thread with a socket that has no thread-bound parent any more.
using HandOver = std::function<void(QTcpSocket *socket, Destination destination)>;

/// One I/O thread: fresh connections, TLS, and the doors with all their device sockets. accept() is thread-safe.
class IoThread : public QObject
{
    Q_OBJECT

public:
    IoThread(int number, DoorFactories factories, HandOver handOver, ConnectionGuard &guard, Counters &counters);
    /// Ends the thread; doors and their sockets go first.
    ~IoThread() override;

    void accept(qintptr descriptor, const QSslConfiguration &tls);

private:
    /// A peer's address and port: all that a WebSocket still tells of the socket that it was made from.
    using Peer = std::pair<QHostAddress, quint16>;
    struct Entrance
    {
        std::unique_ptr<QWebSocketServer> handshakes;
        std::unique_ptr<doors::Door> door;
        QHash<Peer, std::shared_ptr<ConnectionGuard::Slot>> slotsOf; ///< of sockets in their WebSocket handshake
    };

    void take(qintptr descriptor, const QSslConfiguration &tls);
    void route(QTcpSocket *socket, const Route &route, ConnectionGuard::Slot &slot);
    [[nodiscard]] Entrance &entrance(const QByteArray &path);

    QThread m_thread;
    DoorFactories m_factories;
    HandOver m_handOver;
    ConnectionGuard &m_guard;
    Counters &m_counters;
    std::map<QByteArray, Entrance> m_entrances; ///< by path; nodes stay where they are
};

} // namespace muster::listen
