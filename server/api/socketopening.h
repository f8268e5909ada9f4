// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api/credentials.h"
#include "server/listen/httpfront.h"
#include "transport/websocket.h"

namespace muster::api {

/// A WebSocket of somebody who is not known yet: its handshake is over, because a browser learns nothing of one that is refused.
struct OpenedSocket
{
    listen::Connection &connection;
    transport::WebSocket &webSocket; ///< hangs below the connection
    transport::HttpHead head;        ///< of the request
};
/// Answers a request for an upgrade that is good and handed over. The front goes. @param messageBytes,unsentBytes see WebSocket::setLimits()
[[nodiscard]] OpenedSocket openSocket(listen::HttpFront &front, qsizetype messageBytes, qint64 unsentBytes);
/// Says why it may not stay, and ends it.
void turnAway(const OpenedSocket &opened, quint16 code, const QString &reason);
/// What the request says of who made a browser send it.
[[nodiscard]] SenderHeaders senderHeaders(const transport::HttpHead &head);

} // namespace muster::api
