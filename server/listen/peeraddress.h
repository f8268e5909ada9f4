// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>

namespace muster::listen {

/// Who is really there: the last address of X-Forwarded-For when a proxy on this machine hands the connection on, else the peer.
/// Proxies write addresses in several ways: with a port, and IPv6 in brackets or without.
[[nodiscard]] QHostAddress realAddress(const QHostAddress &peer, QByteArrayView forwardedFor);

} // namespace muster::listen
