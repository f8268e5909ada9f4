// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/historystore.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

/// To find what is over the limit costs a millisecond: it is done once for so many new rows.
constexpr int rowsPerTrim = 256;
constexpr int rowsPerExpiry = 2000;
/// About what a row holds in memory beside its data.
constexpr qsizetype bytesPerRow = 512;

QLatin1StringView kindOf(const QString &name)
{
    for (const QLatin1StringView kind : {historykind::presence, historykind::key, historykind::command}) {
        if (name == kind)
            return kind;
    }
    return historykind::event;
}

/// Any JSON value as the text of a column, in an object of its own.
QVariant dataColumn(const QJsonValue &data)
{
    return data.isUndefined() ? QVariant() : QVariant(toColumn({{"data"_L1, data}}));
}

Result<int> trim(Sql &sql, qint64 series)
{
    return sql.execute(
        u"DELETE FROM history WHERE series = ? AND id <= (SELECT id FROM history WHERE series = ? ORDER BY id DESC "
        "LIMIT 1 OFFSET ?)"_s,
        {series, series, historyPerDevice});
}

} // namespace

HistoryStore::HistoryStore(TelemetryStore &telemetry)
    : m_telemetry(telemetry)
{
}

QFuture<Result<int>> HistoryStore::append(const QList<HistoryRow> &rows)
{
    QList<std::pair<HistoryRow, QVariant>> whole;
    whole.reserve(rows.size());
    qsizetype bytes = 0;
    for (const HistoryRow &row : rows) {
        whole.append({row, dataColumn(row.data)});
        whole.last().first.data = QJsonValue::Undefined;
        bytes += bytesPerRow + whole.last().second.toString().size() * 2;
    }
    return m_telemetry.writer()
        .run(
            [whole, state = m_state](Sql &sql) -> Result<int> {
                int added = 0;
                for (const auto &[row, data] : whole) {
                    const auto series = seriesOf(sql, row.deviceId);
                    if (!series)
                        return std::unexpected(series.error());
                    if (*series == 0)
                        continue; // forgotten meanwhile
                    const auto done = sql.execute(
                        u"INSERT INTO history (series, time, kind, name, text, data, source, who) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
                        "ON CONFLICT DO NOTHING"_s,
                        {*series, row.time, QString(row.kind), row.name, row.text, data, row.source, row.by});
                    if (!done)
                        return done;
                    added += *done;
                    // Unknown since the start: look at once.
                    const int since = state->sinceTrim.value(*series, rowsPerTrim) + *done;
                    state->sinceTrim[*series] = since < rowsPerTrim ? since : 0;
                    if (since < rowsPerTrim)
                        continue;
                    if (const auto trimmed = trim(sql, *series); !trimmed)
                        return trimmed;
                }
                return added;
            },
            bytes)
        .then(QtFuture::Launch::Sync, [state = m_state](const Result<int> &added) {
            state->written += static_cast<quint64>(added.value_or(0)); // committed, not only tried
            return added;
        });
}

namespace {

Result<QList<HistoryRow>> rowsOf(Sql &sql, qint64 series, const QString &deviceId, const HistoryStore::Filter &filter, int limit,
                                 qint64 before)
{
    const auto rows = sql.query(
        u"SELECT id, time, kind, name, text, data, source, who FROM history WHERE series = ? AND id < ? "
        "AND (? = '' OR kind = ?) AND (? = 1 OR kind <> 'command') ORDER BY id DESC LIMIT ?"_s,
        {series, before > 0 ? before : std::numeric_limits<qint64>::max(), filter.kind, filter.kind, filter.withCommands, limit});
    if (!rows)
        return std::unexpected(rows.error());
    QList<HistoryRow> all;
    all.reserve(rows->size());
    for (const Row &row : *rows) {
        all.append({.id = row.at(0).toLongLong(),
                    .deviceId = deviceId,
                    .time = row.at(1).toLongLong(),
                    .kind = kindOf(row.at(2).toString()),
                    .name = row.at(3).toString(),
                    .text = row.at(4).toString(),
                    .data = objectFromColumn(row.at(5)).value("data"_L1),
                    .source = row.at(6).toString(),
                    .by = row.at(7).toString()});
    }
    return all;
}

} // namespace

QFuture<Result<QList<HistoryRow>>> HistoryStore::list(const QString &deviceId, const Filter &filter, int limit, qint64 before)
{
    return m_telemetry.reader().run([=](Sql &sql) -> Result<QList<HistoryRow>> {
        const auto series = seriesOf(sql, deviceId);
        return series ? rowsOf(sql, *series, deviceId, filter, limit, before) : std::unexpected(series.error());
    });
}

QFuture<Result<HistoryStore::Page>> HistoryStore::page(const QString &deviceId, const Filter &filter, int limit, qint64 before)
{
    return m_telemetry.reader().run([=](Sql &sql) -> Result<Page> {
        const auto series = seriesOf(sql, deviceId);
        if (!series)
            return std::unexpected(series.error());
        // One more tells whether there is another page.
        const auto rows = rowsOf(sql, *series, deviceId, filter, limit + 1, before);
        if (!rows)
            return std::unexpected(rows.error());
        const auto counted =
            sql.query(u"SELECT count(*) FROM history WHERE series = ? AND (? = '' OR kind = ?) AND (? = 1 OR kind <> 'command')"_s,
                      {*series, filter.kind, filter.kind, filter.withCommands});
        if (!counted)
            return std::unexpected(counted.error());
        return Page{.rows = rows->first(std::min<qsizetype>(rows->size(), limit)),
                    .total = counted->first().first().toLongLong(),
                    .hasMore = rows->size() > limit};
    });
}

QFuture<Result<bool>> HistoryStore::expire(qint64 now)
{
    return m_telemetry.writer().run([now](Sql &sql) -> Result<bool> {
        const auto gone = sql.execute(u"DELETE FROM history WHERE id IN (SELECT id FROM history WHERE time < ? LIMIT ?)"_s,
                                      {now - historyKept, rowsPerExpiry});
        if (!gone)
            return std::unexpected(gone.error());
        return *gone == rowsPerExpiry;
    });
}

} // namespace muster::store
