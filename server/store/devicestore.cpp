// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/devicestore.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

constexpr std::array<QLatin1StringView, 4> credentialNames{"signed"_L1, "certificate"_L1, "token"_L1, "secret"_L1};
constexpr int page = 10'000;

CredentialKind credentialOf(QStringView name)
{
    const auto found = std::ranges::find_if(credentialNames, [name](QLatin1StringView known) { return known == name; });
    return found == credentialNames.end() ? CredentialKind::Signed : static_cast<CredentialKind>(found - credentialNames.begin());
}

DeviceRecord recordOf(const Row &row)
{
    return {.id = row.at(0).toString(),
            .name = row.at(1).toString(),
            .door = row.at(2).toString(),
            .credential = credentialOf(row.at(3).toString()),
            .tokenHash = row.at(4).toByteArray(),
            .tokenAt = row.at(5).toLongLong(),
            .tokenBy = row.at(6).toString(),
            .madeAt = row.at(7).toLongLong(),
            .madeBy = row.at(8).toString()};
}

/// NULL for none: any number of devices may have no token.
QVariant orNull(const QByteArray &hash)
{
    return hash.isEmpty() ? QVariant() : QVariant(hash);
}

/// A change, and where there was something to change, its audit entry.
Result<int> withAudit(Sql &sql, const Result<int> &changed, const AuditEntry &entry)
{
    if (!changed || *changed == 0)
        return changed;
    const auto noted = addAudit(sql, entry);
    return noted ? changed : noted;
}

} // namespace

QString credentialName(CredentialKind kind)
{
    return credentialNames[static_cast<size_t>(kind)];
}

QFuture<Result<QList<DeviceRecord>>> DeviceStore::load()
{
    return m_database.reader().run([](Sql &sql) -> Result<QList<DeviceRecord>> {
        QList<DeviceRecord> all;
        for (QString after;;) {
            const auto rows = sql.query(
                u"SELECT id, name, door, credential, token_hash, token_at, token_by, made_at, made_by FROM device WHERE id > ? ORDER BY id LIMIT ?"_s,
                {after, page});
            if (!rows)
                return std::unexpected(rows.error());
            for (const Row &row : *rows)
                all.append(recordOf(row));
            if (rows->size() < page)
                return all;
            after = all.last().id;
        }
    });
}

QFuture<Result<int>> DeviceStore::add(const DeviceRecord &record, const AuditEntry &entry)
{
    return m_database.writer().run([=](Sql &sql) -> Result<int> {
        const auto added = sql.execute(
            u"INSERT INTO device (id, name, door, credential, token_hash, token_at, token_by, made_at, made_by) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"_s,
            {record.id, record.name, record.door, credentialName(record.credential), orNull(record.tokenHash), record.tokenAt,
             record.tokenBy, record.madeAt, record.madeBy});
        if (added && *added == 0)
            return failure(Conflict, u"there is a device \"%1\" already"_s.arg(record.id));
        return withAudit(sql, added, entry);
    });
}

QFuture<Result<int>> DeviceStore::setToken(const QString &id, const QByteArray &hash, const AuditEntry &entry)
{
    return m_database.writer().run([=](Sql &sql) {
        return withAudit(
            sql,
            sql.execute(u"UPDATE device SET token_hash = ?, token_at = ?, token_by = ? WHERE id = ? AND credential = 'token'"_s,
                        {orNull(hash), entry.time, entry.actor, id}),
            entry);
    });
}

QFuture<Result<int>> DeviceStore::rename(const QString &id, const QString &name, const AuditEntry &entry)
{
    return m_database.writer().run(
        [=](Sql &sql) { return withAudit(sql, sql.execute(u"UPDATE device SET name = ? WHERE id = ?"_s, {name, id}), entry); });
}

QFuture<Result<QHash<QString, QSet<qint64>>>> DeviceStore::loadShares()
{
    return m_database.reader().run([](Sql &sql) -> Result<QHash<QString, QSet<qint64>>> {
        QHash<QString, QSet<qint64>> all;
        QString device;
        for (qint64 account = 0;;) {
            const auto rows = sql.query(
                u"SELECT device_id, account FROM device_share WHERE device_id > ? OR (device_id = ? AND account > ?) "
                "ORDER BY device_id, account LIMIT ?"_s,
                {device, device, account, page});
            if (!rows)
                return std::unexpected(rows.error());
            for (const Row &row : *rows)
                all[row.at(0).toString()].insert(row.at(1).toLongLong());
            if (rows->size() < page)
                return all;
            device = rows->last().at(0).toString();
            account = rows->last().at(1).toLongLong();
        }
    });
}

QFuture<Result<int>> DeviceStore::share(const QString &id, const QSet<qint64> &accounts, const AuditEntry &entry)
{
    return m_database.writer().run([=](Sql &sql) -> Result<int> {
        const auto known = sql.query(u"SELECT 1 FROM device WHERE id = ?"_s, {id});
        if (!known)
            return std::unexpected(known.error());
        if (known->isEmpty())
            return failure(NotFound, u"there is no device \"%1\" (any more)"_s.arg(id));
        if (const auto gone = sql.execute(u"DELETE FROM device_share WHERE device_id = ?"_s, {id}); !gone)
            return gone;
        int shared = 0;
        for (const qint64 account : accounts) {
            const auto added =
                sql.execute(u"INSERT INTO device_share (device_id, account) SELECT ?, id FROM account WHERE id = ?"_s, {id, account});
            if (!added)
                return added;
            shared += *added;
        }
        const auto noted = addAudit(sql, entry);
        return noted ? Result<int>(shared) : noted;
    });
}

} // namespace muster::store
