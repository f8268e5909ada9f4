// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/listen/connectionguard.h"
#include "server/listen/route.h"

#include <QSslConfiguration>
#include <QTcpSocket>
#include <QTimer>

#include <functional>

namespace muster::listen {

/// A connection that has said nothing yet: does the TLS handshake, reads the request line without taking it, and hands the socket
/// on. Deletes itself, and the socket when it was not handed on. Lives in an I/O thread.
class FreshConnection : public QObject
{
    Q_OBJECT

public:
    using IsDoor = std::function<bool(const QByteArray &path)>;

    /// @param tls null for plain text
    FreshConnection(const QSslConfiguration &tls, IsDoor isDoor, QObject *parent);

    /// Takes the descriptor over, whatever comes of it. @return false when a cap of the guard refused it
    [[nodiscard]] bool start(qintptr descriptor, ConnectionGuard &guard);

signals:
    /// The socket is the receiver's now; what it has read is still unread. `slot` may be moved out.
    void routed(QTcpSocket *socket, const muster::listen::Route &route, muster::listen::ConnectionGuard::Slot &slot);
    void timedOut();

private:
    void look();
    void handOn(const Route &route);
    void drop();

    QSslConfiguration m_tls;
    QTcpSocket *m_socket;
    QTimer m_deadline;
    ConnectionGuard::Slot m_slot;
    IsDoor m_isDoor;
};

} // namespace muster::listen
