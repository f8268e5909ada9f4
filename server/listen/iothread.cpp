// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen/iothread.h"

#include "protocol/rpc/limits.h"
#include "server/listen/freshconnection.h"

#include <QWebSocket>

using namespace Qt::Literals::StringLiterals;

namespace muster::listen {

IoThread::IoThread(int number, DoorFactories factories, HandOver handOver, ConnectionGuard &guard, Counters &counters)
    : m_factories(std::move(factories))
    , m_handOver(std::move(handOver))
    , m_guard(guard)
    , m_counters(counters)
{
    m_thread.setObjectName(u"io-%1"_s.arg(number));
    moveToThread(&m_thread);
    // Doors, sockets and fresh connections belong to the thread and end in it.
    connect(
        &m_thread, &QThread::finished, this,
        [this] {
            qDeleteAll(findChildren<FreshConnection *>(Qt::FindDirectChildrenOnly));
            // Out of the way first: their sockets still ask for them while they go.
            const auto gone = std::exchange(m_entrances, {});
        },
        Qt::DirectConnection);
    m_thread.start();
}

IoThread::~IoThread()
{
    m_thread.quit();
    m_thread.wait();
}

void IoThread::accept(qintptr descriptor, const QSslConfiguration &tls)
{
    QMetaObject::invokeMethod(this, [this, descriptor, tls] { take(descriptor, tls); }, Qt::QueuedConnection);
}

void IoThread::take(qintptr descriptor, const QSslConfiguration &tls)
{
    ++m_counters.connectionsOpened;
    auto *fresh = new FreshConnection(tls, [this](const QByteArray &path) { return m_factories.contains(path); }, this);
    connect(fresh, &FreshConnection::routed, this, &IoThread::route);
    connect(fresh, &FreshConnection::timedOut, this, [this] { ++m_counters.connectionsTimedOut; });
    if (!fresh->start(descriptor, m_guard))
        ++m_counters.connectionsRefused;
}

IoThread::Entrance &IoThread::entrance(const QByteArray &path)
{
    Entrance &entrance = m_entrances[path];
    if (entrance.door)
        return entrance;
    entrance.door = m_factories.at(path)();
    entrance.handshakes = std::make_unique<QWebSocketServer>(u"muster"_s, QWebSocketServer::NonSecureMode);
    entrance.handshakes->setHandshakeTimeout(limits::authenticateWithin);
    entrance.handshakes->setMaxPendingConnections(std::numeric_limits<int>::max());
    connect(entrance.handshakes.get(), &QWebSocketServer::newConnection, this, [this, &entrance] {
        while (QWebSocket *socket = entrance.handshakes->nextPendingConnection()) {
            auto slot = entrance.slotsOf.take(Peer(socket->peerAddress(), socket->peerPort()));
            entrance.door->take(socket, slot ? std::move(*slot) : ConnectionGuard::Slot());
        }
    });
    return entrance;
}

void IoThread::route(QTcpSocket *socket, const Route &route, ConnectionGuard::Slot &slot)
{
    if (route.destination != Destination::Door) {
        slot.release();
        return m_handOver(socket, route.destination);
    }
    Entrance &to = entrance(route.path);
    const Peer peer(socket->peerAddress(), socket->peerPort());
    to.slotsOf.insert(peer, std::make_shared<ConnectionGuard::Slot>(std::move(slot)));
    // A handshake that fails takes its socket, and must take its slot. Sockets may outlive the entrance at the thread's end.
    connect(socket, &QObject::destroyed, this, [this, path = route.path, peer] {
        if (const auto found = m_entrances.find(path); found != m_entrances.end())
            found->second.slotsOf.remove(peer);
    });
    to.handshakes->handleConnection(socket);
}

} // namespace muster::listen
