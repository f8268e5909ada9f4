// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/healthpack.h"

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

constexpr quint8 formatSingle = 1; ///< one value a field
constexpr quint8 formatBoth = 2;   ///< mean, then greatest
/// More points than any chunk holds: bounds what a damaged count can make us allocate.
constexpr quint64 largestCount = 100'000;

void putNumber(QByteArray &out, quint64 value)
{
    while (value >= 0x80) {
        out.append(static_cast<char>(value | 0x80));
        value >>= 7;
    }
    out.append(static_cast<char>(value));
}

/// Small differences of either sign become small numbers.
quint64 zigzag(qint64 value)
{
    return (static_cast<quint64>(value) << 1) ^ static_cast<quint64>(value >> 63);
}

qint64 unzigzag(quint64 value)
{
    return static_cast<qint64>(value >> 1) ^ -static_cast<qint64>(value & 1);
}

class Reader
{
public:
    explicit Reader(const QByteArray &data)
        : m_data(data)
    {
    }

    quint64 number()
    {
        quint64 value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (m_at >= m_data.size()) {
                m_good = false;
                return 0;
            }
            const auto byte = static_cast<quint8>(m_data.at(m_at++));
            value |= static_cast<quint64>(byte & 0x7f) << shift;
            if (!(byte & 0x80))
                return value;
        }
        m_good = false;
        return 0;
    }

    [[nodiscard]] bool good() const { return m_good; }

private:
    const QByteArray &m_data;
    qsizetype m_at = 0;
    bool m_good = true;
};

/// Differences wrap by design: the reader's addition wraps back.
qint64 difference(qint64 a, qint64 b)
{
    return static_cast<qint64>(static_cast<quint64>(a) - static_cast<quint64>(b));
}

qint64 sum(qint64 a, qint64 b)
{
    return static_cast<qint64>(static_cast<quint64>(a) + static_cast<quint64>(b));
}

} // namespace

HealthPoint pointOf(const HealthSample &sample)
{
    return {.time = sample.time, .mean = sample, .most = sample};
}

QByteArray packHealth(const QList<HealthPoint> &points, bool withMost)
{
    QByteArray raw;
    raw.append(static_cast<char>(withMost ? formatBoth : formatSingle));
    putNumber(raw, static_cast<quint64>(points.size()));
    qint64 last = 0;
    for (const HealthPoint &point : points) {
        putNumber(raw, zigzag(difference(point.time, last)));
        last = point.time;
    }
    const auto column = [&](size_t field, HealthSample HealthPoint::*which) {
        qint64 before = 0;
        for (const HealthPoint &point : points) {
            const qint64 value = (point.*which).values[field];
            // 0 stands for missing, so differences are moved up by one.
            if (value == HealthSample::missing) {
                putNumber(raw, 0);
                continue;
            }
            putNumber(raw, zigzag(difference(value, before)) + 1);
            before = value;
        }
    };
    for (size_t field = 0; field < healthFieldCount; ++field) {
        column(field, &HealthPoint::mean);
        if (withMost)
            column(field, &HealthPoint::most);
    }
    return qCompress(raw, 6);
}

Result<QList<HealthPoint>> unpackHealth(const QByteArray &data)
{
    const auto damaged = [] { return failure(InternalError, u"stored health samples are damaged"_s); };
    const QByteArray raw = qUncompress(data);
    Reader reader(raw);
    const quint64 format = reader.number();
    const quint64 count = reader.number();
    if (!reader.good() || (format != formatSingle && format != formatBoth) || count > largestCount)
        return damaged();
    QList<HealthPoint> points(static_cast<qsizetype>(count));
    qint64 last = 0;
    for (HealthPoint &point : points) {
        last = sum(last, unzigzag(reader.number()));
        point.time = point.mean.time = point.most.time = last;
    }
    const auto column = [&](size_t field, HealthSample HealthPoint::*which) {
        qint64 before = 0;
        for (HealthPoint &point : points) {
            const quint64 number = reader.number();
            if (number == 0)
                continue;
            before = sum(before, unzigzag(number - 1));
            (point.*which).values[field] = before;
        }
    };
    for (size_t field = 0; field < healthFieldCount; ++field) {
        column(field, &HealthPoint::mean);
        if (format == formatBoth)
            column(field, &HealthPoint::most);
    }
    if (!reader.good())
        return damaged();
    if (format == formatSingle) {
        for (HealthPoint &point : points)
            point.most = point.mean;
    }
    return points;
}

QList<HealthPoint> rollUp(const QList<HealthPoint> &points, qint64 step)
{
    QList<HealthPoint> rolled;
    std::array<qint64, healthFieldCount> sums{};
    std::array<qint64, healthFieldCount> counts{};
    const auto close = [&] {
        if (rolled.isEmpty())
            return;
        for (size_t field = 0; field < healthFieldCount; ++field) {
            if (counts[field] > 0)
                rolled.last().mean.values[field] = sums[field] / counts[field];
        }
        sums.fill(0);
        counts.fill(0);
    };
    for (const HealthPoint &point : points) {
        const qint64 start = point.time - ((point.time % step) + step) % step;
        if (rolled.isEmpty() || rolled.last().time != start) {
            close();
            HealthPoint fresh;
            fresh.time = fresh.mean.time = fresh.most.time = start;
            rolled.append(fresh);
        }
        for (size_t field = 0; field < healthFieldCount; ++field) {
            if (point.mean.values[field] == HealthSample::missing)
                continue;
            sums[field] += point.mean.values[field];
            ++counts[field];
            rolled.last().most.values[field] = std::max(rolled.last().most.values[field], point.most.values[field]);
        }
    }
    close();
    return rolled;
}

QList<HealthPoint> mergeHealth(const QList<HealthPoint> &older, const QList<HealthPoint> &newer)
{
    QList<HealthPoint> merged;
    merged.reserve(older.size() + newer.size());
    auto left = older.cbegin();
    for (const HealthPoint &point : newer) {
        while (left != older.cend() && left->time < point.time)
            merged.append(*left++);
        if (left != older.cend() && left->time == point.time)
            ++left;
        merged.append(point);
    }
    merged.append(QList<HealthPoint>(left, older.cend()));
    return merged;
}

} // namespace muster::store
