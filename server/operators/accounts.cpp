// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/operators/accounts.h"

#include "protocol/rpc/message.h"
#include "server/async.h"
#include "server/network.h"
#include "server/operators/passwords.h"
#include "server/operators/tokens.h"
#include "server/steadytime.h"

#include <QJsonObject>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::operators {

using store::AccountRecord;
using store::ApiKeyRecord;
using store::LinkRecord;
using store::SessionRecord;

namespace {

/// Ten wrong passwords in a quarter of an hour from one network are a guesser, not a person.
constexpr int failuresPerNetwork = 10;
/// For one account, from all addresses: more, so that a stranger cannot so easily lock its owner out.
constexpr int failuresPerUser = 100;
/// Ever new networks and names must not fill the memory.
constexpr qsizetype mostNetworks = 10'000;
constexpr qsizetype mostNames = 10'000;
/// More than there are accounts: what is counted for one of them, ever new names do not push out.
constexpr qsizetype mostAccounts = 100'000;
constexpr qsizetype sessionsPerAccount = 50;
constexpr qsizetype userLength = 64;
/// Passwords that were right are known again for so long, ms, and so many of them.
constexpr qint64 knownFor = 10 * 60'000;
constexpr qsizetype mostKnown = 1000;
constexpr qsizetype saltBytes = 32;
/// For an account that is not there yet, and so many names at once.
constexpr std::chrono::milliseconds awaitedFor = 1500ms;
constexpr size_t mostAwaited = 100;
/// What is only tidied up, and ends that could not be written, wait for so long; it also bounds what a jump of the clock can do.
constexpr auto expireEvery = 30s;
/// What has ended must not live again after a crash: it is written as soon as it can be.
constexpr auto writeAgainAfter = 1s;

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

/// As two spellings of one name are the same.
QString nameOf(const QString &user)
{
    return user.normalized(QString::NormalizationForm_C).toLower().left(userLength);
}

QByteArray randomBytes(qsizetype count)
{
    QByteArray bytes;
    while (bytes.size() < count)
        bytes.append(static_cast<char>(QRandomGenerator::system()->bounded(256)));
    return bytes;
}

} // namespace

Result<void> checkUser(const QString &user)
{
    // What looks like another name, or like nothing, would make lists and the audit lie.
    const auto hides = [](QChar c) { return c.category() == QChar::Other_Format || (c.isSpace() && c != u' '); };
    if (user.isEmpty() || user.size() > userLength || user != user.trimmed() || cleanText(user, userLength) != user
        || std::ranges::any_of(user, hides))
        return failure(
            InvalidParams,
            u"a user name has 1 to %1 characters, without spaces at its ends, and none that cannot be seen or controls something"_s.arg(
                userLength));
    return {};
}

bool Caller::may(QLatin1StringView what) const
{
    return what == permission::everyone || (isSignedIn() && permissionsOf(role).contains(what));
}

Accounts::Accounts(store::AccountStore &store, std::chrono::milliseconds sessionLength)
    : m_store(store)
    , m_sessionLength(sessionLength)
    , m_salt(randomBytes(saltBytes))
    , m_failedNetworks(failuresPerNetwork, mostNetworks)
    , m_failedAccounts(failuresPerUser, mostAccounts)
    , m_failedNames(failuresPerUser, mostNames)
    , m_expiry(this)
{
    m_expiry.setSingleShot(true);
    m_expiry.setTimerType(Qt::PreciseTimer);
    connect(&m_expiry, &QTimer::timeout, this, &Accounts::expire);
}

Result<void> Accounts::load()
{
    const auto people = m_store.load(now()).result();
    if (!people)
        return std::unexpected(people.error());
    for (const AccountRecord &account : people->accounts)
        m_accounts.insert(account.id, account);
    for (const SessionRecord &session : people->sessions) {
        m_sessions.insert(session.id, session);
        m_sessionOfToken.insert(session.tokenHash, session.id);
        remember(session);
    }
    for (const ApiKeyRecord &key : people->apiKeys) {
        m_apiKeys.insert(key.id, key);
        m_apiKeyOfToken.insert(key.tokenHash, key.id);
    }
    for (const LinkRecord &link : people->links)
        m_links.insert(link.tokenHash, link);
    // Timers belong to the thread that this object is used in.
    QMetaObject::invokeMethod(this, &Accounts::expire, Qt::QueuedConnection);
    return {};
}

void Accounts::expire()
{
    const qint64 time = now();
    qint64 next = time + std::chrono::milliseconds(expireEvery).count();
    // Copies: what ends leaves the hash.
    const QList<SessionRecord> sessions = m_sessions.values();
    for (const SessionRecord &session : sessions) {
        if (session.expiresAt <= time)
            endSession(session.id).then(this, [](const Result<int> &) {});
        else
            next = std::min(next, session.expiresAt);
    }
    const QList<ApiKeyRecord> keys = m_apiKeys.values();
    for (const ApiKeyRecord &key : keys) {
        if (key.expiresAt && *key.expiresAt <= time)
            removeApiKey(key.id).then(this, [](const Result<int> &) {});
        else if (key.expiresAt)
            next = std::min(next, *key.expiresAt);
    }
    const auto unwritten = std::exchange(m_unwrittenEnds, {});
    for (auto end = unwritten.cbegin(); end != unwritten.cend(); ++end)
        writeEnd(end.key(), *end).then(this, [](const Result<int> &) {});
    m_links.removeIf([time](const auto &link) { return link.value().expiresAt <= time; });
    for (FailedAttempts *failed : {&m_failedNetworks, &m_failedAccounts, &m_failedNames})
        failed->tidy();
    m_expiry.stop();
    expireAt(next);
}

void Accounts::expireAt(qint64 time)
{
    const auto wait = std::clamp<qint64>(time - now(), 0, std::chrono::milliseconds(expireEvery).count());
    if (!m_expiry.isActive() || wait < m_expiry.remainingTime())
        m_expiry.start(static_cast<int>(wait));
}

// --- who calls -----------------------------------------------------------------------------------------------------

Caller Accounts::callerFor(const SessionRecord &session) const
{
    const auto account = m_accounts.constFind(session.account);
    const auto role = account == m_accounts.cend() ? Result<Role>(failure(NotFound, {})) : roleFromName(account->role);
    if (!role || session.expiresAt <= now())
        return {};
    return {.account = account->id,
            .user = account->name,
            .role = *role,
            .session = session.id,
            .expiresAt = session.expiresAt,
            .address = {},
            .client = {},
            .devices = *role != Role::Customer ? std::nullopt
                                               : std::optional(m_shares ? m_shares->devicesOf(account->id) : QSet<QString>())};
}

Caller Accounts::callerOfSession(const QString &session, const QString &address) const
{
    Caller caller;
    if (const auto found = m_sessions.constFind(session); found != m_sessions.cend()) {
        caller = callerFor(*found);
    } else if (const auto key = m_apiKeys.constFind(session); key != m_apiKeys.cend()) {
        const qint64 ends = key->expiresAt.value_or(0);
        caller = callerFor({.id = key->id,
                            .tokenHash = {},
                            .account = key->account,
                            .createdAt = 0,
                            .expiresAt = ends ? ends : std::numeric_limits<qint64>::max(),
                            .address = {},
                            .client = {}});
        caller.isApiKey = true;
        caller.expiresAt = ends;
    }
    caller.address = address;
    return caller;
}

Caller Accounts::callerOf(const QString &token, const QString &address, const QString &client) const
{
    const QByteArray hash = tokenHash(token);
    QString session = m_sessionOfToken.value(hash);
    if (session.isEmpty())
        session = m_apiKeyOfToken.value(hash);
    Caller caller = callerOfSession(session, address);
    caller.client = client;
    return caller;
}

Result<void> Accounts::accountMay(qint64 account, QLatin1StringView what) const
{
    const auto found = m_accounts.constFind(account);
    if (found == m_accounts.cend())
        return failure(Forbidden, u"the account of who asked for it was removed"_s);
    const auto role = roleFromName(found->role);
    if (!role || !permissionsOf(*role).contains(what))
        return failure(Forbidden, u"%1 (%2) lacks the permission %3 now"_s.arg(found->name, found->role, what));
    return {};
}

const AccountRecord *Accounts::accountNamed(const QString &user) const
{
    const QString name = user.normalized(QString::NormalizationForm_C);
    const auto found = std::ranges::find_if(
        m_accounts, [&name](const AccountRecord &account) { return account.name.compare(name, Qt::CaseInsensitive) == 0; });
    return found == m_accounts.cend() ? nullptr : &*found;
}

// --- signing in ----------------------------------------------------------------------------------------------------

QFuture<Result<SignIn>> Accounts::openSession(qint64 account, const QString &address, const QString &client)
{
    const QString token = newToken(TokenKind::Session);
    const SessionRecord session{.id = newId(),
                                .tokenHash = tokenHash(token),
                                .account = account,
                                .createdAt = now(),
                                .expiresAt = now() + m_sessionLength.count(),
                                .address = address,
                                .client = cleanText(client, 120)};
    // Somebody who signs in by script for years must not fill the table: the oldest go.
    QList<SessionRecord> own = m_sessions.values();
    own.removeIf([&](const SessionRecord &other) { return other.account != account; });
    std::ranges::sort(own, std::greater(), &SessionRecord::createdAt);
    for (qsizetype i = sessionsPerAccount - 1; i < own.size(); ++i)
        endSession(own.at(i).id).then(this, [](const Result<int> &) {});
    return m_store.addSession(session).then(
        this, [this, session, token, change = m_passwordChanges.value(account)](const Result<int> &added) -> Result<SignIn> {
            if (!m_accounts.contains(session.account) || m_passwordChanges.value(session.account) != change) {
                if (added)
                    writeEnd(session.id, false).then(this, [](const Result<int> &) {});
                return failure(Unauthenticated, u"the account was changed meanwhile: sign in again"_s);
            }
            if (!added)
                return std::unexpected(added.error());
            m_sessions.insert(session.id, session);
            m_sessionOfToken.insert(session.tokenHash, session.id);
            remember(session);
            expireAt(session.expiresAt);
            return SignIn{.caller = callerOfSession(session.id, session.address), .token = token};
        });
}

QFuture<Result<SignIn>> Accounts::signIn(const QString &user, const QString &password, const QString &address, const QString &client)
{
    using Answer = Result<SignIn>;
    return match(user, password, address)
        .then(this,
              [=, this](const Result<qint64> &account) {
                  return account ? openSession(*account, address, client) : ready<Answer>(std::unexpected(account.error()));
              })
        .unwrap();
}

Result<Caller> Accounts::callerOfAccount(qint64 account, const QString &address, const QString &client) const
{
    Caller caller = callerFor({.id = {},
                               .tokenHash = {},
                               .account = account,
                               .createdAt = 0,
                               .expiresAt = std::numeric_limits<qint64>::max(),
                               .address = {},
                               .client = {}});
    if (!caller.isSignedIn())
        return failure(Unauthenticated, u"the user name or the password is wrong"_s);
    caller.expiresAt = 0;
    caller.isApiKey = true;
    caller.address = address;
    caller.client = client;
    return caller;
}

QFuture<Result<Caller>> Accounts::callerOf(const QString &user, const QString &password, const QString &address, const QString &client)
{
    using Answer = Result<Caller>;
    // Whoever reads this memory learns no password from it.
    const QByteArray shown = QMessageAuthenticationCode::hash(user.toUtf8() + '\0' + password.toUtf8(), m_salt, QCryptographicHash::Sha256);
    if (const auto known = m_known.constFind(shown); known != m_known.cend()) {
        const auto account = m_accounts.constFind(known->account);
        if (known->until > steadyNow() && account != m_accounts.cend() && account->password == known->hash)
            return ready<Answer>(callerOfAccount(account->id, address, client));
        m_known.erase(known);
    }
    // The account may be being made: there are programs that do not wait for it.
    auto matched = accountNamed(user) ? match(user, password, address)
                                      : awaitAccount(user).then(this, [=, this] { return match(user, password, address); }).unwrap();
    return matched
        .then(this,
              [=, this, begun = steadyNow()](const Result<qint64> &account) -> QFuture<Answer> {
                  // Who has no account waits as long as who has one: also for being told no.
                  if (!account)
                      return afterwards(Answer(std::unexpected(account.error())), begun + awaitedFor.count());
                  if (m_known.size() >= mostKnown)
                      m_known.clear();
                  m_known.insert(shown, {.account = *account, .hash = m_accounts[*account].password, .until = steadyNow() + knownFor});
                  return ready(callerOfAccount(*account, address, client));
              })
        .unwrap();
}

QFuture<Result<Caller>> Accounts::afterwards(const Result<Caller> &answer, qint64 time)
{
    const qint64 left = time - steadyNow();
    if (left <= 0)
        return ready(answer);
    const auto promise = std::make_shared<QPromise<Result<Caller>>>();
    promise->start();
    QTimer::singleShot(std::chrono::milliseconds(left), this, [promise, answer] {
        promise->addResult(answer);
        promise->finish();
    });
    return promise->future();
}

QFuture<void> Accounts::awaitAccount(const QString &user)
{
    const QString name = nameOf(user);
    if (m_awaited.size() >= mostAwaited)
        return QtFuture::makeReadyVoidFuture();
    const auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    m_awaited.emplace(name, promise);
    QTimer::singleShot(awaitedFor, this, [this, promise] {
        std::erase_if(m_awaited, [&promise](const auto &awaited) { return awaited.second == promise; });
        promise->finish();
    });
    return promise->future();
}

QFuture<Result<qint64>> Accounts::match(const QString &user, const QString &password, const QString &address)
{
    using Answer = Result<qint64>;
    const QString network = networkOf(address);
    const AccountRecord *account = accountNamed(user);
    const QString name = (account ? account->name : user).toLower().left(userLength);
    FailedAttempts &failedUsers = account ? m_failedAccounts : m_failedNames;
    if (const auto good = m_failedNetworks.check(network); !good)
        return ready<Answer>(std::unexpected(good.error()));
    // From where its owner has signed in, guesses of others count nothing: they would lock the owner out.
    const bool isTheirs = account && m_signedInFrom.contains({account->id, network});
    if (const auto good = failedUsers.check(name); !good && !isTheirs)
        return ready<Answer>(std::unexpected(good.error()));
    // Counted before the slow hash, so that attempts at once count all; taken back by a success.
    m_failedNetworks.note(network);
    failedUsers.note(name);
    const QString hash = account ? account->password : QString();
    return passwordMatches(hash, password, knows(address) ? PasswordFrom::Known : PasswordFrom::Stranger)
        .then(this, [=, this, id = account ? account->id : 0](const Result<bool> &matches) -> Answer {
            if (!matches) {
                m_failedNetworks.takeBack(network);
                (id != 0 ? m_failedAccounts : m_failedNames).takeBack(name);
                return std::unexpected(matches.error());
            }
            // What matched must still be the password.
            const auto known = m_accounts.constFind(id);
            if (!*matches || known == m_accounts.cend() || known->password != hash)
                return failure(Unauthenticated, u"the user name or the password is wrong"_s);
            m_failedNetworks.forget(network);
            m_failedAccounts.forget(name);
            return id;
        });
}

// Guessers are slowed down, not who holds a link that is good: whoever mistyped a password before is let in by it.
std::unexpected<Error> Accounts::refuseLink(const QString &address, const QString &why)
{
    const QString network = networkOf(address);
    if (const auto good = m_failedNetworks.check(network); !good)
        return std::unexpected(good.error());
    m_failedNetworks.note(network);
    return failure(Unauthenticated, why);
}

QFuture<Result<SignIn>> Accounts::redeem(const QString &token, const QString &address, const QString &client)
{
    using Answer = Result<SignIn>;
    const QByteArray hash = tokenHash(token);
    const LinkRecord link = m_links.value(hash);
    const qint64 account = link.account.value_or(0);
    if (link.expiresAt < now() || !m_accounts.contains(account))
        return ready<Answer>(refuseLink(address, u"this sign-in link was used already, or is too old: ask for a new one"_s));
    m_links.remove(hash); // taken now, so that two at once cannot both have it
    return m_store.takeLink(hash)
        .then(this,
              [=, this](const Result<int> &taken) -> QFuture<Answer> {
                  if (!taken) {
                      m_links.insert(hash, link);
                      return ready<Answer>(std::unexpected(taken.error()));
                  }
                  return openSession(account, address, client);
              })
        .unwrap();
}

QFuture<Result<SignIn>> Accounts::setUp(const QString &token, const QString &user, const QString &password, const QString &address,
                                        const QString &client)
{
    using Answer = Result<SignIn>;
    const auto link = m_links.constFind(tokenHash(token));
    if (!setupNeeded() || link == m_links.cend() || link->account || link->expiresAt < now())
        return ready<Answer>(refuseLink(address, setupNeeded() ? u"this setup link is not good any more: restart the server for a new one"_s
                                                               : u"the server is set up already: sign in"_s));
    for (const auto &[member, good] : {std::pair("user"_L1, checkUser(user)), std::pair("password"_L1, checkPassword(password))}) {
        // A form marks what was refused.
        if (!good)
            return ready<Answer>(failure(good.error().code, good.error().message, QJsonObject{{"member"_L1, member}}));
    }
    // Each start of the server made a link of its own: two of them at once must not make two first admins.
    if (m_settingUp)
        return ready<Answer>(failure(Conflict, u"somebody sets the server up at this moment: try again"_s));
    m_settingUp = true;
    return addWithPassword(user, Role::Admin, password, true)
        .then(this,
              [=, this](const Result<qint64> &added) -> QFuture<Answer> {
                  m_settingUp = false;
                  if (!added)
                      return ready<Answer>(std::unexpected(added.error()));
                  const QHash<QByteArray, LinkRecord> links = m_links;
                  for (auto other = links.cbegin(); other != links.cend(); ++other) {
                      if (other->account)
                          continue;
                      m_links.remove(other.key());
                      m_store.takeLink(other.key()).then(this, [](const Result<int> &) {});
                  }
                  emit setUpDone();
                  return openSession(*added, address, client);
              })
        .unwrap();
}

QHash<qint64, QString> Accounts::names() const
{
    QHash<qint64, QString> names;
    for (const AccountRecord &account : m_accounts)
        names.insert(account.id, account.name);
    return names;
}

void Accounts::remember(const SessionRecord &session)
{
    // Only who has a password adds to it; who signs in from everywhere is forgotten as a whole.
    if (m_signedInFrom.size() >= mostNetworks) {
        m_signedInFrom.clear();
        m_knownNetworks.clear();
    }
    const QString network = networkOf(session.address);
    m_signedInFrom.insert({session.account, network});
    m_knownNetworks.insert(network);
}

bool Accounts::knows(const QString &address) const
{
    return m_knownNetworks.contains(networkOf(address));
}

QFuture<Result<int>> Accounts::endSession(const QString &session)
{
    if (const auto found = m_sessions.constFind(session); found != m_sessions.cend()) {
        m_sessionOfToken.remove(found->tokenHash);
        m_sessions.erase(found);
        emit sessionEnded(session, u"the session was ended"_s);
        return writeEnd(session, false);
    }
    return ready<Result<int>>(failure(NotFound, u"there is no such session"_s));
}

QFuture<Result<int>> Accounts::writeEnd(const QString &id, bool isApiKey)
{
    auto written = isApiKey ? m_store.removeApiKey(id) : m_store.removeSession(id);
    return written.then(this, [this, id, isApiKey](const Result<int> &removed) -> Result<int> {
        if (removed)
            return removed;
        m_unwrittenEnds.insert(id, isApiKey);
        expireAt(now() + std::chrono::milliseconds(writeAgainAfter).count());
        return failure(
            removed.error().code,
            u"it has ended, but that could not be written yet, and is tried again until it is (%1)"_s.arg(removed.error().message),
            removed.error().detail);
    });
}

QFuture<Result<QString>> Accounts::makeLink(std::optional<qint64> account, std::chrono::milliseconds length)
{
    if (account && !m_accounts.contains(*account))
        return ready<Result<QString>>(failure(NotFound, u"there is no such account"_s));
    const QString token = newToken(TokenKind::Link);
    const LinkRecord link{.tokenHash = tokenHash(token), .account = account, .expiresAt = now() + length.count()};
    return m_store.addLink(link).then(this, [this, link, token](const Result<int> &added) -> Result<QString> {
        if (link.account && !m_accounts.contains(*link.account))
            return failure(NotFound, u"the account was removed meanwhile"_s);
        if (!added)
            return std::unexpected(added.error());
        m_links.insert(link.tokenHash, link);
        return token;
    });
}

// --- accounts ------------------------------------------------------------------------------------------------------

QFuture<Result<qint64>> Accounts::addAccount(const QString &user, Role role, const QString &password)
{
    using Answer = Result<qint64>;
    if (const auto good = checkUser(user); !good)
        return ready<Answer>(std::unexpected(good.error()));
    // Without a password the account signs in by one-time link or API key alone.
    if (password.isEmpty())
        return addInTurn(
            {.name = user.normalized(QString::NormalizationForm_C), .role = roleName(role), .password = {}, .createdAt = now()}, false);
    if (const auto good = checkPassword(password); !good)
        return ready<Answer>(std::unexpected(good.error()));
    return addWithPassword(user, role, password, false);
}

QFuture<Result<qint64>> Accounts::addWithPassword(const QString &user, Role role, const QString &password, bool mustBeFirst)
{
    return hashPassword(password)
        .then(
            this,
            [this, user, role, mustBeFirst](const Result<QString> &hash) -> QFuture<Result<qint64>> {
                if (!hash)
                    return ready<Result<qint64>>(std::unexpected(hash.error()));
                return addInTurn(
                    {.name = user.normalized(QString::NormalizationForm_C), .role = roleName(role), .password = *hash, .createdAt = now()},
                    mustBeFirst);
            })
        .unwrap();
}

QFuture<Result<qint64>> Accounts::addInTurn(const AccountRecord &wanted, bool mustBeFirst)
{
    using Answer = Result<qint64>;
    return m_turns.run([this, wanted, mustBeFirst]() -> QFuture<Answer> {
        if (mustBeFirst && !setupNeeded())
            return ready<Answer>(failure(Unauthenticated, u"the server is set up already: sign in"_s));
        // The database compares names by ASCII alone.
        if (accountNamed(wanted.name))
            return ready<Answer>(failure(Conflict, u"there is an account named %1 already"_s.arg(wanted.name)));
        return m_store.addAccount(wanted).then(this, [this, account = wanted](const Answer &id) mutable {
            if (id) {
                account.id = *id;
                m_accounts.insert(account.id, account);
                const auto [first, last] = m_awaited.equal_range(nameOf(account.name));
                for (const auto &[name, promise] : std::multimap(first, last))
                    promise->finish();
            }
            return id;
        });
    });
}

bool Accounts::isLastAdmin(qint64 account) const
{
    return std::ranges::none_of(
        m_accounts, [account](const AccountRecord &other) { return other.id != account && other.role == roleName(Role::Admin); });
}

void Accounts::endSessionsOf(qint64 account, const QString &reason)
{
    const QList<SessionRecord> sessions = m_sessions.values();
    for (const SessionRecord &session : sessions) {
        if (session.account != account)
            continue;
        m_sessionOfToken.remove(session.tokenHash);
        m_sessions.remove(session.id);
        emit sessionEnded(session.id, reason);
    }
}

QFuture<Result<int>> Accounts::updateAccount(qint64 account, std::optional<Role> role, std::optional<QString> password)
{
    using Answer = Result<int>;
    if (!password)
        return updateInTurn(account, role, std::nullopt);
    if (const auto good = checkPassword(*password); !good)
        return ready<Answer>(std::unexpected(good.error()));
    return hashPassword(*password)
        .then(this,
              [this, account, role](const Result<QString> &hash) {
                  return hash ? updateInTurn(account, role, *hash) : ready<Answer>(std::unexpected(hash.error()));
              })
        .unwrap();
}

QFuture<Result<int>> Accounts::updateInTurn(qint64 account, std::optional<Role> role, const std::optional<QString> &hash)
{
    using Answer = Result<int>;
    return m_turns.run([this, account, role, hash]() -> QFuture<Answer> {
        if (!m_accounts.contains(account))
            return ready<Answer>(failure(NotFound, u"there is no such account"_s));
        if (role && *role != Role::Admin && isLastAdmin(account))
            return ready<Answer>(failure(Conflict, u"this is the last admin: make another one first"_s));
        AccountRecord record = m_accounts.value(account);
        if (role)
            record.role = roleName(*role);
        if (hash)
            record.password = *hash;
        return m_store.updateAccount(record, hash.has_value())
            .then(this, [this, record, changes = hash.has_value()](const Answer &updated) {
                if (!updated)
                    return updated;
                m_accounts.insert(record.id, record);
                if (changes) {
                    ++m_passwordChanges[record.id];
                    endSessionsOf(record.id, u"the password was changed"_s);
                    endLinksOf(record.id);
                }
                return updated;
            });
    });
}

void Accounts::endLinksOf(qint64 account)
{
    const QHash<QByteArray, LinkRecord> links = m_links;
    for (auto link = links.cbegin(); link != links.cend(); ++link) {
        if (link->account != account)
            continue;
        m_links.remove(link.key());
        m_store.takeLink(link.key()).then(this, [](const Result<int> &) {});
    }
}

QFuture<Result<int>> Accounts::removeAccount(qint64 account)
{
    return m_turns.run([this, account] { return removeInTurn(account); });
}

QFuture<Result<int>> Accounts::removeInTurn(qint64 account)
{
    using Answer = Result<int>;
    if (!m_accounts.contains(account))
        return ready<Answer>(failure(NotFound, u"there is no such account"_s));
    if (isLastAdmin(account))
        return ready<Answer>(failure(Conflict, u"this is the last admin: make another one first"_s));
    return m_store.removeAccount(account).then(this, [this, account](const Answer &removed) {
        if (!removed)
            return removed;
        m_accounts.remove(account);
        emit accountRemoved(account);
        m_passwordChanges.remove(account);
        m_links.removeIf([account](const auto &link) { return link.value().account == account; });
        endSessionsOf(account, u"the account was removed"_s);
        const QList<ApiKeyRecord> keys = m_apiKeys.values();
        for (const ApiKeyRecord &key : keys) {
            if (key.account == account) {
                m_apiKeyOfToken.remove(key.tokenHash);
                m_apiKeys.remove(key.id);
                emit sessionEnded(key.id, u"the account was removed"_s);
            }
        }
        return removed;
    });
}

QFuture<Result<std::pair<QString, QString>>> Accounts::addApiKey(qint64 account, const QString &name, std::optional<qint64> expiresAt,
                                                                 TokenKind kind)
{
    if (!m_accounts.contains(account))
        return ready<Result<std::pair<QString, QString>>>(failure(NotFound, u"there is no such account"_s));
    if (name.trimmed().isEmpty())
        return ready<Result<std::pair<QString, QString>>>(failure(InvalidParams, u"say what the key is for: its name is empty"_s));
    const QString token = newToken(kind);
    const ApiKeyRecord key{.id = newId(),
                           .name = cleanText(name.trimmed(), 64),
                           .tokenHash = tokenHash(token),
                           .account = account,
                           .createdAt = now(),
                           .expiresAt = expiresAt};
    return m_store.addApiKey(key).then(this, [this, key, token](const Result<int> &added) -> Result<std::pair<QString, QString>> {
        if (!m_accounts.contains(key.account))
            return failure(NotFound, u"the account was removed meanwhile"_s);
        if (!added)
            return std::unexpected(added.error());
        m_apiKeys.insert(key.id, key);
        m_apiKeyOfToken.insert(key.tokenHash, key.id);
        if (key.expiresAt)
            expireAt(*key.expiresAt);
        return std::pair(token, key.id);
    });
}

QFuture<Result<int>> Accounts::removeApiKey(const QString &id)
{
    const auto found = m_apiKeys.constFind(id);
    if (found == m_apiKeys.cend())
        return ready<Result<int>>(failure(NotFound, u"there is no such API key"_s));
    m_apiKeyOfToken.remove(found->tokenHash);
    m_apiKeys.erase(found);
    emit sessionEnded(id, u"the API key was removed"_s);
    return writeEnd(id, true);
}

} // namespace muster::operators
