// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/socketopening.h"

#include "transport/upgrade.h"

using namespace std::chrono_literals;

namespace muster::api {

using transport::WebSocket;

namespace {

/// Whoever is turned away answers the goodbye, or does not.
constexpr std::chrono::milliseconds goodbyeWithin = 5s;

} // namespace

OpenedSocket openSocket(listen::HttpFront &front, qsizetype messageBytes, qint64 unsentBytes)
{
    listen::Connection &connection = front.connection();
    const transport::HttpHead head = front.head();
    front.write(transport::upgradeAnswer(head));
    front.deleteLater();
    auto *webSocket = new WebSocket(connection.socket(), WebSocket::Role::Server, &connection);
    webSocket->setLimits(messageBytes, unsentBytes);
    connection.enter(listen::Phase::Live);
    return {.connection = connection, .webSocket = *webSocket, .head = head};
}

void turnAway(const OpenedSocket &opened, quint16 code, const QString &reason)
{
    listen::Connection &connection = opened.connection;
    QObject::connect(&opened.webSocket, &WebSocket::finished, &connection, [&connection] { connection.finish(listen::Ending::Refused); });
    opened.webSocket.close(code, reason);
    connection.close(listen::Ending::Refused, goodbyeWithin);
}

SenderHeaders senderHeaders(const transport::HttpHead &head)
{
    return {.host = head.value("Host"), .site = head.value("Sec-Fetch-Site"), .origin = head.value("Origin"), .referer = {}};
}

} // namespace muster::api
