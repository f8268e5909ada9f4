// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/health/network.h"

#include "deviceagent/capabilities/health/kernelfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

/// Some hundred bytes for each interface, and a host of containers has thousands.
constexpr qint64 tableBytes = 4LL * 1024 * 1024;

/// ARPHRD_… of linux/if_arp.h: loopback, CAN buses, and copies of what Wi-Fi and 802.15.4 radios carry, for listeners.
constexpr std::array notNetwork{772, 280, 801, 802, 803, 805};

/// Names of what a container has in the place of hardware.
constexpr std::array plainNames{"eth"_L1, "en"_L1, "wl"_L1, "wwan"_L1};

/// Kinds (DEVTYPE of the uevent file) that are no layer on top of another interface.
constexpr std::array plainKinds{""_L1, "wlan"_L1, "wwan"_L1, "gadget"_L1};

std::optional<quint64> grown(quint64 earlier, quint64 later, quint64 packetsEarlier, quint64 packetsLater)
{
    constexpr quint64 width = 1ULL << 32;
    if (later >= earlier)
        return later - earlier;
    if (earlier < width && packetsLater > packetsEarlier)
        return later + width - earlier;
    return {};
}

void add(std::optional<quint64> &sum, const std::optional<quint64> &bytes)
{
    if (bytes)
        sum = sum.value_or(0) + *bytes;
}

} // namespace

struct NetworkInterfaces::Interface
{
    QString name;
    int index = 0;
    int below = 0; ///< index of the interface that carries this one; its own where there is none
    QString above; ///< name of the interface that this one is a part of
    QString kind;  ///< DEVTYPE
    bool isHardware = false;
};

NetworkTraffic trafficBetween(const NetworkCounters &earlier, const NetworkCounters &later)
{
    NetworkTraffic traffic;
    for (auto now = later.begin(); now != later.end(); ++now) {
        const auto before = earlier.find(now.key());
        if (before == earlier.end())
            continue;
        add(traffic.in, grown(before->bytesIn, now->bytesIn, before->packetsIn, now->packetsIn));
        add(traffic.out, grown(before->bytesOut, now->bytesOut, before->packetsOut, now->packetsOut));
    }
    return traffic;
}

NetworkInterfaces::NetworkInterfaces(const QString &root)
    : m_root(root)
{
}

int NetworkInterfaces::indexOf(const QString &name) const
{
    return kernelFile(m_root + "/sys/class/net/"_L1 + name + "/ifindex"_L1).trimmed().toInt();
}

QList<NetworkInterfaces::Interface> NetworkInterfaces::all() const
{
    QList<Interface> interfaces;
    const QStringList names = QDir(m_root + "/sys/class/net"_L1).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        const QString folder = m_root + "/sys/class/net/"_L1 + name;
        if (std::ranges::contains(notNetwork, kernelFile(folder + "/type"_L1).trimmed().toInt()))
            continue;
        Interface found{.name = name,
                        .index = indexOf(name),
                        .below = kernelFile(folder + "/iflink"_L1).trimmed().toInt(),
                        .above = QFileInfo(QFile::symLinkTarget(folder + "/master"_L1)).fileName(),
                        .kind = {},
                        .isHardware = QFile::exists(folder + "/device"_L1)};
        const QList<QByteArray> about = kernelFile(folder + "/uevent"_L1).split('\n');
        for (const QByteArray &line : about) {
            if (line.startsWith("DEVTYPE="))
                found.kind = QString::fromLatin1(line.sliced(8).trimmed());
        }
        interfaces.append(found);
    }
    return interfaces;
}

void NetworkInterfaces::find()
{
    const QList<Interface> interfaces = all();
    const auto isHardware = [&interfaces](const auto &which) {
        return std::ranges::any_of(interfaces, [&which](const Interface &one) { return one.isHardware && which(one); });
    };
    m_names.clear();
    for (const Interface &one : interfaces) {
        const bool isCounted = isHardware(
            [&one](const Interface &other) { return other.name != one.name && (other.index == one.below || other.name == one.above); });
        if (one.isHardware && !isCounted)
            m_names.append(one.name);
    }
    if (isHardware([](const Interface &) { return true; }))
        return;
    for (const Interface &one : interfaces) {
        const bool hasPlainName = std::ranges::any_of(plainNames, [&one](QLatin1StringView begin) { return one.name.startsWith(begin); });
        if (hasPlainName && std::ranges::contains(plainKinds, one.kind))
            m_names.append(one.name);
    }
}

NetworkCounters NetworkInterfaces::read() const
{
    NetworkCounters counters;
    const QList<QByteArray> lines = kernelFile(m_root + "/proc/self/net/dev"_L1, tableBytes).split('\n');
    for (const QByteArray &line : lines) {
        // A name may have colons of its own ("eth0:1"); the numbers have none.
        const qsizetype colon = line.lastIndexOf(':');
        if (colon < 0)
            continue;
        const QString name = QString::fromUtf8(line.first(colon).trimmed());
        if (!m_names.contains(name))
            continue;
        // bytes packets errs drop fifo frame compressed multicast, and the same again for what was sent
        const QList<QByteArray> fields = line.sliced(colon + 1).simplified().split(' ');
        const int index = fields.size() < 10 ? 0 : indexOf(name);
        if (index > 0)
            counters.insert(index, {.bytesIn = fields[0].toULongLong(),
                                    .packetsIn = fields[1].toULongLong(),
                                    .bytesOut = fields[8].toULongLong(),
                                    .packetsOut = fields[9].toULongLong()});
    }
    return counters;
}

} // namespace muster::agent
