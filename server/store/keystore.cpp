// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/keystore.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

constexpr std::array<QLatin1StringView, 5> stateNames{"pending"_L1, "accepted"_L1, "rejected"_L1, "replaced"_L1, "forgotten"_L1};

KeyRecord recordOf(const Row &row)
{
    return {.id = row.at(0).toLongLong(),
            .deviceId = row.at(1).toString(),
            .spki = row.at(2).toByteArray(),
            .keyId = row.at(3).toByteArray(),
            .algorithm = row.at(4).toString(),
            .bits = row.at(5).toInt(),
            .state = keyStateFromName(row.at(6).toString()),
            .firstSeen = row.at(7).toLongLong(),
            .lastSeen = row.at(8).toLongLong(),
            .attempts = row.at(9).toInt(),
            .address = row.at(10).toString(),
            .machine = objectFromColumn(row.at(11)),
            .agent = objectFromColumn(row.at(12)),
            .clockAhead = row.at(13).toLongLong(),
            .decidedAt = row.at(14).isNull() ? std::nullopt : std::optional(row.at(14).toLongLong()),
            .decidedBy = row.at(15).toString()};
}

/// The device's own record, of the key that was accepted just now. @return Conflict where the device is trusted by something else
Result<int> recordDevice(Sql &sql, qint64 key, const AuditEntry &entry)
{
    const auto added = sql.execute(
        u"INSERT INTO device (id, door, credential, made_at, made_by) SELECT device_id, 'signed', 'signed', ?, ? FROM device_key "
        "WHERE id = ? ON CONFLICT (id) DO NOTHING"_s,
        {entry.time, entry.actor, key});
    if (!added || *added > 0)
        return added;
    const auto other = sql.query(
        u"SELECT d.id FROM device AS d JOIN device_key AS k ON k.device_id = d.id "
        "WHERE k.id = ? AND d.credential <> 'signed'"_s,
        {key});
    if (!other)
        return std::unexpected(other.error());
    if (other->isEmpty())
        return 0;
    return failure(Conflict, u"%1 is trusted by something else than a key: forget it first"_s.arg(other->first().first().toString()));
}

} // namespace

QString keyStateName(KeyState state)
{
    return stateNames[static_cast<size_t>(state)];
}

KeyState keyStateFromName(QStringView name)
{
    const auto found = std::ranges::find_if(stateNames, [name](QLatin1StringView known) { return known == name; });
    return found == stateNames.end() ? KeyState::Forgotten : static_cast<KeyState>(found - stateNames.begin());
}

QFuture<Result<QList<KeyRecord>>> KeyStore::load()
{
    return m_database.reader().run([](Sql &sql) -> Result<QList<KeyRecord>> {
        // All of them, in pages: this is the state that the fleet keeps in memory.
        constexpr int page = 10'000;
        QList<KeyRecord> all;
        for (qint64 after = 0;;) {
            const auto rows = sql.query(
                u"SELECT id, device_id, spki, key_id, algorithm, bits, state, first_seen, last_seen, attempts, address, "
                "machine, agent, clock_ahead, decided_at, decided_by FROM device_key "
                "WHERE id > ? AND state IN ('pending', 'accepted', 'rejected') ORDER BY id LIMIT ?"_s,
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

QFuture<Result<qint64>> KeyStore::present(const KeyRecord &record)
{
    return m_database.writer().run([record](Sql &sql) -> Result<qint64> {
        const auto kept = sql.query(
            u"INSERT INTO device_key (device_id, spki, key_id, algorithm, bits, state, first_seen, last_seen, address, machine, agent, "
            u"clock_ahead) "
            "VALUES (?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?) ON CONFLICT (device_id, key_id) DO UPDATE SET state = 'pending', "
            "last_seen = excluded.last_seen, attempts = device_key.attempts + 1, address = excluded.address, machine = excluded.machine, "
            "agent = "
            "excluded.agent, "
            "clock_ahead = excluded.clock_ahead, decided_at = NULL, decided_by = NULL WHERE device_key.state IN ('replaced', 'forgotten') RETURNING id"_s,
            {record.deviceId, record.spki, record.keyId, record.algorithm, record.bits, record.firstSeen, record.lastSeen, record.address,
             toColumn(record.machine), toColumn(record.agent), record.clockAhead});
        if (!kept)
            return std::unexpected(kept.error());
        if (kept->isEmpty())
            return failure(Conflict, u"this key of %1 is known already"_s.arg(record.deviceId));
        return kept->first().first().toLongLong();
    });
}

QFuture<Result<int>> KeyStore::touch(const QList<KeyRecord> &records)
{
    return m_database.writer().run([records](Sql &sql) -> Result<int> {
        for (const KeyRecord &record : records) {
            const auto touched = sql.execute(
                u"UPDATE device_key SET last_seen = ?, attempts = ?, address = ?, machine = ?, agent = ?, clock_ahead = ? WHERE id = ?"_s,
                {record.lastSeen, record.attempts, record.address, toColumn(record.machine), toColumn(record.agent), record.clockAhead,
                 record.id});
            if (!touched)
                return touched;
        }
        return static_cast<int>(records.size());
    });
}

QFuture<Result<int>> KeyStore::decide(qint64 id, KeyState state, const AuditEntry &entry)
{
    return m_database.writer().run([=](Sql &sql) -> Result<int> {
        if (state == KeyState::Accepted) {
            const auto replaced = sql.execute(
                u"UPDATE device_key SET state = 'replaced' WHERE state = 'accepted' AND id <> ? AND device_id = (SELECT device_id FROM device_key WHERE id = ?)"_s,
                {id, id});
            if (!replaced)
                return replaced;
        }
        const auto decided = sql.execute(u"UPDATE device_key SET state = ?, decided_at = ?, decided_by = ? WHERE id = ?"_s,
                                         {keyStateName(state), entry.time, entry.actor, id});
        if (!decided)
            return decided;
        if (state == KeyState::Accepted) {
            const auto recorded = recordDevice(sql, id, entry);
            if (!recorded)
                return recorded;
        }
        if (const auto noted = addAudit(sql, entry); !noted)
            return noted;
        return decided;
    });
}

QFuture<Result<int>> KeyStore::reject(const QList<qint64> &ids, const AuditEntry &entry)
{
    return m_database.writer().run([=](Sql &sql) -> Result<int> {
        for (const qint64 id : ids) {
            const auto rejected = sql.execute(
                u"UPDATE device_key SET state = 'rejected', decided_at = ?, decided_by = ? WHERE id = ? AND state = 'pending'"_s,
                {entry.time, entry.actor, id});
            if (!rejected)
                return rejected;
        }
        return addAudit(sql, entry);
    });
}

QFuture<Result<int>> KeyStore::remove(const QList<qint64> &ids)
{
    return m_database.writer().run([ids](Sql &sql) -> Result<int> {
        for (const qint64 id : ids) {
            const auto removed = sql.execute(u"DELETE FROM device_key WHERE id = ? AND state IN ('pending', 'rejected')"_s, {id});
            if (!removed)
                return removed;
        }
        return static_cast<int>(ids.size());
    });
}

QFuture<Result<int>> KeyStore::forget(const QString &deviceId, const AuditEntry &entry)
{
    return m_database.writer().run([=](Sql &sql) -> Result<int> {
        const auto forgotten = sql.execute(
            u"UPDATE device_key SET state = 'forgotten', decided_at = ?, decided_by = ? WHERE device_id = ? AND state = 'accepted'"_s,
            {entry.time, entry.actor, deviceId});
        if (!forgotten)
            return forgotten;
        // Receipts go on proving what was done; the id's next owner has no part in it.
        if (const auto detached = sql.execute(u"UPDATE command SET forgotten = 1 WHERE device_id = ? AND forgotten = 0"_s, {deviceId});
            !detached)
            return detached;
        for (const QString &text : {u"DELETE FROM device_methods WHERE device_id = ?"_s, u"DELETE FROM shadow WHERE device_id = ?"_s,
                                    u"DELETE FROM device WHERE id = ?"_s}) {
            if (const auto gone = sql.execute(text, {deviceId}); !gone)
                return gone;
        }
        if (const auto noted = addAudit(sql, entry); !noted)
            return noted;
        return forgotten;
    });
}

} // namespace muster::store
