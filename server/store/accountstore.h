// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/musterdatabase.h"

#include <optional>

namespace muster::store {

struct AccountRecord
{
    qint64 id = 0;
    QString name;
    QString role;
    QString password; ///< Argon2id in PHC form; empty: signs in by link only
    qint64 createdAt = 0;
};

struct SessionRecord
{
    QString id;
    QByteArray tokenHash;
    qint64 account = 0;
    qint64 createdAt = 0;
    qint64 expiresAt = 0;
    QString address;
    QString client;
};

struct ApiKeyRecord
{
    QString id;
    QString name;
    QByteArray tokenHash;
    qint64 account = 0;
    qint64 createdAt = 0;
    std::optional<qint64> expiresAt;
};

struct LinkRecord
{
    QByteArray tokenHash;
    std::optional<qint64> account; ///< none: makes the first account
    qint64 expiresAt = 0;
};

/// Everything about people, at the start.
struct People
{
    QList<AccountRecord> accounts;
    QList<SessionRecord> sessions;
    QList<ApiKeyRecord> apiKeys;
    QList<LinkRecord> links;
};

/// Accounts, sessions, API keys and one-time links in muster.db. Thread-safe.
class AccountStore
{
public:
    explicit AccountStore(MusterDatabase &database)
        : m_database(database)
    {
    }

    /// Loads all, and drops what expired before `now`.
    [[nodiscard]] QFuture<Result<People>> load(qint64 now);

    /// @return the new account's id, or Conflict when the name is taken
    [[nodiscard]] QFuture<Result<qint64>> addAccount(const AccountRecord &account);
    /// @param endSessions removes the account's sessions with it
    [[nodiscard]] QFuture<Result<int>> updateAccount(const AccountRecord &account, bool endSessions);
    [[nodiscard]] QFuture<Result<int>> removeAccount(qint64 id);
    [[nodiscard]] QFuture<Result<int>> addSession(const SessionRecord &session);
    [[nodiscard]] QFuture<Result<int>> removeSession(const QString &id);
    [[nodiscard]] QFuture<Result<int>> addApiKey(const ApiKeyRecord &key);
    [[nodiscard]] QFuture<Result<int>> removeApiKey(const QString &id);
    [[nodiscard]] QFuture<Result<int>> addLink(const LinkRecord &link);
    /// Takes a link away; it changes one row for the first who asks and none for the next.
    [[nodiscard]] QFuture<Result<int>> takeLink(const QByteArray &tokenHash);

private:
    [[nodiscard]] QFuture<Result<int>> write(const QString &text, const Row &values);

    MusterDatabase &m_database;
};

} // namespace muster::store
