// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/operatorsocket.h"

#include "protocol/rpc/limits.h"
#include "server/api/livelimits.h"
#include "server/steadytime.h"
#include "transport/closecodes.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::api {

namespace {

/// For the other's goodbye.
constexpr std::chrono::milliseconds goodbyeWithin = 5s;

} // namespace

OperatorSocket::OperatorSocket(listen::Connection &connection, transport::WebSocket &webSocket, qint64 unsentAtMost)
    : m_connection(&connection)
    , m_webSocket(&webSocket)
    , m_unsentAtMost(unsentAtMost)
    , m_pingedAt(steadyNow())
{
    using transport::WebSocket;
    connect(m_webSocket, &WebSocket::pongReceived, this, [this] { m_unanswered = 0; });
    connect(m_webSocket, &WebSocket::finished, m_connection, [connection = m_connection.get(), webSocket = m_webSocket.get()] {
        // Who broke a rule may still be sending, and is to read why that was wrong.
        if (transport::closecode::isBrokenRule(webSocket->closeCode()))
            connection->finishReading(listen::Ending::Refused);
        else
            connection->finish(listen::Ending::Done);
    });
    connect(m_connection, &listen::Connection::crowdedOut, this,
            [this] { hangUp(transport::closecode::tryAgainLater, u"too many connections from your address"_s); });
    connect(m_connection, &listen::Connection::ended, this, [this] {
        m_connection = nullptr;
        m_webSocket = nullptr;
        emit ended();
    });
}

void OperatorSocket::tick(qint64 now)
{
    if (!m_webSocket || m_webSocket->isClosing() || now - m_pingedAt < std::chrono::milliseconds(limits::pingEvery).count())
        return;
    m_pingedAt = now;
    if (m_unanswered >= livelimits::missedPings)
        return hangUp(transport::closecode::policy, u"%1 pings stayed unanswered"_s.arg(m_unanswered));
    ++m_unanswered;
    m_webSocket->ping();
}

void OperatorSocket::sendText(const QByteArray &utf8)
{
    if (!m_webSocket)
        return;
    if (m_webSocket->unsentBytes() > m_unsentAtMost)
        return m_connection->end(listen::Ending::Unread);
    m_webSocket->sendText(utf8);
}

void OperatorSocket::hangUp(quint16 code, const QString &reason)
{
    if (!m_webSocket)
        return;
    m_webSocket->close(code, reason);
    m_connection->close(listen::Ending::Stopped, goodbyeWithin);
}

void OperatorSocket::goAway()
{
    hangUp(transport::closecode::goingAway, u"the server stops"_s);
}

} // namespace muster::api
