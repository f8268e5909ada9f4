// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

class QAbstractSocket;

namespace muster::transport {

/// What was written to a socket and is not the system's yet, on both sides of TLS: QSslSocket counts what waits encrypted apart.
[[nodiscard]] qint64 unsentBytes(const QAbstractSocket &socket);

} // namespace muster::transport
