// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/health/reading.h"

#include "deviceagent/capabilities/health/kernelfile.h"

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

constexpr qint64 findEvery = 60'000;

qint64 perSecond(const std::optional<quint64> &bytes, qint64 milliseconds)
{
    return bytes && milliseconds > 0 ? static_cast<qint64>(*bytes * 1000 / static_cast<quint64>(milliseconds)) : HealthSample::missing;
}

} // namespace

HealthSample sampleBetween(const Reading &earlier, const Reading &later)
{
    HealthSample sample;
    if (later.cpuTotal > earlier.cpuTotal && later.cpuBusy >= earlier.cpuBusy)
        sample[HealthField::Cpu] =
            qMin<qint64>(1000, static_cast<qint64>((later.cpuBusy - earlier.cpuBusy) * 1000 / (later.cpuTotal - earlier.cpuTotal)));
    sample[HealthField::Memory] = later.memory;
    sample[HealthField::Disk] = later.disk;
    sample[HealthField::Temperature] = later.temperature;
    sample[HealthField::Load] = later.load;
    const NetworkTraffic traffic = trafficBetween(earlier.network, later.network);
    sample[HealthField::NetworkIn] = perSecond(traffic.in, later.bootTime - earlier.bootTime);
    sample[HealthField::NetworkOut] = perSecond(traffic.out, later.bootTime - earlier.bootTime);
    return sample;
}

HealthReader::HealthReader(const QString &root, const Options &options)
    : m_root(root)
    , m_thermometers(root, options.temperatureExclude)
    , m_interfaces(root)
    , m_disks(std::make_unique<DiskUse>(root, options.diskExclude, options.measureDisk))
{
}

Reading HealthReader::read(qint64 bootTime)
{
    if (!m_foundAt || bootTime - *m_foundAt >= findEvery) {
        m_foundAt = bootTime;
        m_thermometers.find();
        m_interfaces.find();
        m_disks->refresh();
    }
    Reading reading;
    reading.bootTime = bootTime;
    reading.disk = m_disks->fullest();
    reading.network = m_interfaces.read();
    const std::optional<Thermometers::Shown> shown = m_thermometers.read();
    m_sensor = shown ? shown->sensor : QString();
    if (shown)
        reading.temperature = shown->thousandths / 100;
    readCpu(reading);
    readMemory(reading);
    readLoad(reading);
    return reading;
}

void HealthReader::readCpu(Reading &reading) const
{
    // "cpu  user nice system idle iowait irq softirq steal guest guest_nice": guests are in user and nice already.
    const QByteArray line = kernelFile(m_root + "/proc/stat"_L1).split('\n').first();
    if (!line.startsWith("cpu "))
        return;
    const QList<QByteArray> fields = line.simplified().split(' ');
    quint64 idle = 0;
    for (qsizetype i = 1; i < fields.size() && i <= 8; ++i) {
        const quint64 jiffies = fields[i].toULongLong();
        reading.cpuTotal += jiffies;
        if (i == 4 || i == 5)
            idle += jiffies;
    }
    reading.cpuBusy = reading.cpuTotal - idle;
}

void HealthReader::readMemory(Reading &reading) const
{
    qint64 total = 0;
    qint64 available = -1;
    const QList<QByteArray> lines = kernelFile(m_root + "/proc/meminfo"_L1).split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("MemTotal:"))
            total = line.sliced(9).trimmed().split(' ').first().toLongLong();
        else if (line.startsWith("MemAvailable:"))
            available = line.sliced(13).trimmed().split(' ').first().toLongLong();
        if (total > 0 && available >= 0)
            break;
    }
    if (total > 0 && available >= 0 && available <= total)
        reading.memory = (total - available) * 1000 / total;
}

void HealthReader::readLoad(Reading &reading) const
{
    bool isNumber = false;
    const double load = kernelFile(m_root + "/proc/loadavg"_L1).split(' ').first().toDouble(&isNumber);
    if (isNumber && load >= 0)
        reading.load = std::llround(load * 100);
}

} // namespace muster::agent
