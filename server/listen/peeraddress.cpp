// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen/peeraddress.h"

#include <QNetworkRequest>
#include <QWebSocket>

namespace muster::listen {

QHostAddress realAddress(const QHostAddress &peer, QByteArrayView forwardedFor)
{
    bool isMapped = false;
    const quint32 four = peer.toIPv4Address(&isMapped);
    QHostAddress plain = isMapped ? QHostAddress(four) : peer;
    if (forwardedFor.isEmpty() || !plain.isLoopback())
        return plain;
    // The proxy appends what it saw; all before that is the client's own word.
    const QByteArrayView last = forwardedFor.sliced(forwardedFor.lastIndexOf(',') + 1).trimmed();
    const QHostAddress said(QString::fromLatin1(last));
    return said.isNull() ? plain : said;
}

QHostAddress peerOf(const QWebSocket &socket)
{
    return realAddress(socket.peerAddress(), socket.request().rawHeader("X-Forwarded-For"));
}

} // namespace muster::listen
