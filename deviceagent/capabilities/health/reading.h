// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/capabilities/health/disks.h"
#include "deviceagent/capabilities/health/network.h"
#include "deviceagent/capabilities/health/thermometers.h"
#include "protocol/rpc/health.h"

#include <memory>
#include <optional>

namespace muster::agent {

/// What the kernel says at one moment. Counters only mean something next to an earlier reading.
struct Reading
{
    qint64 bootTime = 0; ///< ms
    quint64 cpuBusy = 0; ///< jiffies since the start, all processors
    quint64 cpuTotal = 0;
    NetworkCounters network;
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
    struct Options
    {
        QStringList temperatureExclude; ///< see Thermometers
        QStringList diskExclude;        ///< see mountsThatFill()
        DiskUse::Measure measureDisk;   ///< statvfs(3) but for tests
    };

    /// @param root the folder that holds /proc and /sys; empty but for tests
    HealthReader(const QString &root, const Options &options);

    /// @param bootTime the moment, by agent::bootTime(). The first reading begins to measure the disks, and is without them
    [[nodiscard]] Reading read(qint64 bootTime);
    /// Whose temperature the last reading has; empty: none.
    [[nodiscard]] const QString &temperatureSensor() const { return m_sensor; }

private:
    void readCpu(Reading &reading) const;
    void readMemory(Reading &reading) const;
    void readLoad(Reading &reading) const;

    QString m_root;
    Thermometers m_thermometers;
    NetworkInterfaces m_interfaces;
    std::unique_ptr<DiskUse> m_disks;
    QString m_sensor;
    /// What may be plugged in or mounted meanwhile is looked for once a minute, not with every reading.
    std::optional<qint64> m_foundAt;
};

} // namespace muster::agent
