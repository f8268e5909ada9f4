// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/health.h"

#include <QStringList>

#include <functional>
#include <optional>

namespace muster::agent {

/// What the kernel says at one moment. Counters only mean something next to an earlier reading.
struct Reading
{
    qint64 bootTime = 0; ///< ms
    quint64 cpuBusy = 0; ///< jiffies since the start, all processors
    quint64 cpuTotal = 0;
    quint64 networkIn = 0; ///< bytes since the start, real interfaces
    quint64 networkOut = 0;
    bool hasNetwork = false;
    qint64 memory = HealthSample::missing; ///< in the units of HealthField
    qint64 disk = HealthSample::missing;
    qint64 temperature = HealthSample::missing;
    qint64 load = HealthSample::missing;
};

/// The sample between two readings; `time` is left for the caller. Values whose counters went backwards are missing.
[[nodiscard]] HealthSample sampleBetween(const Reading &earlier, const Reading &later);

/// Reads /proc and /sys.
class HealthReader
{
public:
    /// Used share of a mounted file system in permille, as df counts it. @return nothing for one without blocks
    using DiskUsage = std::function<std::optional<qint64>(const QString &mountPoint)>;

    /// @param root the folder that holds /proc and /sys; empty but for tests
    explicit HealthReader(const QString &root, DiskUsage diskUsage = {});

    /// @param bootTime the moment, by agent::bootTime()
    [[nodiscard]] Reading read(qint64 bootTime);

private:
    void findSources();
    void readCpu(Reading &reading) const;
    void readMemory(Reading &reading) const;
    void readNetwork(Reading &reading) const;
    void readTemperature(Reading &reading) const;
    void readLoad(Reading &reading) const;
    [[nodiscard]] qint64 fullestDisk() const;

    QString m_root;
    DiskUsage m_diskUsage;
    /// What may be plugged in or mounted meanwhile is looked for once a minute, not with every reading.
    QStringList m_mounts;
    QStringList m_sensors;
    QList<QByteArray> m_interfaces;
    qint64 m_disk = HealthSample::missing;
    std::optional<qint64> m_foundAt;
};

} // namespace muster::agent
