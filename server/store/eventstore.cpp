// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/eventstore.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

constexpr std::array kinds{
    std::pair(EventKind::Online, "online"_L1),   std::pair(EventKind::Offline, "offline"_L1),   std::pair(EventKind::Created, "created"_L1),
    std::pair(EventKind::Updated, "updated"_L1), std::pair(EventKind::Deleted, "deleted"_L1),   std::pair(EventKind::Called, "called"_L1),
    std::pair(EventKind::Told, "told"_L1),       std::pair(EventKind::Reported, "reported"_L1), std::pair(EventKind::Wanted, "wanted"_L1)};

const QString &table()
{
    static const QString name = u"fleet_event"_s;
    return name;
}

constexpr int rowsPerExpiry = 2000;
/// To cut to a limit costs a statement: it is done once for so many new rows.
constexpr qint64 rowsPerTrim = 1000;
/// About what a row holds in memory beside its data.
constexpr qsizetype bytesPerRow = 256;

/// Any JSON value as the text of a column, in an object of its own.
QVariant dataColumn(const QJsonValue &data)
{
    return data.isUndefined() ? QVariant() : QVariant(toColumn({{"data"_L1, data}}));
}

/// Which rows a filter lets through, and the values of its places.
std::pair<QString, Row> conditionOf(const Sql &sql, const EventStore::Filter &filter)
{
    QString text = u"1 = 1"_s;
    Row values;
    if (filter.devices) {
        text += u" AND "_s + sql.dialect().isOneOf(u"device_id"_s);
        values << sql.dialect().listOf(*filter.devices);
    }
    if (!filter.kinds.isEmpty()) {
        QStringList names;
        for (const EventKind kind : filter.kinds)
            names << eventKindName(kind);
        text += u" AND "_s + sql.dialect().isOneOf(u"kind"_s);
        values << sql.dialect().listOf(names);
    }
    return {text, values};
}

Result<QList<FleetEvent>> rowsOf(Sql &sql, const EventStore::Filter &filter, EventStore::Order order, int limit, qint64 after)
{
    auto [condition, values] = conditionOf(sql, filter);
    const bool isRising = order == EventStore::Order::OldestFirst;
    values << (isRising || after > 0 ? after : std::numeric_limits<qint64>::max()) << limit;
    const auto rows =
        sql.query(u"SELECT id, time, device_id, kind, method, data FROM fleet_event WHERE %1 AND id %2 ? ORDER BY id %3 LIMIT ?"_s.arg(
                      condition, isRising ? u">"_s : u"<"_s, isRising ? u"ASC"_s : u"DESC"_s),
                  values);
    if (!rows)
        return std::unexpected(rows.error());
    QList<FleetEvent> events;
    events.reserve(rows->size());
    for (const Row &row : *rows)
        events.append({.id = row.at(0).toLongLong(),
                       .time = row.at(1).toLongLong(),
                       .deviceId = row.at(2).toString(),
                       .kind = eventKindFromName(row.at(3).toString()).value_or(EventKind::Told),
                       .method = row.at(4).toString(),
                       .data = objectFromColumn(row.at(5)).value("data"_L1)});
    return events;
}

/// Cuts the devices to their limit of which many events came.
Result<int> trimDevices(Sql &sql, const QList<FleetEvent> &events, QHash<QString, int> &sinceTrim)
{
    for (const FleetEvent &event : events) {
        if (event.kind == EventKind::Deleted) {
            sinceTrim.remove(event.deviceId);
            continue;
        }
        int &since = sinceTrim[event.deviceId];
        if (++since < rowsPerTrim)
            continue;
        since = 0;
        const auto trimmed = sql.execute(
            u"DELETE FROM fleet_event WHERE device_id = ? AND id <= (SELECT id FROM fleet_event WHERE device_id = ? ORDER BY id DESC "
            "LIMIT 1 OFFSET ?)"_s,
            {event.deviceId, event.deviceId, eventsPerDevice});
        if (!trimmed)
            return trimmed;
    }
    return 0;
}

/// Writes them, and tells them their numbers.
Result<QList<FleetEvent>> write(Sql &sql, QList<FleetEvent> events, const QList<QVariant> &data)
{
    static constexpr std::array columns{Column("id"_L1, ColumnKind::Number),   Column("device_id"_L1, ColumnKind::Text),
                                        Column("time"_L1, ColumnKind::Number), Column("kind"_L1, ColumnKind::Text),
                                        Column("method"_L1, ColumnKind::Text), Column("data"_L1, ColumnKind::Text)};
    for (const FleetEvent &event : std::as_const(events)) {
        if (event.kind != EventKind::Deleted)
            continue;
        if (const auto gone = sql.execute(u"DELETE FROM fleet_event WHERE device_id = ?"_s, {event.deviceId}); !gone)
            return std::unexpected(gone.error());
    }
    // Nobody else writes here, so that all numbers can be given at once: to ask for each would be a round trip for each.
    const auto last = sql.dialect().lastId(sql, table());
    if (!last)
        return std::unexpected(last.error());
    QList<Row> rows;
    rows.reserve(events.size());
    for (qsizetype i = 0; i < events.size(); ++i) {
        FleetEvent &event = events[i];
        event.id = *last + 1 + i;
        rows << Row{event.id, event.deviceId, event.time, QString(eventKindName(event.kind)), event.method, data.at(i)};
    }
    if (const auto added = sql.insertAll(table(), columns, rows); !added)
        return std::unexpected(added.error());
    const qint64 now = *last + events.size();
    if (const auto set = sql.dialect().setLastId(sql, table(), now); !set)
        return std::unexpected(set.error());
    if (now / rowsPerTrim != *last / rowsPerTrim) {
        if (const auto gone = sql.execute(u"DELETE FROM fleet_event WHERE id <= ?"_s, {now - eventsKept}); !gone)
            return std::unexpected(gone.error());
    }
    return events;
}

} // namespace

QLatin1StringView eventKindName(EventKind kind)
{
    return std::ranges::find(kinds, kind, &std::pair<EventKind, QLatin1StringView>::first)->second;
}

std::optional<EventKind> eventKindFromName(QStringView name)
{
    const auto found = std::ranges::find_if(kinds, [name](const auto &row) { return name == row.second; });
    return found == kinds.end() ? std::nullopt : std::optional(found->first);
}

QStringList eventKindNames()
{
    QStringList names;
    for (const auto &[kind, name] : kinds)
        names << name;
    return names;
}

QFuture<Result<QList<FleetEvent>>> EventStore::append(const QList<FleetEvent> &events)
{
    QList<QVariant> data;
    data.reserve(events.size());
    qsizetype bytes = 0;
    for (const FleetEvent &event : events) {
        data << dataColumn(event.data);
        bytes += bytesPerRow + data.last().toString().size() * 2;
    }
    return m_telemetry.writer().run(
        [events, data, state = m_state](Sql &sql) -> Result<QList<FleetEvent>> {
            auto written = write(sql, events, data);
            if (!written)
                return written;
            if (const auto trimmed = trimDevices(sql, *written, state->sinceTrim); !trimmed)
                return std::unexpected(trimmed.error());
            return written;
        },
        bytes);
}

QFuture<Result<QList<FleetEvent>>> EventStore::list(const Filter &filter, Order order, int limit, qint64 after)
{
    return m_telemetry.reader().run([=](Sql &sql) { return rowsOf(sql, filter, order, limit, after); });
}

QFuture<Result<EventStore::Page>> EventStore::page(const Filter &filter, int limit, qint64 after)
{
    return m_telemetry.reader().run([=](Sql &sql) -> Result<Page> {
        // One more tells whether there is another page.
        const auto rows = rowsOf(sql, filter, Order::NewestFirst, limit + 1, after);
        if (!rows)
            return std::unexpected(rows.error());
        const auto [condition, values] = conditionOf(sql, filter);
        const auto counted = sql.query(u"SELECT count(*) FROM fleet_event WHERE %1"_s.arg(condition), values);
        if (!counted)
            return std::unexpected(counted.error());
        return Page{.events = rows->first(std::min<qsizetype>(rows->size(), limit)),
                    .total = counted->first().first().toLongLong(),
                    .hasMore = rows->size() > limit};
    });
}

QFuture<Result<bool>> EventStore::expire(qint64 now)
{
    return m_telemetry.writer().run([now](Sql &sql) -> Result<bool> {
        const auto gone = sql.execute(u"DELETE FROM fleet_event WHERE id IN (SELECT id FROM fleet_event WHERE time < ? LIMIT ?)"_s,
                                      {now - eventsKeptFor, rowsPerExpiry});
        if (!gone)
            return std::unexpected(gone.error());
        return *gone == rowsPerExpiry;
    });
}

} // namespace muster::store
