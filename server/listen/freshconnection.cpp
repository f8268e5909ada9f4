// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen/freshconnection.h"

#include "protocol/rpc/limits.h"

#include <QSslSocket>

namespace muster::listen {

FreshConnection::FreshConnection(const QSslConfiguration &tls, IsDoor isDoor, QObject *parent)
    : QObject(parent)
    , m_tls(tls)
    , m_socket(tls.isNull() ? new QTcpSocket(this) : new QSslSocket(this))
    , m_deadline(this)
    , m_isDoor(std::move(isDoor))
{
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        emit timedOut();
        drop();
    });
    m_deadline.setSingleShot(true);
    connect(m_socket, &QAbstractSocket::readyRead, this, &FreshConnection::look);
    connect(m_socket, &QAbstractSocket::disconnected, this, &FreshConnection::drop);
}

bool FreshConnection::start(qintptr descriptor, ConnectionGuard &guard)
{
    if (!m_socket->setSocketDescriptor(descriptor)) {
        drop();
        return true;
    }
    auto slot = guard.enter(m_socket->peerAddress());
    if (!slot) {
        drop();
        return false;
    }
    m_slot = std::move(*slot);
    m_deadline.start(limits::authenticateWithin);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    if (auto *secure = qobject_cast<QSslSocket *>(m_socket)) {
        // What a stranger's client thinks of our certificate is in its own log; the connection just ends.
        connect(secure, &QSslSocket::errorOccurred, this, &FreshConnection::drop);
        secure->setSslConfiguration(m_tls);
        secure->startServerEncryption();
    }
    return true;
}

void FreshConnection::look()
{
    if (const auto *secure = qobject_cast<QSslSocket *>(m_socket); secure && !secure->isEncrypted())
        return;
    const QByteArray peeked = m_socket->peek(requestLineBytes + 1);
    const Route route = routeOf(peeked, m_isDoor);
    if (route.destination == Destination::Unknown)
        return;
    if (route.destination == Destination::Refused)
        return drop();
    m_deadline.stop();
    disconnect(m_socket, nullptr, this, nullptr);
    // Later, and not from within the socket's own signal: the receiver may move it to another thread, and the socket is not done here.
    QMetaObject::invokeMethod(this, [this, route] { handOn(route); }, Qt::QueuedConnection);
}

void FreshConnection::handOn(const Route &route)
{
    if (m_socket->state() != QAbstractSocket::ConnectedState)
        return drop();
    QTcpSocket *socket = std::exchange(m_socket, nullptr);
    socket->setParent(nullptr);
    emit routed(socket, route, m_slot);
    deleteLater();
}

void FreshConnection::drop()
{
    if (!m_socket)
        return;
    disconnect(m_socket, nullptr, this, nullptr);
    m_socket->abort();
    m_socket = nullptr; // a child: goes with this object
    m_deadline.stop();
    m_slot.release();
    deleteLater();
}

} // namespace muster::listen
