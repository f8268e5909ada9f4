// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/operators/failedattempts.h"
#include "server/operators/roles.h"
#include "server/operators/shares.h"
#include "server/operators/tokens.h"
#include "server/operators/turns.h"
#include "server/store/accountstore.h"

#include <QHash>
#include <QObject>
#include <QPromise>
#include <QSet>
#include <QTimer>

#include <chrono>

namespace muster::operators {

/// Who calls, as of this moment: looked up anew for each call, so that a lost role or session tells at once.
struct Caller
{
    qint64 account = 0; ///< 0: nobody signed in
    QString user;
    Role role = Role::Viewer;
    QString session;      ///< id of the session or API key
    qint64 expiresAt = 0; ///< ms since 1970; 0: never
    bool isApiKey = false;
    QString address;
    QString client;
    std::optional<QSet<QString>> devices = {}; ///< the scope: these devices and no others; none: all

    /// Whether there is this device, as far as the caller may know.
    [[nodiscard]] bool sees(const QString &device) const { return !devices || devices->contains(device); }
    [[nodiscard]] bool isSignedIn() const { return account != 0; }
    [[nodiscard]] bool may(QLatin1StringView what) const;
};

/// @return InvalidParams when a user name cannot be taken
[[nodiscard]] Result<void> checkUser(const QString &user);

/// A fresh session: the token is shown this once.
struct SignIn
{
    Caller caller;
    QString token;
};

/// Accounts, sessions, API keys and one-time links. All is in memory, so that a request is judged without a query. What gives a right
/// is written before it counts; what ends one counts at once, and is written after that (again and again, while the disk refuses).
/// Lives in the API's thread.
class Accounts : public QObject
{
    Q_OBJECT

public:
    Accounts(store::AccountStore &store, std::chrono::milliseconds sessionLength);

    /// Where the scope of customers stands; outlives this. Without one they see nothing.
    void setShares(const Shares *shares) { m_shares = shares; }
    /// Blocks; call before the API's thread starts.
    [[nodiscard]] Result<void> load();

    /// The caller that a session token or API key stands for; not signed in when it stands for none.
    [[nodiscard]] Caller callerOf(const QString &token, const QString &address, const QString &client) const;
    /// The caller of a session that was found before; not signed in once it has ended.
    [[nodiscard]] Caller callerOfSession(const QString &session, const QString &address) const;

    /// Whether an account has a permission at this moment, for what was asked before and is done later.
    /// @return Forbidden, with a reason for people, when it has not, or is gone
    [[nodiscard]] Result<void> accountMay(qint64 account, QLatin1StringView what) const;

    [[nodiscard]] QFuture<Result<SignIn>> signIn(const QString &user, const QString &password, const QString &address,
                                                 const QString &client);
    /// Who has this name and password, for one request (HTTP Basic): no session is opened. What was right a moment ago is known again
    /// without the slow hash, until the password changes. Errors as signIn().
    [[nodiscard]] QFuture<Result<Caller>> callerOf(const QString &user, const QString &password, const QString &address,
                                                   const QString &client);
    /// Who has this account, as of this moment, for whoever was let in by its password. @return Unauthenticated where it is gone
    [[nodiscard]] Result<Caller> callerOfAccount(qint64 account, const QString &address, const QString &client) const;
    [[nodiscard]] QFuture<Result<SignIn>> redeem(const QString &token, const QString &address, const QString &client);
    [[nodiscard]] QFuture<Result<SignIn>> setUp(const QString &token, const QString &user, const QString &password, const QString &address,
                                                const QString &client);
    [[nodiscard]] QFuture<Result<int>> endSession(const QString &session);

    /// Whether somebody signed in from this address's network, and so is no stranger there.
    [[nodiscard]] bool knows(const QString &address) const;

    /// True while there is no account.
    [[nodiscard]] bool setupNeeded() const { return m_accounts.isEmpty(); }
    /// A new token for the first account or, with an account, for signing in. It is good once and for `length`.
    [[nodiscard]] QFuture<Result<QString>> makeLink(std::optional<qint64> account, std::chrono::milliseconds length);

    [[nodiscard]] QFuture<Result<qint64>> addAccount(const QString &user, Role role, const QString &password);
    /// @param role,password what changes. Nobody loses the last admin. A new password ends the account's sessions.
    [[nodiscard]] QFuture<Result<int>> updateAccount(qint64 account, std::optional<Role> role, std::optional<QString> password);
    [[nodiscard]] QFuture<Result<int>> removeAccount(qint64 account);
    /// @return the key, shown this once, and its id
    [[nodiscard]] QFuture<Result<std::pair<QString, QString>>> addApiKey(qint64 account, const QString &name,
                                                                         std::optional<qint64> expiresAt,
                                                                         TokenKind kind = TokenKind::ApiKey);
    [[nodiscard]] QFuture<Result<int>> removeApiKey(const QString &id);

    /// An answer that is given at this time, as steadyNow(), and no sooner.
    [[nodiscard]] QFuture<Result<Caller>> afterwards(const Result<Caller> &answer, qint64 time);
    /// Waits a moment for an account that somebody may be making just now. @return when it is there, or is not waited for any more
    [[nodiscard]] QFuture<void> awaitAccount(const QString &user);
    [[nodiscard]] QList<store::AccountRecord> accounts() const { return m_accounts.values(); }
    [[nodiscard]] QHash<qint64, QString> names() const;
    [[nodiscard]] QList<store::SessionRecord> sessions() const { return m_sessions.values(); }
    [[nodiscard]] QList<store::ApiKeyRecord> apiKeys() const { return m_apiKeys.values(); }
    [[nodiscard]] const store::AccountRecord *accountNamed(const QString &user) const;

signals:
    void accountRemoved(qint64 account);
    /// A session or API key ended, or its account's role changed: whoever holds it open asks again.
    void sessionEnded(const QString &session, const QString &reason);
    /// The first account was made by the setup link, which is good for nothing from now on.
    void setUpDone();

private:
    /// A password that was right.
    struct Known
    {
        qint64 account = 0;
        QString hash;     ///< of the account then
        qint64 until = 0; ///< as steadyNow()
    };

    /// @return the account that has this name and password
    [[nodiscard]] QFuture<Result<qint64>> match(const QString &user, const QString &password, const QString &address);
    [[nodiscard]] QFuture<Result<SignIn>> openSession(qint64 account, const QString &address, const QString &client);
    void endLinksOf(qint64 account);
    [[nodiscard]] std::unexpected<Error> refuseLink(const QString &address, const QString &why);
    [[nodiscard]] QFuture<Result<qint64>> addInTurn(const store::AccountRecord &account, bool mustBeFirst);
    [[nodiscard]] QFuture<Result<qint64>> addWithPassword(const QString &user, Role role, const QString &password, bool mustBeFirst);
    [[nodiscard]] QFuture<Result<int>> updateInTurn(qint64 account, std::optional<Role> role, const std::optional<QString> &hash);
    [[nodiscard]] QFuture<Result<int>> removeInTurn(qint64 account);
    /// Writes that a session or API key has ended; again later where it cannot be written now.
    [[nodiscard]] QFuture<Result<int>> writeEnd(const QString &id, bool isApiKey);
    [[nodiscard]] Caller callerFor(const store::SessionRecord &session) const;
    void remember(const store::SessionRecord &session);
    void endSessionsOf(qint64 account, const QString &reason);
    [[nodiscard]] bool isLastAdmin(qint64 account) const;
    void expire();
    /// Something ends at `time`, ms since 1970: expire() then.
    void expireAt(qint64 time);

    store::AccountStore &m_store;
    const Shares *m_shares = nullptr;
    std::chrono::milliseconds m_sessionLength;
    QHash<qint64, store::AccountRecord> m_accounts;
    QHash<QString, store::SessionRecord> m_sessions; ///< by id
    QHash<QByteArray, QString> m_sessionOfToken;     ///< token hash -> session id
    QHash<QString, store::ApiKeyRecord> m_apiKeys;   ///< by id
    QHash<QByteArray, QString> m_apiKeyOfToken;
    QHash<QByteArray, store::LinkRecord> m_links;
    QHash<qint64, quint64> m_passwordChanges; ///< by account: a session that was begun before one is not opened after it
    QHash<QString, bool> m_unwrittenEnds;     ///< ids of sessions (false) and API keys (true) that the disk still holds
    Turns m_turns;                            ///< of what reads and then writes an account
    bool m_settingUp = false;
    QSet<std::pair<qint64, QString>> m_signedInFrom; ///< account and network
    QSet<QString> m_knownNetworks;
    QHash<QByteArray, Known> m_known; ///< by what was shown, hashed with m_salt
    QByteArray m_salt;
    std::multimap<QString, std::shared_ptr<QPromise<void>>> m_awaited; ///< by name, as accountNamed() knows it
    FailedAttempts m_failedNetworks;
    FailedAttempts m_failedAccounts; ///< by name, in small letters
    FailedAttempts m_failedNames;    ///< of no account: told the same
    QTimer m_expiry;
};

} // namespace muster::operators
