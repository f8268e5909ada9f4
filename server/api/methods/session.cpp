// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/methods/methods.h"
#include "server/api/methods/paging.h"
#include "server/api/methods/results.h"
#include "server/async.h"
#include "server/timetext.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

using operators::Accounts;
using operators::AuditClass;
using operators::Caller;
namespace permission = operators::permission;

namespace {

QJsonObject sessionJson(const Caller &caller, const ServerFacts &facts)
{
    return {{"id"_L1, caller.session},
            {"user"_L1, caller.user},
            {"role"_L1, operators::roleName(caller.role)},
            {"permissions"_L1, QJsonArray::fromStringList(operators::permissionsOf(caller.role))},
            {"expires_at"_L1, caller.expiresAt ? QJsonValue(timestampText(caller.expiresAt)) : QJsonValue::Null},
            {"server"_L1, QJsonObject{{"name"_L1, facts.name}, {"version"_L1, QLatin1StringView(MUSTER_VERSION)}}}};
}

QJsonObject signInSchema()
{
    return result::exactly(
        u"The new session"_s,
        {{"session"_L1, result::ownSession()}, {"token"_L1, schema::text(u"For Authorization: Bearer; only with want_token"_s)}},
        {u"token"_s});
}

QFuture<Answer> signedIn(Accounts &accounts, QFuture<Result<operators::SignIn>> future, const ServerFacts &facts)
{
    return future.then(&accounts, [facts](const Result<operators::SignIn> &signIn) -> Answer {
        if (!signIn)
            return std::unexpected(signIn.error());
        return QJsonObject{{"session"_L1, sessionJson(signIn->caller, facts)}, {"token"_L1, signIn->token}};
    });
}

} // namespace

void addSessionMethods(operators::MethodTable &table, Accounts &accounts, const ServerFacts &facts)
{
    const QJsonObject user = schema::text(u"The user's name"_s, 64);
    const QJsonObject password = schema::text(u"The password"_s, 1024);
    const QJsonObject wantToken = schema::flag(u"Give the token in the answer as well as in the cookie; for programs"_s);
    table.add({.name = u"Session.Create"_s,
               .summary = u"Sign in with a password"_s,
               .verbs = {"POST"},
               .path = u"/session"_s,
               .permission = permission::everyone,
               .audit = AuditClass::Change,
               .target = u"user"_s,
               .params = {{"user"_L1, user}, {"password"_L1, password}, {"want_token"_L1, wantToken}},
               .required = {u"user"_s, u"password"_s},
               .result = signInSchema(),
               .opensSession = true,
               .handler = [&accounts, facts](const Caller &caller, const QJsonObject &params) {
                   return signedIn(
                       accounts,
                       accounts.signIn(params["user"_L1].toString(), params["password"_L1].toString(), caller.address, caller.client),
                       facts);
               }});
    table.add({.name = u"Session.Redeem"_s,
               .summary = u"Sign in with a one-time link's token"_s,
               .verbs = {"POST"},
               .path = u"/session/redeem"_s,
               .permission = permission::everyone,
               .audit = AuditClass::Change,
               .params = {{"token"_L1, schema::text(u"What stands behind #/sign-in/ in the link"_s)}, {"want_token"_L1, wantToken}},
               .required = {u"token"_s},
               .result = signInSchema(),
               .opensSession = true,
               .handler = [&accounts, facts](const Caller &caller, const QJsonObject &params) {
                   return signedIn(accounts, accounts.redeem(params["token"_L1].toString(), caller.address, caller.client), facts);
               }});
    table.add({.name = u"Setup.Complete"_s,
               .summary = u"Make the first admin, with the token of the setup link"_s,
               .verbs = {"POST"},
               .path = u"/setup"_s,
               .permission = permission::everyone,
               .audit = AuditClass::Change,
               .target = u"user"_s,
               .params = {{"token"_L1, schema::text(u"What stands behind #/setup/ in the link"_s)},
                          {"user"_L1, user},
                          {"password"_L1, password},
                          {"want_token"_L1, wantToken}},
               .required = {u"token"_s, u"user"_s, u"password"_s},
               .result = signInSchema(),
               .opensSession = true,
               .handler = [&accounts, facts](const Caller &caller, const QJsonObject &params) {
                   return signedIn(accounts,
                                   accounts.setUp(params["token"_L1].toString(), params["user"_L1].toString(),
                                                  params["password"_L1].toString(), caller.address, caller.client),
                                   facts);
               }});
    table.add({.name = u"Setup.State"_s,
               .summary = u"Whether the first admin is still to be made, and whether who asks is signed in"_s,
               .verbs = {"GET"},
               .path = u"/setup"_s,
               .permission = permission::everyone,
               .result = result::exactly(u"The state"_s, {{"needed"_L1, schema::flag(u"True before the first account"_s)},
                                                          {"signed_in"_L1, schema::flag(u"True where Session.Get would answer"_s)}}),
               .handler = [&accounts](const Caller &caller, const QJsonObject &) {
                   return ready<Answer>(
                       QJsonObject{{"needed"_L1, accounts.setupNeeded()}, {"signed_in"_L1, caller.may(permission::signedIn)}});
               }});
    table.add({.name = u"Session.Get"_s,
               .summary = u"Who is signed in"_s,
               .verbs = {"GET"},
               .path = u"/session"_s,
               .permission = permission::signedIn,
               .result = result::ownSession(),
               .handler = [facts](const Caller &caller, const QJsonObject &) { return ready<Answer>(sessionJson(caller, facts)); }});
    table.add({.name = u"Session.Delete"_s,
               .summary = u"Sign out"_s,
               .verbs = {"DELETE"},
               .path = u"/session"_s,
               .permission = permission::signedIn,
               .audit = AuditClass::Change,
               .result = result::nothing(),
               .endsSession = true,
               .handler = [&accounts](const Caller &caller, const QJsonObject &) -> QFuture<Answer> {
                   if (caller.isApiKey)
                       return ready<Answer>(failure(InvalidRequest, u"an API key has no session to end: remove the key instead"_s));
                   return accounts.endSession(caller.session).then(&accounts, [](const Result<int> &ended) -> Answer {
                       return ended ? Answer(QJsonObject{}) : Answer(std::unexpected(ended.error()));
                   });
               }});
    table.add({.name = u"Sessions.List"_s,
               .summary = u"Open sessions: one's own, or everybody's for those who manage people"_s,
               .verbs = {"GET"},
               .path = u"/sessions"_s,
               .permission = permission::signedIn,
               .params = paging::params({{"user"_L1, schema::text(u"Only sessions of this account"_s, 64)}}),
               .result = result::pageOf(result::session()),
               .handler = [&accounts](const Caller &caller, const QJsonObject &params) {
                   const QHash<qint64, QString> names = accounts.names();
                   const QString wanted = params["user"_L1].toString();
                   QList<store::SessionRecord> sessions = accounts.sessions();
                   sessions.removeIf([&](const store::SessionRecord &session) {
                       const bool mayBeSeen = session.account == caller.account || caller.may(permission::peopleManage);
                       return !mayBeSeen || (!wanted.isEmpty() && names.value(session.account).compare(wanted, Qt::CaseInsensitive) != 0);
                   });
                   const auto cursorOf = [](const store::SessionRecord &session) {
                       return paging::newestFirst(session.createdAt, session.id);
                   };
                   std::ranges::sort(sessions, std::greater(),
                                     [](const store::SessionRecord &session) { return std::tie(session.createdAt, session.id); });
                   return ready<Answer>(paging::pageOf(sessions, params, cursorOf, std::less(), [&](const store::SessionRecord &session) {
                       return QJsonObject{{"id"_L1, session.id},
                                          {"user"_L1, names.value(session.account)},
                                          {"created_at"_L1, timestampText(session.createdAt)},
                                          {"expires_at"_L1, timestampText(session.expiresAt)},
                                          {"address"_L1, session.address},
                                          {"client"_L1, session.client},
                                          {"current"_L1, session.id == caller.session}};
                   }));
               }});
    table.add({.name = u"Sessions.Revoke"_s,
               .summary = u"End a session: one's own, or anybody's for those who manage people"_s,
               .verbs = {"DELETE"},
               .path = u"/sessions/{id}"_s,
               .permission = permission::signedIn,
               .audit = AuditClass::Change,
               .target = u"id"_s,
               .targetOf =
                   [&accounts](const QJsonObject &params) {
                       const auto sessions = accounts.sessions();
                       const auto found = std::ranges::find(sessions, params["id"_L1].toString(), &store::SessionRecord::id);
                       return found == sessions.end() ? params["id"_L1].toString() : accounts.names().value(found->account);
                   },
               .params = {{"id"_L1, schema::text(u"The session's id"_s, 64)}},
               .required = {u"id"_s},
               .result = result::nothing(),
               .handler = [&accounts](const Caller &caller, const QJsonObject &params) -> QFuture<Answer> {
                   const QString id = params["id"_L1].toString();
                   const auto sessions = accounts.sessions();
                   const auto found = std::ranges::find(sessions, id, &store::SessionRecord::id);
                   // Somebody else's session looks like none to those who may not end it.
                   if (found == sessions.end() || (found->account != caller.account && !caller.may(permission::peopleManage)))
                       return ready<Answer>(failure(NotFound, u"there is no such session"_s));
                   return accounts.endSession(id).then(&accounts, [](const Result<int> &ended) -> Answer {
                       return ended ? Answer(QJsonObject{}) : Answer(std::unexpected(ended.error()));
                   });
               }});
}

} // namespace muster::api
