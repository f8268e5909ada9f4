// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/telemetrystore.h"

#include "server/store/sqlite/sqlitedialect.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

constexpr std::array migrations{Migration("telemetry/001-first.sql"), Migration("telemetry/002-history.sql"),
                                Migration("telemetry/003-probe.sql"), Migration("telemetry/004-reported-times.sql"),
                                Migration("telemetry/005-notifications.sql")};

/// Bounds one turn of the roll-up, so that fresh samples wait for a few milliseconds at most.
constexpr int devicesPerRollUp = 100;
/// Of the batches of one device, so many are packed in one turn: an honest one sends one in five minutes, and a device that sends as
/// fast as it can must not stop the others' (a batch has up to 1,000 samples).
constexpr int inboxRowsPerTurn = 500;
constexpr int chunksPerExpiry = 2000;

qint64 alignedTo(qint64 time, qint64 step)
{
    return time - ((time % step) + step) % step;
}

enum class Damaged { Fails, IsLeftOut };

Result<QList<HealthPoint>> unpackRows(const QList<Row> &rows, Damaged damaged = Damaged::Fails)
{
    QList<HealthPoint> points;
    for (const Row &row : rows) {
        const auto some = unpackHealth(row.first().toByteArray());
        if (!some && damaged == Damaged::IsLeftOut)
            continue;
        if (!some)
            return std::unexpected(some.error());
        // Chunks come in order; rows of the inbox may overlap.
        points = points.isEmpty() || some->isEmpty() || points.last().time < some->first().time ? points + *some
                                                                                                : mergeHealth(points, *some);
    }
    return points;
}

Result<QList<HealthPoint>> chunksOf(Sql &sql, qint64 series, size_t tier, qint64 from, qint64 to)
{
    const auto rows =
        sql.query(u"SELECT data FROM chunk WHERE series = ? AND tier = ? AND start BETWEEN ? AND ? ORDER BY start LIMIT 10000"_s,
                  {series, static_cast<int>(tier), alignedTo(from, tiers[tier].chunk), to});
    if (!rows)
        return std::unexpected(rows.error());
    return unpackRows(*rows);
}

Result<QList<HealthPoint>> inboxOf(Sql &sql, qint64 series)
{
    const auto rows = sql.query(u"SELECT data FROM inbox WHERE series = ? ORDER BY id LIMIT ?"_s, {series, inboxRowsPerTurn});
    if (!rows)
        return std::unexpected(rows.error());
    return unpackRows(*rows);
}

/// Writes points of one tier into their chunks, beside what these hold, and gives back all points of the chunks touched.
Result<QList<HealthPoint>> mergeIntoChunks(Sql &sql, qint64 series, size_t tier, const QList<HealthPoint> &points)
{
    QList<HealthPoint> touched;
    for (qsizetype i = 0; i < points.size();) {
        const qint64 start = alignedTo(points.at(i).time, tiers[tier].chunk);
        QList<HealthPoint> fresh;
        for (; i < points.size() && points.at(i).time < start + tiers[tier].chunk; ++i)
            fresh.append(points.at(i));
        const auto rows =
            sql.query(u"SELECT data FROM chunk WHERE series = ? AND tier = ? AND start = ?"_s, {series, static_cast<int>(tier), start});
        if (!rows)
            return std::unexpected(rows.error());
        const auto held = unpackRows(*rows);
        // A damaged chunk is replaced: the fresh samples matter more than an error that would never end.
        const QList<HealthPoint> merged = mergeHealth(held.value_or(QList<HealthPoint>()), fresh);
        const auto written = sql.execute(
            u"INSERT INTO chunk (series, tier, start, data) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (series, tier, start) DO UPDATE SET data = excluded.data"_s,
            {series, static_cast<int>(tier), start, packHealth(merged, tier > 0)});
        if (!written)
            return std::unexpected(written.error());
        touched += merged;
    }
    return touched;
}

/// What of `points` lies in the steps that `fresh` touched.
QList<HealthPoint> inStepsOf(const QList<HealthPoint> &points, const QList<HealthPoint> &fresh, qint64 step)
{
    QList<HealthPoint> chosen;
    auto wanted = fresh.cbegin();
    for (const HealthPoint &point : points) {
        const qint64 start = alignedTo(point.time, step);
        while (wanted != fresh.cend() && alignedTo(wanted->time, step) < start)
            ++wanted;
        if (wanted != fresh.cend() && alignedTo(wanted->time, step) == start)
            chosen.append(point);
    }
    return chosen;
}

/// @return true where more waits than one turn packs
Result<bool> packDevice(Sql &sql, qint64 series)
{
    const auto rows = sql.query(u"SELECT data, id FROM inbox WHERE series = ? ORDER BY id LIMIT ?"_s, {series, inboxRowsPerTurn});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return false;
    // Rows that cannot be read are dropped: kept, they would stop the roll-up for good.
    Result<QList<HealthPoint>> fresh = unpackRows(*rows, Damaged::IsLeftOut);
    for (size_t tier = 0; tier < tiers.size(); ++tier) {
        const auto held = mergeIntoChunks(sql, series, tier, *fresh);
        if (!held)
            return std::unexpected(held.error());
        if (tier + 1 < tiers.size())
            fresh = muster::store::rollUp(inStepsOf(*held, *fresh, tiers[tier + 1].step), tiers[tier + 1].step);
    }
    // What was packed, and no row more.
    const qint64 last = rows->last().at(1).toLongLong();
    if (const auto gone = sql.execute(u"DELETE FROM inbox WHERE series = ? AND id <= ?"_s, {series, last}); !gone)
        return std::unexpected(gone.error());
    return rows->size() == inboxRowsPerTurn;
}

Result<void> expire(Sql &sql, qint64 now)
{
    for (size_t tier = 0; tier < tiers.size(); ++tier) {
        const auto gone = sql.execute(
            u"DELETE FROM chunk WHERE (series, tier, start) IN "
            "(SELECT series, tier, start FROM chunk WHERE tier = ? AND start < ? LIMIT ?)"_s,
            {static_cast<int>(tier), now - tiers[tier].keep - tiers[tier].chunk, chunksPerExpiry});
        if (!gone)
            return std::unexpected(gone.error());
    }
    return {};
}

} // namespace

Result<qint64> seriesOf(Sql &sql, const QString &deviceId)
{
    const auto rows = sql.query(u"SELECT id FROM series WHERE device_id = ?"_s, {deviceId});
    if (!rows)
        return std::unexpected(rows.error());
    return rows->isEmpty() ? 0 : rows->first().first().toLongLong();
}

Result<QHash<QString, qint64>> seriesOf(Sql &sql, const QStringList &deviceIds)
{
    const auto rows = sql.query(u"SELECT device_id, id FROM series WHERE %1"_s.arg(sql.dialect().isOneOf(u"device_id"_s)),
                                {sql.dialect().listOf(deviceIds)});
    if (!rows)
        return std::unexpected(rows.error());
    QHash<QString, qint64> series;
    for (const Row &row : *rows)
        series.insert(row.at(0).toString(), row.at(1).toLongLong());
    return series;
}

qint64 stepFor(qint64 span, int points, qint64 age)
{
    const qint64 wanted = (span + points - 1) / points;
    for (const Tier &tier : tiers) {
        // The finest tier that still holds the oldest moment, unless a coarser one is fine enough.
        if (age > tier.keep + tier.chunk && &tier != &tiers.back())
            continue;
        const qint64 least = std::max(wanted, tier.step);
        return (least + tier.step - 1) / tier.step * tier.step;
    }
    return tiers.back().step;
}

TelemetryStore::TelemetryStore(const std::shared_ptr<const Dialect> &dialect)
    : m_writer({.dialect = dialect, .migrations = migrations})
    , m_reader({.dialect = dialect, .migrations = migrations, .readOnly = true})
{
}

TelemetryStore::TelemetryStore(const QString &path)
    : TelemetryStore(std::make_shared<SqliteDialect>(path, Durability::Normal))
{
}

int TelemetryStore::newestSchema()
{
    return static_cast<int>(migrations.size());
}

QStringList TelemetryStore::tables()
{
    return {u"series"_s, u"chunk"_s, u"inbox"_s, u"seen"_s, u"history"_s, u"reported"_s, u"fleet_event"_s};
}

std::span<const Migration> TelemetryStore::steps()
{
    return migrations;
}

Result<void> TelemetryStore::open()
{
    if (auto opened = m_writer.open(); !opened)
        return opened;
    return m_reader.open();
}

QFuture<Result<int>> TelemetryStore::admit(const QStringList &deviceIds)
{
    return m_writer.run([deviceIds](Sql &sql) -> Result<int> {
        for (const QString &id : deviceIds) {
            if (const auto made = sql.execute(u"INSERT INTO series (device_id) VALUES (?) ON CONFLICT (device_id) DO NOTHING"_s, {id});
                !made)
                return made;
        }
        return static_cast<int>(deviceIds.size());
    });
}

Result<QList<Result<qsizetype>>> TelemetryStore::appendAll(Sql &sql, const QList<Arrived> &arrived)
{
    static constexpr std::array columns{Column("series"_L1, ColumnKind::Number), Column("data"_L1, ColumnKind::Bytes)};
    QStringList devices;
    for (const Arrived &one : arrived)
        devices << one.deviceId;
    const auto series = seriesOf(sql, devices);
    if (!series)
        return std::unexpected(series.error());
    QList<Row> rows;
    QList<Result<qsizetype>> results;
    for (const Arrived &one : arrived) {
        const qint64 number = series->value(one.deviceId);
        if (number == 0) {
            results << failure(NotFound, u"nothing is kept of %1: its key is not accepted (any more)"_s.arg(one.deviceId));
            continue;
        }
        QList<HealthPoint> points;
        points.reserve(one.samples.size());
        for (const HealthSample &sample : one.samples)
            points.append(pointOf(sample));
        std::ranges::stable_sort(points, {}, &HealthPoint::time);
        rows << Row{number, packHealth(points, false)};
        results << one.samples.size();
    }
    const auto stored = sql.insertAll(u"inbox"_s, columns, rows);
    if (!stored)
        return std::unexpected(stored.error());
    return results;
}

QFuture<Result<qsizetype>> TelemetryStore::append(const QString &deviceId, const QList<HealthSample> &samples)
{
    return m_writer.run(m_append, Arrived{.deviceId = deviceId, .samples = samples},
                        samples.size() * static_cast<qsizetype>(sizeof(HealthSample)));
}

QFuture<Result<HealthRange>> TelemetryStore::range(const QString &deviceId, qint64 from, qint64 to, int points, qint64 now)
{
    return m_reader.run([=](Sql &sql) -> Result<HealthRange> {
        HealthRange range{.from = from, .to = to, .step = stepFor(to - from, points, now - from), .points = {}};
        const auto series = seriesOf(sql, deviceId);
        if (!series)
            return std::unexpected(series.error());
        if (*series == 0)
            return range;
        size_t tier = 0;
        while (tier + 1 < tiers.size() && tiers[tier + 1].step <= range.step)
            ++tier;
        const auto packed = chunksOf(sql, *series, tier, from, to);
        if (!packed)
            return std::unexpected(packed.error());
        const auto fresh = inboxOf(sql, *series);
        if (!fresh)
            return std::unexpected(fresh.error());
        // Fresh samples may share their step with packed ones that arrived before them.
        QList<HealthPoint> all = mergeHealth(*packed, *fresh);
        all.removeIf([&](const HealthPoint &point) { return point.time < from || point.time > to; });
        range.points = muster::store::rollUp(all, range.step);
        // An unaligned range can touch one step more than asked for.
        while (range.points.size() > points)
            range.points.removeFirst();
        return range;
    });
}

QFuture<Result<bool>> TelemetryStore::rollUp(qint64 now)
{
    return m_writer.run([now](Sql &sql) -> Result<bool> {
        const auto waiting = sql.query(u"SELECT DISTINCT series FROM inbox LIMIT ?"_s, {devicesPerRollUp});
        if (!waiting)
            return std::unexpected(waiting.error());
        bool more = waiting->size() == devicesPerRollUp;
        for (const Row &row : *waiting) {
            const auto packed = packDevice(sql, row.first().toLongLong());
            if (!packed)
                return std::unexpected(packed.error());
            more = more || *packed;
        }
        if (more)
            return true;
        if (const auto expired = expire(sql, now); !expired)
            return std::unexpected(expired.error());
        return false;
    });
}

QFuture<Result<int>> TelemetryStore::forget(const QString &deviceId)
{
    return m_writer.run([deviceId](Sql &sql) -> Result<int> {
        for (const QString &text : {u"DELETE FROM seen WHERE device_id = ?"_s, u"DELETE FROM reported WHERE device_id = ?"_s,
                                    u"DELETE FROM fleet_event WHERE device_id = ?"_s}) {
            if (const auto gone = sql.execute(text, {deviceId}); !gone)
                return gone;
        }
        return sql.execute(u"DELETE FROM series WHERE device_id = ?"_s, {deviceId});
    });
}

QFuture<Result<int>> TelemetryStore::saveSeen(const QList<Seen> &devices)
{
    static constexpr std::array columns{Column("device_id"_L1, ColumnKind::Text), Column("evidence_at"_L1, ColumnKind::Number),
                                        Column("state"_L1, ColumnKind::Text),     Column("reason"_L1, ColumnKind::Text),
                                        Column("since"_L1, ColumnKind::Number),   Column("boot_id"_L1, ColumnKind::Text),
                                        Column("address"_L1, ColumnKind::Text),   Column("machine"_L1, ColumnKind::Text),
                                        Column("agent"_L1, ColumnKind::Text),     Column("clock_ahead"_L1, ColumnKind::Number)};
    return m_writer.run([devices](Sql &sql) -> Result<int> {
        QStringList ids;
        for (const Seen &seen : devices)
            ids << seen.deviceId;
        const auto series = seriesOf(sql, ids);
        if (!series)
            return std::unexpected(series.error());
        QList<Row> rows;
        for (const Seen &seen : devices) {
            if (series->contains(seen.deviceId))
                rows << Row{seen.deviceId, seen.evidenceAt,        seen.state,           seen.reason,    seen.since, seen.bootId,
                            seen.address,  toColumn(seen.machine), toColumn(seen.agent), seen.clockAhead};
        }
        if (const auto saved = sql.insertAll(u"seen"_s, columns, rows,
                                             u"ON CONFLICT (device_id) DO UPDATE SET evidence_at = excluded.evidence_at, state = "
                                             "excluded.state, reason = excluded.reason, since = excluded.since, boot_id = "
                                             "excluded.boot_id, address = excluded.address, machine = excluded.machine, agent = "
                                             "excluded.agent, clock_ahead = excluded.clock_ahead"_s);
            !saved)
            return saved;
        return static_cast<int>(devices.size());
    });
}

QFuture<Result<int>> TelemetryStore::saveReported(const QString &deviceId, const StateTree &state)
{
    const QString values = toColumn(state.values);
    const QString times = toColumn(state.times);
    return m_writer.run(
        [deviceId, values, times](Sql &sql) {
            return sql.execute(
                u"INSERT INTO reported (device_id, state, times) SELECT ?, ?, ? WHERE EXISTS (SELECT 1 FROM series WHERE device_id = ?) "
                "ON CONFLICT (device_id) DO UPDATE SET state = excluded.state, times = excluded.times"_s,
                {deviceId, values, times, deviceId});
        },
        (values.size() + times.size()) * 2);
}

QFuture<Result<QHash<QString, StateTree>>> TelemetryStore::loadReported(int most)
{
    return m_reader.run([most](Sql &sql) -> Result<QHash<QString, StateTree>> {
        const auto rows = sql.query(u"SELECT device_id, state, times FROM reported LIMIT ?"_s, {most});
        if (!rows)
            return std::unexpected(rows.error());
        QHash<QString, StateTree> all;
        for (const Row &row : *rows)
            all.insert(row.at(0).toString(), {.values = objectFromColumn(row.at(1)), .times = objectFromColumn(row.at(2))});
        return all;
    });
}

QFuture<Result<QList<Seen>>> TelemetryStore::loadSeen(int most)
{
    return m_reader.run([most](Sql &sql) -> Result<QList<Seen>> {
        const auto rows = sql.query(
            u"SELECT device_id, evidence_at, state, reason, since, boot_id, address, machine, agent, clock_ahead FROM seen LIMIT ?"_s,
            {most});
        if (!rows)
            return std::unexpected(rows.error());
        QList<Seen> all;
        for (const Row &row : *rows) {
            all.append({.deviceId = row.at(0).toString(),
                        .evidenceAt = row.at(1).toLongLong(),
                        .state = row.at(2).toString(),
                        .reason = row.at(3).toString(),
                        .since = row.at(4).toLongLong(),
                        .bootId = row.at(5).toString(),
                        .address = row.at(6).toString(),
                        .machine = objectFromColumn(row.at(7)),
                        .agent = objectFromColumn(row.at(8)),
                        .clockAhead = row.at(9).toLongLong()});
        }
        return all;
    });
}

} // namespace muster::store
