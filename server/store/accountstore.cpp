// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/accountstore.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

/// More people, sessions or keys than this is not a team but a fault; the newest are kept.
constexpr int mostRows = 100'000;

QVariant orNull(const std::optional<qint64> &value)
{
    return value ? QVariant(*value) : QVariant();
}

std::optional<qint64> optionalOf(const QVariant &value)
{
    return value.isNull() ? std::nullopt : std::optional(value.toLongLong());
}

} // namespace

QFuture<Result<People>> AccountStore::load(qint64 now)
{
    return m_database.writer().run([now](Sql &sql) -> Result<People> {
        for (const QString &text : {u"DELETE FROM session WHERE expires_at < ?"_s, u"DELETE FROM link WHERE expires_at < ?"_s,
                                    u"DELETE FROM api_key WHERE expires_at < ?"_s}) {
            if (const auto gone = sql.execute(text, {now}); !gone)
                return std::unexpected(gone.error());
        }
        People people;
        const auto accounts = sql.query(u"SELECT id, name, role, password, created_at FROM account ORDER BY id LIMIT ?"_s, {mostRows});
        const auto sessions = sql.query(
            u"SELECT id, token_hash, account, created_at, expires_at, address, client FROM session ORDER BY created_at DESC LIMIT ?"_s,
            {mostRows});
        const auto keys = sql.query(u"SELECT id, name, token_hash, account, created_at, expires_at FROM api_key LIMIT ?"_s, {mostRows});
        const auto links = sql.query(u"SELECT token_hash, account, expires_at FROM link LIMIT ?"_s, {mostRows});
        for (const auto *rows : {&accounts, &sessions, &keys, &links}) {
            if (!*rows)
                return std::unexpected(rows->error());
        }
        for (const Row &row : *accounts)
            people.accounts.append(
                {row.at(0).toLongLong(), row.at(1).toString(), row.at(2).toString(), row.at(3).toString(), row.at(4).toLongLong()});
        for (const Row &row : *sessions)
            people.sessions.append({row.at(0).toString(), row.at(1).toByteArray(), row.at(2).toLongLong(), row.at(3).toLongLong(),
                                    row.at(4).toLongLong(), row.at(5).toString(), row.at(6).toString()});
        for (const Row &row : *keys)
            people.apiKeys.append({row.at(0).toString(), row.at(1).toString(), row.at(2).toByteArray(), row.at(3).toLongLong(),
                                   row.at(4).toLongLong(), optionalOf(row.at(5))});
        for (const Row &row : *links)
            people.links.append({row.at(0).toByteArray(), optionalOf(row.at(1)), row.at(2).toLongLong()});
        return people;
    });
}

QFuture<Result<qint64>> AccountStore::addAccount(const AccountRecord &account)
{
    return m_database.writer().run([account](Sql &sql) -> Result<qint64> {
        const auto taken = sql.query(u"SELECT 1 FROM account WHERE lower(name) = lower(?)"_s, {account.name});
        if (!taken)
            return std::unexpected(taken.error());
        if (!taken->isEmpty())
            return failure(Conflict, u"there is an account named %1 already"_s.arg(account.name));
        return sql.insert(
            u"INSERT INTO account (name, role, password, created_at) VALUES (?, ?, ?, ?) RETURNING id"_s,
            {account.name, account.role, account.password.isEmpty() ? QVariant() : QVariant(account.password), account.createdAt});
    });
}

QFuture<Result<int>> AccountStore::updateAccount(const AccountRecord &account, bool endSessions)
{
    return m_database.writer().run([account, endSessions](Sql &sql) -> Result<int> {
        if (endSessions) {
            if (const auto ended = sql.execute(u"DELETE FROM session WHERE account = ?"_s, {account.id}); !ended)
                return ended;
        }
        return sql.execute(u"UPDATE account SET role = ?, password = ? WHERE id = ?"_s,
                           {account.role, account.password.isEmpty() ? QVariant() : QVariant(account.password), account.id});
    });
}

QFuture<Result<int>> AccountStore::removeAccount(qint64 id)
{
    return write(u"DELETE FROM account WHERE id = ?"_s, {id});
}

QFuture<Result<int>> AccountStore::addSession(const SessionRecord &session)
{
    return write(u"INSERT INTO session (id, token_hash, account, created_at, expires_at, address, client) VALUES (?, ?, ?, ?, ?, ?, ?)"_s,
                 {session.id, session.tokenHash, session.account, session.createdAt, session.expiresAt, session.address, session.client});
}

QFuture<Result<int>> AccountStore::removeSession(const QString &id)
{
    return write(u"DELETE FROM session WHERE id = ?"_s, {id});
}

QFuture<Result<int>> AccountStore::addApiKey(const ApiKeyRecord &key)
{
    return write(u"INSERT INTO api_key (id, name, token_hash, account, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)"_s,
                 {key.id, key.name, key.tokenHash, key.account, key.createdAt, orNull(key.expiresAt)});
}

QFuture<Result<int>> AccountStore::removeApiKey(const QString &id)
{
    return write(u"DELETE FROM api_key WHERE id = ?"_s, {id});
}

QFuture<Result<int>> AccountStore::addLink(const LinkRecord &link)
{
    return write(u"INSERT INTO link (token_hash, account, expires_at) VALUES (?, ?, ?)"_s,
                 {link.tokenHash, orNull(link.account), link.expiresAt});
}

QFuture<Result<int>> AccountStore::takeLink(const QByteArray &tokenHash)
{
    return write(u"DELETE FROM link WHERE token_hash = ?"_s, {tokenHash});
}

QFuture<Result<int>> AccountStore::write(const QString &text, const Row &values)
{
    return m_database.writer().run([text, values](Sql &sql) { return sql.execute(text, values); });
}

} // namespace muster::store
