// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen/peeraddress.h"

namespace muster::listen {

namespace {

/// Without port, brackets and quotes.
QByteArrayView bare(QByteArrayView text)
{
    if (text.size() >= 2 && text.startsWith('"') && text.endsWith('"'))
        text = text.sliced(1).chopped(1);
    if (text.startsWith('[')) {
        const qsizetype end = text.indexOf(']');
        return end < 0 ? text : text.first(end).sliced(1);
    }
    // One colon is before a port; more are an IPv6 address.
    const qsizetype colon = text.indexOf(':');
    return colon >= 0 && colon == text.lastIndexOf(':') ? text.first(colon) : text;
}

QHostAddress plain(const QHostAddress &address)
{
    bool isMapped = false;
    const quint32 four = address.toIPv4Address(&isMapped);
    return isMapped ? QHostAddress(four) : address;
}

} // namespace

QHostAddress realAddress(const QHostAddress &peer, QByteArrayView forwardedFor)
{
    QHostAddress direct = plain(peer);
    if (forwardedFor.isEmpty() || !direct.isLoopback())
        return direct;
    // The proxy appends what it saw; all before that is the client's own word.
    const QHostAddress said(QString::fromLatin1(bare(forwardedFor.sliced(forwardedFor.lastIndexOf(',') + 1).trimmed())));
    return said.isNull() ? direct : plain(said);
}

} // namespace muster::listen
