// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/commandstore.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/methods.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

constexpr std::array<QLatin1StringView, 7> stateNames{"queued"_L1, "sent"_L1,    "running"_L1,  "done"_L1,
                                                      "failed"_L1, "expired"_L1, "cancelled"_L1};

/// One turn of the expiry: other writers wait for a few milliseconds at most.
constexpr int rowsPerExpiry = 500;
/// About what a record holds in memory beside params and outcome; the params of many commands are often the same ones.
constexpr qsizetype bytesPerRecord = 1024;

constexpr QLatin1StringView columns(
    "c.id, c.name, c.device_id, c.kind, c.method, c.params, c.params_cut, c.state, c.account, c.asked_by, c.asked_at, "
    "c.expires_at, c.sent_at, c.finished_at, c.outcome, c.outcome_cut, c.reason, c.bulk, "
    "c.forgotten, p.message IS NOT NULL FROM command c LEFT JOIN command_proof p ON p.command = c.id ");

std::optional<qint64> optionalOf(const QVariant &value)
{
    return value.isNull() ? std::nullopt : std::optional(value.toLongLong());
}

QVariant orNull(const std::optional<qint64> &value)
{
    return value ? QVariant(*value) : QVariant();
}

CommandRecord recordOf(const Row &row)
{
    return {.id = row.at(0).toLongLong(),
            .name = row.at(1).toString(),
            .deviceId = row.at(2).toString(),
            .kind = row.at(3).toString() == "call"_L1 ? CommandKind::Call : CommandKind::Command,
            .method = row.at(4).toString(),
            .params = objectFromColumn(row.at(5)),
            .paramsCut = row.at(6).toBool(),
            .state = commandStateFromName(row.at(7).toString()).value_or(CommandState::Failed),
            .account = row.at(8).toLongLong(),
            .askedBy = row.at(9).toString(),
            .askedAt = row.at(10).toLongLong(),
            .expiresAt = optionalOf(row.at(11)),
            .sentAt = optionalOf(row.at(12)),
            .finishedAt = optionalOf(row.at(13)),
            .outcome = row.at(14).isNull() ? std::nullopt : std::optional(objectFromColumn(row.at(14))),
            .outcomeCut = row.at(15).toBool(),
            .reason = row.at(16).toString(),
            .bulk = row.at(17).toString(),
            .receipt = row.at(19).toBool(),
            .forgotten = row.at(18).toBool()};
}

/// An outcome as the row keeps it: nothing where it is too long for a list.
struct Listed
{
    QVariant text;
    bool cut = false;
};
Listed listed(const std::optional<QJsonObject> &outcome)
{
    if (!outcome)
        return {};
    const QString text = toColumn(*outcome);
    return text.size() > listedBytes ? Listed{.text = {}, .cut = true} : Listed{.text = text, .cut = false};
}

/// @return the new row's id
Result<qint64> insert(Sql &sql, const CommandRecord &record)
{
    const Listed outcome = listed(record.outcome);
    return sql.insert(
        u"INSERT INTO command (name, device_id, kind, method, params, params_cut, state, account, asked_by, asked_at, expires_at, sent_at, "
        "finished_at, outcome, outcome_cut, reason, bulk, forgotten) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"_s,
        {record.name, record.deviceId, record.kind == CommandKind::Call ? u"call"_s : u"command"_s, record.method, toColumn(record.params),
         record.paramsCut, commandStateName(record.state), record.account, record.askedBy, record.askedAt, orNull(record.expiresAt),
         orNull(record.sentAt), orNull(record.finishedAt), outcome.text, record.outcomeCut || outcome.cut, record.reason, record.bulk,
         record.forgotten});
}

Result<QList<CommandRecord>> recordsOf(const Result<QList<Row>> &rows)
{
    if (!rows)
        return std::unexpected(rows.error());
    QList<CommandRecord> records;
    records.reserve(rows->size());
    for (const Row &row : *rows)
        records.append(recordOf(row));
    return records;
}

Result<CommandRecord> one(Sql &sql, const QString &name)
{
    const auto found = recordsOf(sql.query(u"SELECT "_s + columns + u"WHERE c.name = ?"_s, {name}));
    if (!found)
        return std::unexpected(found.error());
    if (found->isEmpty())
        return failure(NotFound, u"there is no command \"%1\""_s.arg(cleanText(name, 64)));
    return found->first();
}

/// The params of a kept Command.Done.
QJsonObject receiptParams(const QString &message)
{
    const auto object = parseJsonObject(message.toUtf8());
    return object ? object->value("params"_L1).toObject() : QJsonObject();
}

QJsonObject outcomeOf(const Receipt &receipt)
{
    return receipt.outcome ? QJsonObject{{"result"_L1, *receipt.outcome}} : QJsonObject{{"error"_L1, errorToJson(receipt.outcome.error())}};
}

Result<void> fits(const Receipt &receipt, const CommandRecord &command)
{
    // What another device was asked to do is none of this one's business, not even that it was.
    if (command.deviceId != receipt.deviceId || command.kind != CommandKind::Command || command.forgotten)
        return failure(NotFound, u"there is no command \"%1\" for this device"_s.arg(cleanText(receipt.command, 64)));
    if (command.method != receipt.method)
        return failure(Conflict, u"command %1 was to call %2: the receipt is for another method"_s.arg(command.name, command.method));
    const auto hash = requestHash(command.name, command.deviceId, command.method, command.params);
    if (!hash || *hash != receipt.requestHash)
        return failure(Conflict, u"\"request_hash\" is not that of command %1: the receipt is for another request"_s.arg(command.name));
    return {};
}

} // namespace

QString commandStateName(CommandState state)
{
    return stateNames[static_cast<size_t>(state)];
}

std::optional<CommandState> commandStateFromName(QStringView name)
{
    const auto found = std::ranges::find_if(stateNames, [name](QLatin1StringView known) { return known == name; });
    return found == stateNames.end() ? std::nullopt : std::optional(static_cast<CommandState>(found - stateNames.begin()));
}

QFuture<Result<QList<CommandRecord>>> CommandStore::loadOpen()
{
    return m_database.reader().run([](Sql &sql) -> Result<QList<CommandRecord>> {
        // All of them, in pages: this is what the fleet keeps in memory.
        constexpr int page = 1000;
        QList<CommandRecord> all;
        for (qint64 after = 0;;) {
            const auto some = recordsOf(
                sql.query(u"SELECT "_s + columns + u"WHERE c.id > ? AND c.state IN ('queued', 'sent', 'running') ORDER BY c.id LIMIT ?"_s,
                          {after, page}));
            if (!some)
                return some;
            all += *some;
            if (some->size() < page)
                return all;
            after = all.last().id;
        }
    });
}

QFuture<Result<int>> CommandStore::add(const QList<CommandRecord> &commands, const AuditEntry &entry)
{
    return m_database.writer().run(
        [commands, entry](Sql &sql) -> Result<int> {
            for (const CommandRecord &command : commands) {
                if (const auto added = insert(sql, command); !added)
                    return std::unexpected(added.error());
            }
            if (const auto noted = addAudit(sql, entry); !noted)
                return noted;
            return static_cast<int>(commands.size());
        },
        commands.size() * bytesPerRecord);
}

QFuture<Result<int>> CommandStore::setSent(const QString &name, qint64 at)
{
    return write(u"UPDATE command SET state = 'sent', sent_at = ? WHERE name = ? AND state IN ('queued', 'sent')"_s, {at, name});
}

QFuture<Result<int>> CommandStore::setRunning(const QString &name)
{
    return write(u"UPDATE command SET state = 'running' WHERE name = ? AND state = 'sent'"_s, {name});
}

QFuture<Result<int>> CommandStore::setQueued(const QString &name)
{
    return write(u"UPDATE command SET state = 'queued', sent_at = NULL WHERE name = ? AND state = 'sent'"_s, {name});
}

QFuture<Result<int>> CommandStore::finish(const CommandRecord &command, bool mayBeSent, const std::optional<AuditEntry> &entry)
{
    return m_database.writer().run([command, mayBeSent, entry](Sql &sql) -> Result<int> {
        const Listed outcome = listed(command.outcome);
        const auto changed = sql.execute(
            u"UPDATE command SET state = ?, finished_at = ?, outcome = ?, outcome_cut = ?, reason = ? WHERE name = ? AND state IN (%1)"_s
                .arg(mayBeSent ? u"'queued', 'sent', 'running'"_s : u"'queued'"_s),
            {commandStateName(command.state), orNull(command.finishedAt), outcome.text, outcome.cut, command.reason, command.name});
        if (!changed || *changed == 0 || !entry)
            return changed;
        if (const auto noted = addAudit(sql, *entry); !noted)
            return noted;
        return changed;
    });
}

QFuture<Result<QSet<QString>>> CommandStore::finishQueued(const QList<CommandRecord> &commands, const AuditEntry &entry)
{
    return m_database.writer().run(
        [commands, entry](Sql &sql) -> Result<QSet<QString>> {
            QSet<QString> ended;
            for (const CommandRecord &command : commands) {
                const auto changed =
                    sql.execute(u"UPDATE command SET state = ?, finished_at = ?, reason = ? WHERE name = ? AND state = 'queued'"_s,
                                {commandStateName(command.state), orNull(command.finishedAt), command.reason, command.name});
                if (!changed)
                    return std::unexpected(changed.error());
                if (*changed > 0)
                    ended.insert(command.name);
            }
            if (!ended.isEmpty()) {
                if (const auto noted = addAudit(sql, entry); !noted)
                    return std::unexpected(noted.error());
            }
            return ended;
        },
        commands.size() * bytesPerRecord);
}

QFuture<Result<int>> CommandStore::addCall(const CommandRecord &call)
{
    // What is too long to be kept must not wait for the disk either.
    CommandRecord kept = call;
    QString whole = kept.outcome ? toColumn(*kept.outcome) : QString();
    if (whole.size() > listedBytes) {
        kept.outcome.reset();
        kept.outcomeCut = true;
    }
    if (whole.size() <= listedBytes || whole.size() > keptCallBytes)
        whole.clear();
    qsizetype bytes = toColumn(kept.params).size();
    if (bytes > keptCallBytes) {
        kept.params = {};
        kept.paramsCut = true;
        bytes = 0;
    }
    return m_database.writer().run(
        [kept, whole](Sql &sql) -> Result<int> {
            const auto added = insert(sql, kept);
            if (!added)
                return std::unexpected(added.error());
            return whole.isEmpty() ? Result<int>(1)
                                   : sql.execute(u"INSERT INTO command_proof (command, outcome) VALUES (?, ?)"_s, {*added, whole});
        },
        (bytes + whole.size()) * 2 + bytesPerRecord);
}

QFuture<Result<CommandStore::Kept>> CommandStore::keepReceipt(const Receipt &receipt, const QString &message, const QByteArray &spki,
                                                              qint64 now)
{
    return m_database.writer().run(
        [=](Sql &sql) -> Result<Kept> {
            auto command = one(sql, receipt.command);
            if (!command)
                return failure(command.error().code, command.error().code == NotFound ? u"there is no command \"%1\" for this device"_s.arg(
                                                                                            cleanText(receipt.command, 64))
                                                                                      : command.error().message);
            if (const auto good = fits(receipt, *command); !good)
                return std::unexpected(good.error());
            if (command->receipt) {
                const auto rows = sql.query(u"SELECT message FROM command_proof WHERE command = ?"_s, {command->id});
                if (!rows)
                    return std::unexpected(rows.error());
                // Sent again, it is signed again: what it says is the same, the text around it is not.
                if (receiptParams(rows->value(0).value(0).toString()) != receiptParams(message))
                    return failure(Conflict, u"another receipt of command %1 is kept already"_s.arg(command->name));
                return Kept{.command = *command, .isNew = false};
            }
            command->outcome = outcomeOf(receipt);
            command->state = receipt.outcome                           ? CommandState::Done
                             : receipt.outcome.error().code == Expired ? CommandState::Expired
                                                                       : CommandState::Failed;
            command->reason = receipt.outcome ? QString() : receipt.outcome.error().message;
            command->finishedAt = now;
            command->receipt = true;
            const Listed outcome = listed(command->outcome);
            // Whatever the row said before: what the device proves is what happened.
            const auto updated = sql.execute(
                u"UPDATE command SET state = ?, finished_at = ?, outcome = ?, outcome_cut = ?, reason = ?, sent_at = coalesce(sent_at, ?) "
                "WHERE id = ?"_s,
                {commandStateName(command->state), now, outcome.text, outcome.cut, command->reason, now, command->id});
            if (!updated)
                return std::unexpected(updated.error());
            const auto kept = sql.execute(
                u"INSERT INTO command_proof (command, message, spki) VALUES (?, ?, ?) "
                "ON CONFLICT (command) DO UPDATE SET outcome = NULL, message = excluded.message, spki = excluded.spki"_s,
                {command->id, message, spki});
            if (!kept)
                return std::unexpected(kept.error());
            return Kept{.command = *command, .isNew = true};
        },
        message.size() * 2);
}

namespace {

/// What a filter adds to a WHERE, and to its values.
QString conditionsOf(const CommandStore::Filter &filter, Row &values)
{
    QString text;
    if (!filter.device.isEmpty()) {
        text += u" AND c.device_id = ? AND c.forgotten = 0"_s;
        values.append(filter.device);
    }
    if (!filter.states.isEmpty()) {
        QStringList places;
        for (const CommandState state : filter.states) {
            places.append(u"?"_s);
            values.append(commandStateName(state));
        }
        text += u" AND c.state IN (%1)"_s.arg(places.join(u", "_s));
    }
    if (!filter.bulk.isEmpty()) {
        text += u" AND c.bulk = ? AND c.bulk <> ''"_s; // as its index says
        values.append(filter.bulk);
    }
    return text;
}

} // namespace

QFuture<Result<QList<CommandRecord>>> CommandStore::list(const Filter &filter, const Place &before, int limit)
{
    return m_database.reader().run([=](Sql &sql) -> Result<QList<CommandRecord>> {
        QString text = u"SELECT "_s + columns + u"WHERE (c.asked_at, c.id) < (?, ?)"_s;
        Row values{before.askedAt, before.id};
        text += conditionsOf(filter, values);
        values.append(limit);
        auto records = recordsOf(sql.query(text + u" ORDER BY c.asked_at DESC, c.id DESC LIMIT ?"_s, values));
        if (records) {
            for (CommandRecord &record : *records) {
                if (toColumn(record.params).size() > listedBytes) {
                    record.params = {};
                    record.paramsCut = true;
                }
            }
        }
        return records;
    });
}

QFuture<Result<qint64>> CommandStore::count(const Filter &filter)
{
    return m_database.reader().run([=](Sql &sql) -> Result<qint64> {
        Row values;
        const QString conditions = conditionsOf(filter, values);
        const auto rows = sql.query(u"SELECT count(*) FROM command c WHERE 1 = 1"_s + conditions, values);
        return rows ? Result<qint64>(rows->first().first().toLongLong()) : std::unexpected(rows.error());
    });
}

QFuture<Result<CommandStore::Bulk>> CommandStore::bulk(const QString &name)
{
    return m_database.reader().run([name](Sql &sql) -> Result<Bulk> {
        Row values;
        const QString conditions = conditionsOf({.device = {}, .states = {}, .bulk = name}, values);
        const auto counted =
            sql.query(u"SELECT c.state, count(*), min(c.name) FROM command c WHERE 1 = 1"_s + conditions + u" GROUP BY c.state"_s, values);
        if (!counted)
            return std::unexpected(counted.error());
        if (name.isEmpty() || counted->isEmpty())
            return failure(NotFound, u"there is no bulk \"%1\", or not any more"_s.arg(cleanText(name, 64)));
        Bulk bulk{.one = {}, .counts = {}};
        for (const Row &row : *counted) {
            if (const auto state = commandStateFromName(row.at(0).toString()))
                bulk.counts.insert(*state, row.at(1).toInt());
        }
        auto record = one(sql, counted->first().at(2).toString());
        if (!record)
            return std::unexpected(record.error());
        bulk.one = std::move(*record);
        return bulk;
    });
}

QFuture<Result<QStringList>> CommandStore::devicesOf(const QString &bulk, const QList<CommandState> &states)
{
    return m_database.reader().run([=](Sql &sql) -> Result<QStringList> {
        Row values;
        const QString conditions = conditionsOf({.device = {}, .states = states, .bulk = bulk}, values);
        const auto rows = sql.query(
            u"SELECT DISTINCT c.device_id FROM command c WHERE c.forgotten = 0"_s + conditions + u" ORDER BY c.device_id"_s, values);
        if (!rows)
            return std::unexpected(rows.error());
        QStringList devices;
        devices.reserve(rows->size());
        for (const Row &row : *rows)
            devices.append(row.first().toString());
        return devices;
    });
}

QFuture<Result<CommandRecord>> CommandStore::get(const QString &name)
{
    return m_database.reader().run([name](Sql &sql) -> Result<CommandRecord> {
        auto record = one(sql, name);
        if (!record || !record->outcomeCut)
            return record;
        const auto rows = sql.query(u"SELECT outcome, message FROM command_proof WHERE command = ?"_s, {record->id});
        if (!rows)
            return std::unexpected(rows.error());
        if (rows->isEmpty())
            return record; // too long to be kept
        if (const QVariant outcome = rows->first().at(0); !outcome.isNull()) {
            record->outcome = objectFromColumn(outcome);
        } else {
            const auto receipt = receiptFromJson(record->deviceId, receiptParams(rows->first().at(1).toString()));
            if (!receipt)
                return std::unexpected(receipt.error());
            record->outcome = outcomeOf(*receipt);
        }
        record->outcomeCut = false;
        return record;
    });
}

QFuture<Result<CommandProof>> CommandStore::proof(const QString &name)
{
    return m_database.reader().run([name](Sql &sql) -> Result<CommandProof> {
        const auto record = one(sql, name);
        if (!record)
            return std::unexpected(record.error());
        const auto rows = sql.query(u"SELECT message, spki FROM command_proof WHERE command = ? AND message IS NOT NULL"_s, {record->id});
        if (!rows)
            return std::unexpected(rows.error());
        if (rows->isEmpty())
            return failure(NotFound, record->kind == CommandKind::Call
                                         ? u"%1 was a direct call: those leave no receipt"_s.arg(name)
                                         : u"command %1 has no receipt: it is %2"_s.arg(name, commandStateName(record->state)));
        return CommandProof{.command = *record, .message = rows->first().at(0).toString(), .spki = rows->first().at(1).toByteArray()};
    });
}

QFuture<Result<bool>> CommandStore::expire(qint64 now)
{
    return m_database.writer().run([now](Sql &sql) -> Result<bool> {
        bool more = false;
        for (const auto &[kind, most] : {std::pair(u"command"_s, mostCommands), std::pair(u"call"_s, mostCalls)}) {
            const auto counted = sql.query(u"SELECT count(*) FROM command WHERE kind = ? AND finished_at IS NOT NULL"_s, {kind});
            if (!counted)
                return std::unexpected(counted.error());
            const int over = counted->first().first().toInt() - most;
            int gone = 0;
            const QString remove =
                u"DELETE FROM command WHERE id IN (SELECT id FROM command WHERE kind = ? AND finished_at IS NOT NULL "
                "AND finished_at < ? ORDER BY finished_at LIMIT ?)"_s;
            const auto old = sql.execute(remove, {kind, now - commandsKept, rowsPerExpiry});
            if (!old)
                return std::unexpected(old.error());
            gone += *old;
            if (over > gone) {
                const auto many = sql.execute(remove, {kind, std::numeric_limits<qint64>::max(), std::min(over - gone, rowsPerExpiry)});
                if (!many)
                    return std::unexpected(many.error());
                gone += *many;
            }
            more = more || gone >= rowsPerExpiry;
        }
        return more;
    });
}

QFuture<Result<int>> CommandStore::write(const QString &text, const Row &values)
{
    return m_database.writer().run([text, values](Sql &sql) { return sql.execute(text, values); });
}

} // namespace muster::store
