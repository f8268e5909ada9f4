// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/health/reading.h"

#include <QDir>
#include <QFile>
#include <QSet>

#include <array>
#include <cmath>

#include <sys/statvfs.h>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

constexpr qint64 findEvery = 60'000;
constexpr qint64 fileBytes = 256 * 1024;
// Sensors that are not wired up report 0 K, -127 °C or 255 °C.
constexpr qint64 coldest = -50'000;
constexpr qint64 warmest = 150'000;

/// File systems that are full by their nature, or hold no data of this machine's.
constexpr std::array unwritable{"squashfs", "iso9660", "erofs", "cramfs", "romfs", "udf"};

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly | QIODevice::Unbuffered) ? file.read(fileBytes) : QByteArray();
}

std::optional<qint64> statDisk(const QString &mountPoint)
{
    struct statvfs about = {};
    if (::statvfs(QFile::encodeName(mountPoint).constData(), &about) != 0 || about.f_blocks == 0)
        return {};
    // What root keeps for itself counts neither as used nor as free.
    const quint64 used = about.f_blocks - about.f_bfree;
    const quint64 whole = used + about.f_bavail;
    return whole == 0 ? 1000 : static_cast<qint64>((used * 1000 + whole - 1) / whole);
}

/// /proc/mounts writes blanks and backslashes in octal.
QString unescapeMount(const QByteArray &field)
{
    QByteArray plain;
    for (qsizetype i = 0; i < field.size(); ++i) {
        bool isOctal = false;
        const int code = field[i] == '\\' && i + 3 < field.size() ? field.sliced(i + 1, 3).toInt(&isOctal, 8) : 0;
        if (isOctal)
            i += 3;
        plain.append(isOctal ? static_cast<char>(code) : field[i]);
    }
    return QFile::decodeName(plain);
}

qint64 perSecond(quint64 earlier, quint64 later, qint64 milliseconds)
{
    return later < earlier || milliseconds <= 0 ? HealthSample::missing
                                                : static_cast<qint64>((later - earlier) * 1000 / static_cast<quint64>(milliseconds));
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
    if (earlier.hasNetwork && later.hasNetwork) {
        const qint64 passed = later.bootTime - earlier.bootTime;
        sample[HealthField::NetworkIn] = perSecond(earlier.networkIn, later.networkIn, passed);
        sample[HealthField::NetworkOut] = perSecond(earlier.networkOut, later.networkOut, passed);
    }
    return sample;
}

HealthReader::HealthReader(const QString &root, DiskUsage diskUsage)
    : m_root(root)
    , m_diskUsage(diskUsage ? std::move(diskUsage) : statDisk)
{
}

Reading HealthReader::read(qint64 bootTime)
{
    if (!m_foundAt || bootTime - *m_foundAt >= findEvery) {
        m_foundAt = bootTime;
        findSources();
        m_disk = fullestDisk();
    }
    Reading reading;
    reading.bootTime = bootTime;
    reading.disk = m_disk;
    readCpu(reading);
    readMemory(reading);
    readNetwork(reading);
    readTemperature(reading);
    readLoad(reading);
    return reading;
}

void HealthReader::findSources()
{
    m_mounts.clear();
    QSet<QByteArray> seen;
    const QList<QByteArray> mounts = contents(m_root + "/proc/self/mounts"_L1).split('\n');
    for (const QByteArray &line : mounts) {
        const QList<QByteArray> fields = line.split(' ');
        if (fields.size() < 4 || std::ranges::any_of(unwritable, [&](const char *kind) { return fields[2] == kind; }))
            continue;
        const bool isDisk = fields[0].startsWith("/dev/") && !fields[0].startsWith("/dev/loop");
        // The root of an embedded system is often an overlay or a UBI volume.
        const bool isRoot = fields[1] == "/" && fields[2] != "rootfs" && fields[2] != "tmpfs" && fields[2] != "ramfs";
        const bool isFlash = fields[2] == "ubifs" || fields[2] == "jffs2";
        if ((!isDisk && !isRoot && !isFlash) || seen.contains(fields[0]))
            continue;
        seen.insert(fields[0]);
        m_mounts.append(unescapeMount(fields[1]));
    }

    m_sensors.clear();
    const auto addSensors = [this](const QString &folder, const QString &children, const QString &files) {
        const QStringList found = QDir(m_root + folder).entryList({children}, QDir::Dirs | QDir::NoDotAndDotDot);
        for (const QString &child : found) {
            const QDir sensor(m_root + folder + u'/' + child);
            const QStringList names = sensor.entryList({files}, QDir::Files);
            for (const QString &name : names)
                m_sensors.append(sensor.filePath(name));
        }
    };
    addSensors(u"/sys/class/thermal"_s, u"thermal_zone*"_s, u"temp"_s);
    addSensors(u"/sys/class/hwmon"_s, u"hwmon*"_s, u"temp*_input"_s);

    // Hardware has a device behind it; where there is none (in a container), whatever is not obviously virtual counts.
    m_interfaces.clear();
    QList<QByteArray> others;
    const QStringList names = QDir(m_root + "/sys/class/net"_L1).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        if (QFile::exists(m_root + "/sys/class/net/"_L1 + name + "/device"_L1))
            m_interfaces.append(name.toLatin1());
        else if (name.startsWith("eth"_L1) || name.startsWith("wlan"_L1) || name.startsWith("en"_L1) || name.startsWith("wl"_L1)
                 || name.startsWith("wwan"_L1))
            others.append(name.toLatin1());
    }
    if (m_interfaces.isEmpty())
        m_interfaces = others;
}

qint64 HealthReader::fullestDisk() const
{
    qint64 fullest = HealthSample::missing;
    for (const QString &mount : m_mounts) {
        if (const std::optional<qint64> used = m_diskUsage(mount))
            fullest = qMax(fullest, *used);
    }
    return fullest;
}

void HealthReader::readCpu(Reading &reading) const
{
    // "cpu  user nice system idle iowait irq softirq steal guest guest_nice": guests are in user and nice already.
    const QByteArray line = contents(m_root + "/proc/stat"_L1).split('\n').first();
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
    const QList<QByteArray> lines = contents(m_root + "/proc/meminfo"_L1).split('\n');
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

void HealthReader::readNetwork(Reading &reading) const
{
    const QList<QByteArray> lines = contents(m_root + "/proc/self/net/dev"_L1).split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon < 0 || !m_interfaces.contains(line.first(colon).trimmed()))
            continue;
        const QList<QByteArray> fields = line.sliced(colon + 1).simplified().split(' ');
        if (fields.size() < 9)
            continue;
        reading.networkIn += fields[0].toULongLong();
        reading.networkOut += fields[8].toULongLong();
        reading.hasNetwork = true;
    }
}

void HealthReader::readTemperature(Reading &reading) const
{
    for (const QString &sensor : m_sensors) {
        bool isNumber = false;
        const qint64 thousandths = contents(sensor).trimmed().toLongLong(&isNumber);
        if (isNumber && thousandths > coldest && thousandths < warmest && thousandths != 0)
            reading.temperature = qMax(reading.temperature, thousandths / 100);
    }
}

void HealthReader::readLoad(Reading &reading) const
{
    bool isNumber = false;
    const double load = contents(m_root + "/proc/loadavg"_L1).split(' ').first().toDouble(&isNumber);
    if (isNumber && load >= 0)
        reading.load = std::llround(load * 100);
}

} // namespace muster::agent
