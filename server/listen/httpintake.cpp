// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen/httpintake.h"

#include <QHttpServer>
#include <QHttpServerRequest>

using namespace Qt::Literals::StringLiterals;

namespace muster::listen {

HttpIntake::HttpIntake(IsDoor isDoor, TakeOver toDoor, TakeOver toPeople)
    : m_isDoor(std::move(isDoor))
    , m_toDoor(std::move(toDoor))
    , m_toPeople(std::move(toPeople))
{
}

HttpIntake *HttpIntake::attach(QHttpServer &http, IsDoor isDoor, TakeOver toDoor, TakeOver toPeople)
{
    auto *intake = new HttpIntake(std::move(isDoor), std::move(toDoor), std::move(toPeople));
    // QHttpServer takes listening servers only; from here on sockets come through take() alone.
    if (!intake->listen(QHostAddress::LocalHost, 0) || !http.bind(intake))
        qFatal("The HTTP server does not take its intake");
    intake->close();
    return intake;
}

void HttpIntake::take(HttpFront &front)
{
    Connection &connection = front.connection();
    m_keeper.keep(&connection);
    if (!connection.moveInto(Room::Strangers))
        return connection.end(Ending::Crowded);
    if (destinationOf(front.head(), m_isDoor) == Destination::People) {
        front.handOver();
        return m_toPeople(front);
    }
    serve(front);
    front.resume();
}

void HttpIntake::serve(HttpFront &front)
{
    auto *session = new HttpSession(front);
    const QTcpSocket &socket = front.connection().socket();
    const Name name(socket.peerAddress().toString(), socket.peerPort(), socket.localAddress().toString(), socket.localPort());
    m_sessions.insert_or_assign(name, session);
    connect(session, &QObject::destroyed, this, [this, name, session] {
        if (const auto own = m_sessions.find(name); own != m_sessions.end() && own->second == session)
            m_sessions.erase(own);
    });
    connect(session, &HttpSession::piped, this, [this](PipeSocket *pipe) {
        m_waiting.enqueue(pipe);
        QMetaObject::invokeMethod(this, "pendingConnectionAvailable", Qt::DirectConnection);
    });
    connect(&front, &HttpFront::headCame, session, [this, session, &front] { headCame(*session, front); });
}

void HttpIntake::headCame(HttpSession &session, HttpFront &front)
{
    // A connection that served pages may ask for a WebSocket later: proxies keep them, and use them for whatever comes.
    switch (destinationOf(front.head(), m_isDoor)) {
    case Destination::Http: return;
    case Destination::Refused: return front.refuseUpgrade();
    case Destination::People:
        front.handOver();
        session.deleteLater();
        return m_toPeople(front);
    case Destination::Door: break;
    }
    front.hold();
    front.disconnect(&session);
    session.deleteLater();
    // Not from within the socket's own signal: it is not done here.
    QMetaObject::invokeMethod(
        &front.connection(),
        [this, &front, session = QPointer(&session)] {
            delete session;
            if (front.connection().hasEnded())
                return;
            m_keeper.release(&front.connection());
            m_toDoor(front);
        },
        Qt::QueuedConnection);
}

HttpSession *HttpIntake::sessionOf(const QHttpServerRequest &request) const
{
    const auto found = m_sessions.find(
        Name(request.remoteAddress().toString(), request.remotePort(), request.localAddress().toString(), request.localPort()));
    return found == m_sessions.end() ? nullptr : found->second;
}

} // namespace muster::listen
