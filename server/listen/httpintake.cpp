// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen/httpintake.h"

#include <QDateTime>
#include <QHttpServer>
#include <QHttpServerRequest>
#include <QTcpSocket>

using namespace std::chrono_literals;

namespace muster::listen {

namespace {

/// A connection without an answer for this long is idle, or never meant to ask. Longer than the longest call of a device.
constexpr auto silentAtMost = 75s;

} // namespace

HttpIntake::HttpIntake(Counters &counters)
    : m_counters(counters)
    , m_reaper(this)
{
    connect(&m_reaper, &QTimer::timeout, this, &HttpIntake::reap);
    m_reaper.start(5s);
}

HttpIntake *HttpIntake::attach(QHttpServer &http, Counters &counters)
{
    auto *intake = new HttpIntake(counters);
    // QHttpServer takes listening servers only; from here on sockets come through take() alone.
    if (!intake->listen(QHostAddress::LocalHost, 0) || !http.bind(intake))
        qFatal("The HTTP server does not take its intake");
    intake->close();
    return intake;
}

void HttpIntake::take(QTcpSocket *socket)
{
    if (m_lastAnswer.size() >= mostConnections) {
        ++m_counters.connectionsRefused;
        socket->abort();
        socket->deleteLater();
        return;
    }
    socket->setParent(this);
    socket->setReadBufferSize(requestBytes);
    m_lastAnswer.insert(socket, QDateTime::currentMSecsSinceEpoch());
    connect(socket, &QTcpSocket::bytesWritten, this, [this, socket] { m_lastAnswer[socket] = QDateTime::currentMSecsSinceEpoch(); });
    connect(socket, &QObject::destroyed, this, [this, socket] { m_lastAnswer.remove(socket); });
    m_waiting.enqueue(socket);
    QMetaObject::invokeMethod(this, "pendingConnectionAvailable", Qt::DirectConnection);
    // The request may have been read before the server listened.
    if (socket->bytesAvailable() > 0)
        QMetaObject::invokeMethod(socket, "readyRead", Qt::QueuedConnection);
}

QTcpSocket *HttpIntake::socketOf(const QHttpServerRequest &request) const
{
    // The four of them name a connection (RFC 9293 section 3.3.1), of which there are mostConnections at most.
    const auto isIt = [&request](const QTcpSocket *socket) {
        return socket->state() == QAbstractSocket::ConnectedState && socket->peerPort() == request.remotePort()
               && socket->peerAddress() == request.remoteAddress() && socket->localPort() == request.localPort()
               && socket->localAddress() == request.localAddress();
    };
    const auto keys = m_lastAnswer.keyBegin();
    const auto found = std::find_if(keys, m_lastAnswer.keyEnd(), isIt);
    return found == m_lastAnswer.keyEnd() ? nullptr : *found;
}

void HttpIntake::reap()
{
    const qint64 oldest = QDateTime::currentMSecsSinceEpoch() - std::chrono::milliseconds(silentAtMost).count();
    for (auto it = m_lastAnswer.cbegin(); it != m_lastAnswer.cend(); ++it) {
        if (*it < oldest)
            QMetaObject::invokeMethod(it.key(), [socket = it.key()] { socket->abort(); }, Qt::QueuedConnection);
    }
}

} // namespace muster::listen
