// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>

class QWebSocket;

namespace muster::listen {

/// Who is really there: the last address of X-Forwarded-For when a proxy on this machine hands the connection on, else the peer.
[[nodiscard]] QHostAddress realAddress(const QHostAddress &peer, QByteArrayView forwardedFor);
[[nodiscard]] QHostAddress peerOf(const QWebSocket &socket);

} // namespace muster::listen
