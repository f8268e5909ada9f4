// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QStringList>

#include <optional>

namespace muster::agent {

/// What an interface has carried since it is there.
struct InterfaceCounters
{
    quint64 bytesIn = 0;
    quint64 packetsIn = 0;
    quint64 bytesOut = 0;
    quint64 packetsOut = 0;
};

/// By the kernel's index: a name may be given to another interface, an index is not.
using NetworkCounters = QHash<int, InterfaceCounters>;

/// Bytes between two readings.
struct NetworkTraffic
{
    std::optional<quint64> in; ///< nothing where no interface can be compared
    std::optional<quint64> out;
};

/// Only of interfaces that both readings have: what one carried before it was looked at belongs to no span. A counter of 32 bits
/// may begin anew; one whose packets went back too was reset, and says nothing.
[[nodiscard]] NetworkTraffic trafficBetween(const NetworkCounters &earlier, const NetworkCounters &later);

/// The interfaces through which bytes leave this machine, each byte counted once: hardware, without what stands on top of other
/// hardware (ports of a switch on its conduit, the two halves of an accelerated virtual one). VLANs, bridges, bonds, tunnels and
/// the pairs of containers are no hardware. Where there is none, in a container, whatever is not obviously stacked.
class NetworkInterfaces
{
public:
    /// @param root the folder that holds /proc and /sys; empty but for tests
    explicit NetworkInterfaces(const QString &root);

    /// Looks for them.
    void find();
    [[nodiscard]] NetworkCounters read() const;

private:
    struct Interface;
    [[nodiscard]] QList<Interface> all() const;
    [[nodiscard]] int indexOf(const QString &name) const;

    QString m_root;
    QStringList m_names;
};

} // namespace muster::agent
