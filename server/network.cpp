// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/network.h"

#include "protocol/rpc/message.h"

#include <QHostAddress>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

constexpr int subscriberBytes = 8; ///< of an IPv6 address

} // namespace

QHostAddress plainAddress(const QHostAddress &address)
{
    bool isFour = false;
    const quint32 four = address.toIPv4Address(&isFour);
    return isFour ? QHostAddress(four) : address;
}

QString networkOf(const QHostAddress &any)
{
    const QHostAddress address = plainAddress(any);
    if (address.protocol() != QAbstractSocket::IPv6Protocol || address.isLoopback())
        return address.toString();
    Q_IPV6ADDR six = address.toIPv6Address();
    std::fill(std::begin(six.c) + subscriberBytes, std::end(six.c), 0);
    return QHostAddress(six).toString() + "/64"_L1;
}

QString networkOf(const QString &address)
{
    const QHostAddress read(address);
    return read.isNull() ? address : networkOf(read);
}

Result<QString> networkFromText(const QString &text)
{
    const qsizetype slash = text.indexOf('/'_L1);
    const QHostAddress address(slash < 0 ? text : text.first(slash));
    const bool isFour = address.protocol() == QAbstractSocket::IPv4Protocol;
    if (address.isNull() || (slash >= 0 && text.sliced(slash) != (isFour ? "/32"_L1 : "/64"_L1)))
        return failure(
            InvalidParams,
            cleanText(u"\"%1\" is no address: write one as 192.0.2.7, or an IPv6 address, of which its /64 is meant"_s.arg(text.left(80)),
                      400));
    return networkOf(address);
}

bool speaksForMany(const QString &address)
{
    return QHostAddress(address).isLoopback();
}

} // namespace muster
