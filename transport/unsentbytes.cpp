// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/unsentbytes.h"

#include <QSslSocket>

namespace muster::transport {

qint64 unsentBytes(const QAbstractSocket &socket)
{
    const auto *secure = qobject_cast<const QSslSocket *>(&socket);
    return socket.bytesToWrite() + (secure ? secure->encryptedBytesToWrite() : 0);
}

} // namespace muster::transport
