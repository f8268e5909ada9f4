// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/health/samplering.h"

#include <QFileInfo>
#include <QLoggingCategory>

#include <array>
#include <bit>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

Q_LOGGING_CATEGORY(logRing, "muster.agent.health.ring", QtInfoMsg)

constexpr quint64 magic = 0x3130676e6952754dULL; // "MuRing01", read as a little-endian number

// The file stays on the machine that wrote it: its own byte order and layout will do.
struct Header
{
    quint64 magic = 0;
    quint64 capacity = 0;
    quint64 first = 0;
    quint64 next = 0;
    quint64 check = 0;
};

struct Record
{
    quint64 number = 0;
    qint64 time = 0;
    qint64 bootTime = 0;
    std::array<qint64, healthFieldCount> values = {};
    quint32 boot = 0;
    quint32 flags = 0;
    quint64 check = 0;
};
static_assert(sizeof(Record) == 8 * (5 + healthFieldCount));

constexpr quint32 isServerTimeFlag = 1;

/// FNV-1a over all but the check itself: finds torn writes, which is all that it is for.
template <typename T>
quint64 checkOf(const T &object)
{
    const auto bytes = std::bit_cast<std::array<unsigned char, sizeof(T)>>(object);
    quint64 hash = 0xcbf29ce484222325ULL;
    for (size_t i = 0; i < sizeof(T) - sizeof(quint64); ++i)
        hash = (hash ^ bytes[i]) * 0x100000001b3ULL;
    return hash;
}

qint64 placeOf(quint64 number, quint64 capacity)
{
    return static_cast<qint64>(sizeof(Header) + number % capacity * sizeof(Record));
}

} // namespace

SampleRing::SampleRing(const QString &path, int capacity)
    : m_file(path)
    , m_capacity(static_cast<quint64>(capacity))
{
    const bool isNew = !QFileInfo::exists(path);
    if (!m_file.open(QIODevice::ReadWrite | QIODevice::Unbuffered, QFile::ReadOwner | QFile::WriteOwner)) {
        qCWarning(logRing).noquote() << path << "cannot be used:" << m_file.errorString() << "- samples that cannot be sent are lost";
        return;
    }
    if (readHeader())
        return;
    if (!isNew)
        qCWarning(logRing).noquote() << path << "is damaged or of another version: begun anew";
    m_first = m_next = 0;
    m_file.resize(0);
    writeHeader();
}

void SampleRing::append(const QList<StoredSample> &samples)
{
    if (!isUsable())
        return;
    for (const StoredSample &stored : samples) {
        Record record{.number = m_next,
                      .time = stored.sample.time,
                      .bootTime = stored.bootTime,
                      .values = stored.sample.values,
                      .boot = stored.boot,
                      .flags = stored.isServerTime ? isServerTimeFlag : 0};
        record.check = checkOf(record);
        if (!m_file.seek(placeOf(m_next, m_capacity))
            || m_file.write(reinterpret_cast<const char *>(&record), sizeof record) != sizeof record) {
            qCWarning(logRing).noquote() << m_file.fileName() << "cannot be written:" << m_file.errorString();
            break;
        }
        ++m_next;
        if (m_next - m_first > m_capacity)
            m_first = m_next - m_capacity;
    }
    writeHeader();
}

QList<StoredSample> SampleRing::oldest(qsizetype most, qsizetype *taken) const
{
    QList<StoredSample> samples;
    *taken = qMin(most, count());
    samples.reserve(*taken);
    for (quint64 number = m_first; number < m_first + static_cast<quint64>(*taken); ++number) {
        Record record;
        const bool isRead = m_file.seek(placeOf(number, m_capacity))
                            && m_file.read(reinterpret_cast<char *>(&record), sizeof record) == sizeof record;
        if (!isRead || record.number != number || record.check != checkOf(record))
            continue;
        StoredSample stored{
            .sample = {}, .bootTime = record.bootTime, .boot = record.boot, .isServerTime = (record.flags & isServerTimeFlag) != 0};
        stored.sample.time = record.time;
        stored.sample.values = record.values;
        samples.append(stored);
    }
    return samples;
}

void SampleRing::drop(qsizetype count)
{
    m_first = qMin(m_first + static_cast<quint64>(count), m_next);
    if (isUsable())
        writeHeader();
}

bool SampleRing::readHeader()
{
    Header header;
    if (!m_file.seek(0) || m_file.read(reinterpret_cast<char *>(&header), sizeof header) != sizeof header)
        return false;
    if (header.magic != magic || header.check != checkOf(header) || header.capacity != m_capacity || header.first > header.next
        || header.next - header.first > m_capacity)
        return false;
    m_first = header.first;
    m_next = header.next;
    return true;
}

void SampleRing::writeHeader()
{
    Header header{.magic = magic, .capacity = m_capacity, .first = m_first, .next = m_next};
    header.check = checkOf(header);
    if (!m_file.seek(0) || m_file.write(reinterpret_cast<const char *>(&header), sizeof header) != sizeof header)
        qCWarning(logRing).noquote() << m_file.fileName() << "cannot be written:" << m_file.errorString();
}

} // namespace muster::agent
