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

namespace {

/// A pattern of LIKE for what contains a text.
QString containing(QString text)
{
    for (const QChar special : {u'\\', u'%', u'_'})
        text.replace(special, u'\\' + QString(special));
    return u'%' + text + u'%';
}

/// What a filter adds to a WHERE, and to its values.
QString conditionsOf(const AuditStore::Filter &filter, Row &values)
{
    QString text;
    for (const auto &[column, part] :
         {std::pair("actor"_L1, filter.actor), std::pair("method"_L1, filter.method), std::pair("target"_L1, filter.target)}) {
        if (part.isEmpty())
            continue;
        text += u" AND lower(%1) LIKE lower(?) ESCAPE '\\'"_s.arg(column);
        values.append(containing(part));
    }
    if (filter.from > 0) {
        text += u" AND time >= ?"_s;
        values.append(filter.from);
    }
    if (filter.to) {
        text += u" AND time < ?"_s;
        values.append(*filter.to);
    }
    if (filter.ok)
        text += *filter.ok ? u" AND outcome = 'ok'"_s : u" AND outcome != 'ok'"_s;
    return text;
}

} // namespace

QFuture<Result<AuditStore::Page>> AuditStore::list(const Filter &filter, int limit, qint64 before)
{
    return m_database.reader().run([=](Sql &sql) -> Result<Page> {
        Row values;
        const QString conditions = conditionsOf(filter, values);
        const auto counted = sql.query(u"SELECT count(*) FROM audit WHERE 1 = 1"_s + conditions, values);
        if (!counted)
            return std::unexpected(counted.error());
        // One more tells whether there is another page.
        const auto rows = sql.query(
            u"SELECT id, time, actor, session, address, method, target, outcome, detail FROM audit WHERE 1 = 1%1 AND id < ? ORDER BY id DESC LIMIT ?"_s
                .arg(conditions),
            values + Row{before > 0 ? before : std::numeric_limits<qint64>::max(), limit + 1});
        if (!rows)
            return std::unexpected(rows.error());
        Page page{.entries = {}, .total = counted->first().first().toLongLong(), .hasMore = rows->size() > limit};
        for (const Row &row : rows->first(std::min<qsizetype>(rows->size(), limit))) {
            page.entries.append({.id = row.at(0).toLongLong(),
                                 .time = row.at(1).toLongLong(),
                                 .actor = row.at(2).toString(),
                                 .session = row.at(3).toString(),
                                 .address = row.at(4).toString(),
                                 .method = row.at(5).toString(),
                                 .target = row.at(6).toString(),
                                 .outcome = row.at(7).toString(),
                                 .detail = objectFromColumn(row.at(8))});
        }
        return page;
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
