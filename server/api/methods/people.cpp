// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/methods/methods.h"
#include "server/api/methods/paging.h"
#include "server/api/methods/results.h"
#include "server/async.h"
#include "server/timetext.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::api {

using operators::Accounts;
using operators::AuditClass;
using operators::Caller;
namespace permission = operators::permission;

namespace {

/// Long enough to be sent to a colleague, short enough to be worth nothing tomorrow.
constexpr auto linkLength = 1h;

/// How many sessions and keys each account has, counted once for a whole list.
struct Holdings
{
    QHash<qint64, int> sessions;
    QHash<qint64, int> apiKeys;

    explicit Holdings(const Accounts &accounts)
    {
        for (const auto &session : accounts.sessions())
            ++sessions[session.account];
        for (const auto &key : accounts.apiKeys())
            ++apiKeys[key.account];
    }
};

QJsonObject accountJson(const Holdings &holdings, const store::AccountRecord &account)
{
    return {{"user"_L1, account.name},
            {"role"_L1, account.role},
            {"has_password"_L1, !account.password.isEmpty()},
            {"created_at"_L1, timestampText(account.createdAt)},
            {"sessions"_L1, holdings.sessions.value(account.id)},
            {"api_keys"_L1, holdings.apiKeys.value(account.id)}};
}

/// An account by name, or NotFound.
Result<store::AccountRecord> accountOf(const Accounts &accounts, const QString &user)
{
    if (const auto *account = accounts.accountNamed(user))
        return *account;
    return failure(NotFound, u"there is no account \"%1\""_s.arg(user.left(64)));
}

Answer doneOr(const Result<int> &done)
{
    return done ? Answer(QJsonObject{}) : Answer(std::unexpected(done.error()));
}

void addUsers(operators::MethodTable &table, Accounts &accounts)
{
    const QJsonObject user = schema::text(u"The user's name"_s, 64);
    const QJsonObject role = schema::choice(u"What the user may do"_s, {u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s});
    const QJsonObject password = schema::text(u"At least 10 characters; without one the user signs in by link"_s, 1024);
    table.add({.name = u"Users.List"_s,
               .summary = u"All accounts"_s,
               .verbs = {"GET"},
               .path = u"/users"_s,
               .permission = permission::peopleManage,
               .params = paging::params({{"text"_L1, schema::text(u"A part of the name"_s, 64)}}),
               .result = result::pageOf(result::account()),
               .handler = [&accounts](const Caller &, const QJsonObject &params) {
                   QList<store::AccountRecord> all = accounts.accounts();
                   all.removeIf([text = params["text"_L1].toString()](const store::AccountRecord &account) {
                       return !account.name.contains(text, Qt::CaseInsensitive);
                   });
                   // By name, whatever its case; names that are alike then have the order of their making.
                   QList<std::pair<QString, store::AccountRecord>> byName;
                   for (const auto &account : std::as_const(all))
                       byName.append({u"%1.%2"_s.arg(account.name.toLower()).arg(account.id, 12, 10, QChar(u'0')), account});
                   std::ranges::sort(byName, {}, &std::pair<QString, store::AccountRecord>::first);
                   return ready<Answer>(paging::pageOf(
                       byName, params, [](const auto &one) { return one.first; }, std::greater(),
                       [holdings = Holdings(accounts)](const auto &one) { return accountJson(holdings, one.second); }));
               }});
    table.add({.name = u"Users.Create"_s,
               .summary = u"Add an account"_s,
               .verbs = {"POST"},
               .path = u"/users"_s,
               .permission = permission::peopleManage,
               .audit = AuditClass::Change,
               .target = u"user"_s,
               .params = {{"user"_L1, user}, {"role"_L1, role}, {"password"_L1, password}},
               .required = {u"user"_s, u"role"_s},
               .result = result::account(),
               .handler = [&accounts](const Caller &, const QJsonObject &params) -> QFuture<Answer> {
                   const QString name = params["user"_L1].toString().normalized(QString::NormalizationForm_C);
                   if (params.contains("password"_L1) && params["password"_L1].toString().isEmpty())
                       return ready<Answer>(
                           failure(InvalidParams, u"the password is empty: leave it out for an account that signs in by links"_s));
                   const auto wanted = operators::roleFromName(params["role"_L1].toString());
                   if (!wanted)
                       return ready<Answer>(std::unexpected(wanted.error()));
                   return accounts.addAccount(name, *wanted, params["password"_L1].toString())
                       .then(&accounts, [&accounts, name](const Result<qint64> &added) -> Answer {
                           if (!added)
                               return std::unexpected(added.error());
                           const auto account = accountOf(accounts, name);
                           return account ? Answer(accountJson(Holdings(accounts), *account)) : Answer(std::unexpected(account.error()));
                       });
               }});
    table.add({.name = u"Users.Update"_s,
               .summary = u"Change an account's role or password; nobody changes their own role"_s,
               .verbs = {"PATCH"},
               .path = u"/users/{user}"_s,
               .permission = permission::peopleManage,
               .audit = AuditClass::Change,
               .target = u"user"_s,
               .params = {{"user"_L1, user}, {"role"_L1, role}, {"password"_L1, password}},
               .required = {u"user"_s},
               .result = result::nothing(),
               .handler = [&accounts](const Caller &caller, const QJsonObject &params) -> QFuture<Answer> {
                   const auto account = accountOf(accounts, params["user"_L1].toString());
                   if (!account)
                       return ready<Answer>(std::unexpected(account.error()));
                   std::optional<operators::Role> wanted;
                   if (params.contains("role"_L1)) {
                       if (account->id == caller.account)
                           return ready<Answer>(failure(Forbidden, u"nobody changes their own role: ask another admin"_s));
                       wanted = operators::roleFromName(params["role"_L1].toString()).value_or(operators::Role::Viewer);
                   }
                   const auto fresh = params.contains("password"_L1) ? std::optional(params["password"_L1].toString()) : std::nullopt;
                   return accounts.updateAccount(account->id, wanted, fresh).then(&accounts, doneOr);
               }});
    table.add({.name = u"Users.Delete"_s,
               .summary = u"Remove an account, its sessions and its API keys"_s,
               .verbs = {"DELETE"},
               .path = u"/users/{user}"_s,
               .permission = permission::peopleManage,
               .audit = AuditClass::Change,
               .target = u"user"_s,
               .params = {{"user"_L1, user}},
               .required = {u"user"_s},
               .result = result::nothing(),
               .handler = [&accounts](const Caller &, const QJsonObject &params) -> QFuture<Answer> {
                   const auto account = accountOf(accounts, params["user"_L1].toString());
                   if (!account)
                       return ready<Answer>(std::unexpected(account.error()));
                   return accounts.removeAccount(account->id).then(&accounts, doneOr);
               }});
}

void addApiKeys(operators::MethodTable &table, Accounts &accounts)
{
    table.add({.name = u"ApiKeys.List"_s,
               .summary = u"All API keys, without their secrets"_s,
               .verbs = {"GET"},
               .path = u"/api-keys"_s,
               .permission = permission::peopleManage,
               .params = paging::params({{"user"_L1, schema::text(u"Only keys of this account"_s, 64)}}),
               .result = result::pageOf(result::apiKey()),
               .handler = [&accounts](const Caller &, const QJsonObject &params) -> QFuture<Answer> {
                   QList<store::ApiKeyRecord> keys = accounts.apiKeys();
                   if (params.contains("user"_L1)) {
                       const auto account = accountOf(accounts, params["user"_L1].toString());
                       if (!account)
                           return ready<Answer>(std::unexpected(account.error()));
                       keys.removeIf([id = account->id](const store::ApiKeyRecord &key) { return key.account != id; });
                   }
                   const auto cursorOf = [](const store::ApiKeyRecord &key) { return paging::newestFirst(key.createdAt, key.id); };
                   std::ranges::sort(keys, std::greater(), [](const store::ApiKeyRecord &key) { return std::tie(key.createdAt, key.id); });
                   return ready<Answer>(
                       paging::pageOf(keys, params, cursorOf, std::less(), [names = accounts.names()](const store::ApiKeyRecord &key) {
                           return QJsonObject{
                               {"id"_L1, key.id},
                               {"name"_L1, key.name},
                               {"user"_L1, names.value(key.account)},
                               {"created_at"_L1, timestampText(key.createdAt)},
                               {"expires_at"_L1, key.expiresAt ? QJsonValue(timestampText(*key.expiresAt)) : QJsonValue::Null}};
                       }));
               }});
    table.add({.name = u"ApiKeys.Create"_s,
               .summary = u"Make an API key for an account; it may what the account may"_s,
               .verbs = {"POST"},
               .path = u"/api-keys"_s,
               .permission = permission::peopleManage,
               .audit = AuditClass::Change,
               .target = u"name"_s,
               .params = {{"name"_L1, schema::text(u"What the key is for"_s, 64)},
                          {"user"_L1, schema::text(u"Whose key; one's own without it"_s, 64)},
                          {"expires_in_days"_L1, schema::integer(u"Good for so many days; without it, until it is removed"_s, 1, 3650)}},
               .required = {u"name"_s},
               .result = result::exactly(u"The key, shown this once"_s, {{"id"_L1, schema::text(u"Its id"_s)},
                                                                         {"api_key"_L1, schema::text(u"For Authorization: Bearer"_s)}}),
               .handler = [&accounts](const Caller &caller, const QJsonObject &params) -> QFuture<Answer> {
                   const auto account = accountOf(accounts, params["user"_L1].toString(caller.user));
                   if (!account)
                       return ready<Answer>(std::unexpected(account.error()));
                   std::optional<qint64> ends;
                   if (params.contains("expires_in_days"_L1))
                       ends = QDateTime::currentMSecsSinceEpoch() + params["expires_in_days"_L1].toInteger() * 24 * 3'600'000;
                   return accounts.addApiKey(account->id, params["name"_L1].toString(), ends)
                       .then(&accounts, [](const Result<std::pair<QString, QString>> &key) -> Answer {
                           if (!key)
                               return std::unexpected(key.error());
                           return QJsonObject{{"api_key"_L1, key->first}, {"id"_L1, key->second}};
                       });
               }});
    table.add({.name = u"ApiKeys.Delete"_s,
               .summary = u"Remove an API key; it ends at once"_s,
               .verbs = {"DELETE"},
               .path = u"/api-keys/{id}"_s,
               .permission = permission::peopleManage,
               .audit = AuditClass::Change,
               .target = u"id"_s,
               .targetOf =
                   [&accounts](const QJsonObject &params) {
                       const auto keys = accounts.apiKeys();
                       const auto found = std::ranges::find(keys, params["id"_L1].toString(), &store::ApiKeyRecord::id);
                       return found == keys.end() ? params["id"_L1].toString() : found->name;
                   },
               .params = {{"id"_L1, schema::text(u"The key's id"_s, 64)}},
               .required = {u"id"_s},
               .result = result::nothing(),
               .handler =
                   [&accounts](const Caller &, const QJsonObject &params) {
                       return accounts.removeApiKey(params["id"_L1].toString()).then(&accounts, doneOr);
                   }});
}

} // namespace

void addPeopleMethods(operators::MethodTable &table, Accounts &accounts, const ServerFacts &facts)
{
    addUsers(table, accounts);
    addApiKeys(table, accounts);
    table.add({.name = u"SignInLinks.Create"_s,
               .summary = u"Make a link that signs an account in once, within an hour"_s,
               .verbs = {"POST"},
               .path = u"/sign-in-links"_s,
               .permission = permission::peopleManage,
               .audit = AuditClass::Change,
               .target = u"user"_s,
               .params = {{"user"_L1, schema::text(u"Whom it signs in; oneself without it"_s, 64)}},
               .result = result::exactly(u"The link"_s, {{"link"_L1, schema::text(u"For a browser or for muster --connect"_s, 2048)},
                                                         {"expires_at"_L1, result::time(u"When it ends"_s)}}),
               .handler = [&accounts, facts](const Caller &caller, const QJsonObject &params) -> QFuture<Answer> {
                   const auto account = accountOf(accounts, params["user"_L1].toString(caller.user));
                   if (!account)
                       return ready<Answer>(std::unexpected(account.error()));
                   const qint64 ends = QDateTime::currentMSecsSinceEpoch() + std::chrono::milliseconds(linkLength).count();
                   return accounts.makeLink(account->id, linkLength).then(&accounts, [facts, ends](const Result<QString> &token) -> Answer {
                       if (!token)
                           return std::unexpected(token.error());
                       return QJsonObject{{"link"_L1, u"%1/#/sign-in/%2"_s.arg(facts.url, *token)}, {"expires_at"_L1, timestampText(ends)}};
                   });
               }});
}

} // namespace muster::api
