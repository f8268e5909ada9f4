// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/auditstore.h"

#include "server/store/auditdetail.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

/// One turn of the expiry: other writers wait for a few milliseconds at most.
constexpr int rowsPerExpiry = 1000;

} // namespace

Result<int> addAudit(Sql &sql, const AuditEntry &entry)
{
    return sql.execute(
        u"INSERT INTO audit (time, actor, session, address, method, target, outcome, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {entry.time, entry.actor, entry.session, entry.address, entry.method, entry.target, entry.outcome,
         toColumn(auditDetail(entry.detail))});
}

QFuture<Result<int>> AuditStore::add(const AuditEntry &entry)
{
    return m_database.writer().run([entry](Sql &sql) { return addAudit(sql, entry); });
}

QFuture<Result<QList<AuditEntry>>> AuditStore::list(int limit, qint64 before)
{
    return m_database.reader().run([=](Sql &sql) -> Result<QList<AuditEntry>> {
        const auto rows = sql.query(
            u"SELECT id, time, actor, session, address, method, target, outcome, detail FROM audit "
            "WHERE id < ? ORDER BY id DESC LIMIT ?"_s,
            {before > 0 ? before : std::numeric_limits<qint64>::max(), limit});
        if (!rows)
            return std::unexpected(rows.error());
        QList<AuditEntry> entries;
        for (const Row &row : *rows) {
            entries.append({.id = row.at(0).toLongLong(),
                            .time = row.at(1).toLongLong(),
                            .actor = row.at(2).toString(),
                            .session = row.at(3).toString(),
                            .address = row.at(4).toString(),
                            .method = row.at(5).toString(),
                            .target = row.at(6).toString(),
                            .outcome = row.at(7).toString(),
                            .detail = objectFromColumn(row.at(8))});
        }
        return entries;
    });
}

QFuture<Result<bool>> AuditStore::expire(qint64 since, qint64 most)
{
    return m_database.writer().run([=](Sql &sql) -> Result<bool> {
        // Ids rise with time, and only the oldest ever leave: the newest id says how many there are without counting them.
        const auto gone = sql.execute(
            u"DELETE FROM audit WHERE id IN (SELECT id FROM audit ORDER BY id LIMIT ?) "
            "AND (time < ? OR id <= (SELECT max(id) FROM audit) - ?)"_s,
            {rowsPerExpiry, since, most});
        if (!gone)
            return std::unexpected(gone.error());
        return *gone == rowsPerExpiry;
    });
}

} // namespace muster::store
