// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/shadowstore.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

constexpr int page = 1000;

/// @param row desired, times, version, changed_at, changed_by
Desired desiredOf(const Row &row)
{
    return {.state = {.values = objectFromColumn(row.at(0)), .times = objectFromColumn(row.at(1))},
            .version = row.at(2).toLongLong(),
            .changedAt = row.at(3).toLongLong(),
            .changedBy = row.at(4).toString()};
}

} // namespace

QFuture<Result<QHash<QString, Desired>>> ShadowStore::load()
{
    return m_database.reader().run([](Sql &sql) -> Result<QHash<QString, Desired>> {
        QHash<QString, Desired> all;
        for (QString after;;) {
            const auto rows = sql.query(
                u"SELECT desired, times, version, changed_at, changed_by, device_id FROM shadow WHERE device_id > ? ORDER BY device_id LIMIT ?"_s,
                {after, page});
            if (!rows)
                return std::unexpected(rows.error());
            for (const Row &row : *rows)
                all.insert(row.at(5).toString(), desiredOf(row));
            if (rows->size() < page)
                return all;
            after = rows->last().at(5).toString();
        }
    });
}

QFuture<Result<Desired>> ShadowStore::change(const QString &deviceId, const std::function<Result<Desired>(const Desired &)> &change,
                                             const AuditEntry &entry)
{
    return m_database.writer().run([=](Sql &sql) -> Result<Desired> {
        // Whoever has the id next inherits nothing: what comes after forget() is dropped.
        const auto rows = sql.query(
            u"SELECT coalesce(s.desired, '{}'), coalesce(s.times, '{}'), coalesce(s.version, 0), coalesce(s.changed_at, 0), "
            "coalesce(s.changed_by, '') FROM device AS d LEFT JOIN shadow AS s ON s.device_id = d.id WHERE d.id = ?"_s,
            {deviceId});
        if (!rows)
            return std::unexpected(rows.error());
        if (rows->isEmpty())
            return failure(NotFound, u"there is no device \"%1\" (any more)"_s.arg(deviceId));
        const auto next = change(desiredOf(rows->first()));
        if (!next)
            return next;
        const auto written = sql.execute(
            u"INSERT INTO shadow (device_id, desired, times, version, changed_at, changed_by) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (device_id) DO UPDATE SET desired = excluded.desired, times = excluded.times, version = excluded.version, "
            "changed_at = excluded.changed_at, changed_by = excluded.changed_by"_s,
            {deviceId, toColumn(next->state.values), toColumn(next->state.times), next->version, next->changedAt, next->changedBy});
        if (!written)
            return std::unexpected(written.error());
        if (const auto noted = addAudit(sql, entry); !noted)
            return std::unexpected(noted.error());
        return next;
    });
}

} // namespace muster::store
