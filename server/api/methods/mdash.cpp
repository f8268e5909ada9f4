// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/methods/methods.h"

#include "server/api/methods/results.h"
#include "server/api/methods/schemas.h"
#include "server/api/methods/shares.h"
#include "server/fleet/reported.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

using operators::AuditClass;
using operators::Caller;
using operators::Form;
namespace permission = operators::permission;

namespace {

/// mDash names people by the way they signed up.
QString userId(const QString &user)
{
    return u"email_"_s + user;
}

/// A device as mDash's clients know it. In the fleet's thread. Its token is in the answer that made it, and nowhere else.
/// @param whole false for lists: without the times of each leaf
QJsonObject deviceObject(const fleet::Device &device, bool whole)
{
    const QJsonObject shadow = fleet::shadowJson(device);
    QJsonObject shown{{"state"_L1, shadow["state"_L1]}, {"version"_L1, shadow["version"_L1]}, {"timestamp"_L1, shadow["timestamp"_L1]}};
    if (whole)
        shown.insert("metadata"_L1, shadow["metadata"_L1]);
    return {{"id"_L1, device.id},
            {"name"_L1, device.shownName()},
            {"user_id"_L1, userId(device.credential.by)},
            {"shared_with"_L1, QString()}, // filled in where accounts are known, see withShares()
            {"online"_L1, device.link != nullptr},
            {"shadow"_L1, shown},
            {"created_at"_L1, device.firstSeen / 1000},
            {"last_seen"_L1, device.evidenceAt() / 1000}};
}

/// All devices of a query, as long as they are not too much at once: this form knows no pages.
Answer allDevices(fleet::Fleet &fleet, const fleet::ListQuery &query)
{
    constexpr qsizetype mostDevices = 5000;
    constexpr qsizetype mostBytes = 4 * 1024 * 1024;
    const QStringList ids = fleet.registry().matching(query);
    if (ids.size() > mostDevices)
        return failure(TooLarge, u"there are %1 devices, and this list has no pages: use ours (Authorization: Bearer)"_s.arg(ids.size()));
    QJsonArray all;
    qsizetype bytes = 0;
    for (const QString &id : ids) {
        const fleet::Device &device = *fleet.registry().find(id);
        bytes += 2 * (fleet::jsonBytes(device.reported.values) + fleet::jsonBytes(device.desired.state.values));
        if (bytes > mostBytes)
            return failure(TooLarge,
                           u"the devices' states are too large for one list: ask for the devices one by one, or use our pages "
                           "(Authorization: Bearer)"_s);
        all.append(deviceObject(device, false));
    }
    return all;
}

QString sharedWith(const operators::Accounts &accounts, const operators::Shares &shares, const QString &device)
{
    QStringList ids;
    for (const QString &user : namesOfShare(accounts, shares, device))
        ids.append(userId(user));
    return ids.join(u',');
}

/// One device or many, with those whom they are shared with. In the API's thread.
Answer withShares(const operators::Accounts &accounts, const operators::Shares &shares, const Caller &caller, const Answer &shown)
{
    if (!shown)
        return shown;
    const auto filled = [&](QJsonObject device) {
        // Who else there is, is no matter of who has a few devices.
        device["shared_with"_L1] = caller.devices ? userId(caller.user) : sharedWith(accounts, shares, device["id"_L1].toString());
        if (caller.devices)
            device["user_id"_L1] = QString();
        return device;
    };
    if (!shown->isArray())
        return filled(shown->toObject());
    QJsonArray all;
    for (const auto &device : shown->toArray())
        all.append(filled(device.toObject()));
    return all;
}

/// @param text ids of users, with commas between them
QStringList usersOf(const QString &text)
{
    QStringList users;
    for (const QString &id : text.split(u',', Qt::SkipEmptyParts)) {
        const QString name = id.trimmed();
        users.append(name.startsWith(userId({})) ? name.sliced(userId({}).size()) : name);
    }
    return users;
}

QJsonObject deviceResult()
{
    return result::exactly(u"A device, as mDash shows it"_s,
                           {{"id"_L1, schema::text(u"Its id"_s)},
                            {"name"_L1, schema::text(u"Its name"_s)},
                            {"user_id"_L1, schema::text(u"Who let it in"_s)},
                            {"shared_with"_L1, schema::text(u"Who else has it, with commas between them"_s, 4096)},
                            {"online"_L1, schema::flag(u"It is there"_s)},
                            {"shadow"_L1, schema::object(u"state, metadata, version and timestamp"_s)},
                            {"created_at"_L1, result::count(u"When it was let in, s since 1970"_s)},
                            {"last_seen"_L1, result::count(u"When it last proved itself, s since 1970; 0: never"_s)}});
}

Answer deviceNow(fleet::Fleet &fleet, const QString &id)
{
    const fleet::Device *device = fleet.registry().find(id);
    return device ? Answer(deviceObject(*device, true)) : Answer(std::unexpected(fleet::Registry::unknown(id)));
}

/// What is the next step once one has gone well. In the fleet's thread.
using Step = std::function<QFuture<Answer>()>;

QFuture<Answer> oneByOne(fleet::Fleet &fleet, QList<Step> steps, Answer last)
{
    if (!last || steps.isEmpty())
        return ready<Answer>(std::move(last));
    const Step step = steps.takeFirst();
    return step().then(&fleet, [&fleet, steps](const Answer &answer) { return oneByOne(fleet, steps, answer); }).unwrap();
}

/// Whether the params say what can be done, and the caller may do each part of it.
Result<void> checkSet(const Caller &caller, const QJsonObject &params)
{
    const QJsonValue shadow = params["shadow"_L1];
    const QJsonObject state = shadow["state"_L1].toObject();
    const bool isState = std::ranges::all_of(
        state.keys(), [&state](const QString &name) { return (name == "desired"_L1 || name == "reported"_L1) && state[name].isObject(); });
    if (!shadow.isUndefined() && (state.isEmpty() || !isState))
        return failure(InvalidParams, u"\"shadow\" must be {\"state\": {\"desired\": {…}, \"reported\": {…}}}, one of them or both"_s);
    for (const auto &[isAsked, needed] : {std::pair(params.contains("name"_L1), permission::devicesName),
                                          std::pair(params.contains("shared_with"_L1), permission::devicesManage),
                                          std::pair(state.contains("reported"_L1), permission::devicesManage)}) {
        if (isAsked && !caller.may(needed))
            return failure(Forbidden, u"%1 lacks the permission %2"_s.arg(caller.user, needed));
    }
    return {};
}

/// Devices.Set, in the fleet's thread.
QFuture<Answer> setDevice(fleet::Fleet &fleet, const QJsonObject &params, const fleet::Decider &by)
{
    const QString id = params["id"_L1].toString();
    const QJsonObject state = params["shadow"_L1]["state"_L1].toObject();
    if (!fleet.registry().knows(id))
        return ready<Answer>(std::unexpected(fleet::Registry::unknown(id)));
    QList<Step> steps;
    if (state.contains("desired"_L1))
        steps.append([&fleet, id, patch = state["desired"_L1].toObject(), version = params["shadow"_L1]["version"_L1].toInteger(), by] {
            return fleet.shadows().desire(id, patch, version, by).then(&fleet, toAnswer);
        });
    if (state.contains("reported"_L1))
        steps.append([&fleet, id, patch = state["reported"_L1].toObject()] { return fleet.shadows().report(id, patch); });
    if (params.contains("name"_L1))
        steps.append(
            [&fleet, id, name = params["name"_L1].toString(), by] { return fleet.records().rename(id, name, by).then(&fleet, toAnswer); });
    return oneByOne(fleet, steps, Answer(QJsonValue::Null)).then(&fleet, [&fleet, id](const Answer &done) {
        return done ? deviceNow(fleet, id) : done;
    });
}

} // namespace

namespace {

QJsonObject keyResult(QJsonObject more = {})
{
    more.insert("id"_L1, schema::text(u"Its id"_s));
    more.insert("user_id"_L1, schema::text(u"Whose it is"_s));
    more.insert("created_at"_L1, result::count(u"When it was made, s since 1970"_s));
    return result::exactly(u"An API key"_s, more);
}

/// API keys; those that are made here get the answers of mDash.
void addKeys(operators::MethodTable &table, operators::Accounts &accounts)
{
    table.add({.name = u"Mdash.Keys.List"_s,
               .summary = u"All API keys without their secrets, as mDash shows them"_s,
               .verbs = {"GET"},
               .path = u"/keys"_s,
               .form = Form::Mdash,
               .permission = permission::peopleManage,
               .result = schema::listOf(u"Keys, the oldest first"_s, keyResult()),
               .handler = [&accounts](const Caller &, const QJsonObject &) -> QFuture<Answer> {
                   QList<store::ApiKeyRecord> keys = accounts.apiKeys();
                   std::ranges::sort(keys, {}, &store::ApiKeyRecord::createdAt);
                   const auto names = accounts.names();
                   QJsonArray all;
                   for (const store::ApiKeyRecord &key : std::as_const(keys))
                       all.append(QJsonObject{
                           {"id"_L1, key.id}, {"user_id"_L1, userId(names.value(key.account))}, {"created_at"_L1, key.createdAt / 1000}});
                   return ready<Answer>(all);
               }});
    table.add({.name = u"Mdash.Keys.Create"_s,
               .summary = u"Make an API key for oneself, whose holder gets the answers of mDash"_s,
               .verbs = {"POST"},
               .path = u"/keys"_s,
               .form = Form::Mdash,
               .permission = permission::peopleManage,
               .audit = AuditClass::Change,
               .result = keyResult({{"key"_L1, schema::text(u"It, this once"_s)}}),
               .handler = [&accounts](const Caller &caller, const QJsonObject &) {
                   const qint64 now = QDateTime::currentMSecsSinceEpoch();
                   return accounts.addApiKey(caller.account, u"made over mDash's API"_s, {}, operators::TokenKind::MdashKey)
                       .then(&accounts, [now, user = caller.user](const Result<std::pair<QString, QString>> &key) -> Answer {
                           if (!key)
                               return std::unexpected(key.error());
                           return QJsonObject{
                               {"key"_L1, key->first}, {"id"_L1, key->second}, {"user_id"_L1, userId(user)}, {"created_at"_L1, now / 1000}};
                       });
               }});
    table.add({.name = u"Mdash.Keys.Delete"_s,
               .summary = u"Remove an API key; it ends at once"_s,
               .verbs = {"DELETE"},
               .path = u"/keys/{id}"_s,
               .form = Form::Mdash,
               .permission = permission::peopleManage,
               .audit = AuditClass::Change,
               .target = u"id"_s,
               .params = {{"id"_L1, schema::text(u"The key's id"_s, 64)}},
               .required = {u"id"_s},
               .result = schema::flag(u"true"_s),
               .handler = [&accounts](const Caller &, const QJsonObject &params) {
                   return accounts.removeApiKey(params["id"_L1].toString()).then(&accounts, [](const Result<int> &removed) -> Answer {
                       return removed ? Answer(true) : Answer(std::unexpected(removed.error()));
                   });
               }});
}

/// Accounts of an application's own customers: made as they come, again and again.
void addUsers(operators::MethodTable &table, operators::Accounts &accounts)
{
    table.add(
        {.name = u"Mdash.User.Add"_s,
         .summary = u"Add a customer; one that is there already stays as it is"_s,
         .verbs = {"POST"},
         .path = u"/user/add"_s,
         .form = Form::Mdash,
         .permission = permission::peopleManage,
         .audit = AuditClass::Change,
         .target = u"name"_s,
         .params = {{"name"_L1, schema::text(u"The user's name"_s, 64)}, {"pass"_L1, schema::text(u"At least 10 characters"_s, 1024)}},
         .required = {u"name"_s, u"pass"_s},
         .result = result::exactly(u"Who it is"_s,
                                   {{"id"_L1, schema::text(u"The user's id"_s)}, {"name"_L1, schema::text(u"As it was given"_s)}}),
         .handler = [&accounts](const Caller &, const QJsonObject &params) -> QFuture<Answer> {
             const QString name = params["name"_L1].toString();
             const QJsonObject known{{"id"_L1, userId(name)}, {"name"_L1, name}};
             if (name.contains(u':'))
                 return ready<Answer>(failure(InvalidParams, u"\"name\" has a colon: nobody can sign in with that (RFC 7617)"_s));
             if (accounts.accountNamed(name))
                 return ready<Answer>(known);
             return accounts.addAccount(name, operators::Role::Customer, params["pass"_L1].toString())
                 .then(&accounts, [known](const Result<qint64> &added) -> Answer {
                     // Somebody else was faster: that is as good.
                     return added || added.error().code == Conflict ? Answer(known) : Answer(std::unexpected(added.error()));
                 });
         }});
}

} // namespace

void addMdashMethods(operators::MethodTable &table, fleet::Fleet &fleet, operators::Accounts &accounts, operators::Shares &shares)
{
    addKeys(table, accounts);
    addUsers(table, accounts);
    const auto completedFor = [&accounts, &shares](const Caller &caller) {
        return [&accounts, &shares, caller](const Answer &shown) { return withShares(accounts, shares, caller, shown); };
    };
    table.add({.name = u"Mdash.Devices.List"_s,
               .summary = u"All devices, as mDash shows them"_s,
               .verbs = {"GET"},
               .path = u"/devices"_s,
               .form = Form::Mdash,
               .permission = permission::devicesRead,
               .staysInScope = true,
               .result = schema::listOf(u"Devices in the order of their names, 5,000 at most"_s, deviceResult()),
               .handler = [&fleet, &accounts, completedFor](const Caller &caller, const QJsonObject &) {
                   fleet::ListQuery query;
                   query.only = caller.devices;
                   return inThreadOf(&fleet, [&fleet, query] { return allDevices(fleet, query); }).then(&accounts, completedFor(caller));
               }});
    table.add({.name = u"Mdash.Devices.Get"_s,
               .summary = u"One device, as mDash shows it"_s,
               .verbs = {"GET"},
               .path = u"/devices/{id}"_s,
               .form = Form::Mdash,
               .permission = permission::devicesRead,
               .target = u"id"_s,
               .device = u"id"_s,
               .params = schema::ofDevice(),
               .required = {u"id"_s},
               .result = deviceResult(),
               .handler = [&fleet, &accounts, completedFor](const Caller &caller, const QJsonObject &params) {
                   return inThreadOf(&fleet, [&fleet, id = params["id"_L1].toString()] { return deviceNow(fleet, id); })
                       .then(&accounts, completedFor(caller));
               }});
    table.add(
        {.name = u"Mdash.Devices.Set"_s,
         .summary = u"Change a device's name, what is wanted of it or what it is said to report, as mDash takes it"_s,
         .verbs = {"PUT", "POST"},
         .path = u"/devices/{id}"_s,
         .form = Form::Mdash,
         .permission = permission::devicesDesire, // and for each part of it what setDevice() asks for
         .audit = AuditClass::WithChange,
         .changesDevice = true,
         .target = u"id"_s,
         .device = u"id"_s,
         .params = schema::ofDevice({{"name"_L1, schema::text(u"What it is called"_s)},
                                     {"shared_with"_L1, schema::text(u"Who else has it: ids of users, with commas between them"_s, 4096)},
                                     {"shadow"_L1, schema::object(u"{\"state\": {\"desired\": {…}, \"reported\": {…}}}: patches"_s)}}),
         .required = {u"id"_s},
         .result = deviceResult(),
         .handler = [&fleet, &accounts, &shares, completedFor](const Caller &caller, const QJsonObject &params) -> QFuture<Answer> {
             if (const auto good = checkSet(caller, params); !good)
                 return ready<Answer>(std::unexpected(good.error()));
             const auto set = [&fleet, params, by = deciderOf(caller)] {
                 return inThreadOf(&fleet, [&fleet, params, by] { return setDevice(fleet, params, by); });
             };
             if (!params.contains("shared_with"_L1))
                 return set().then(&accounts, completedFor(caller));
             const QStringList users = usersOf(params["shared_with"_L1].toString());
             // Programs pair a device with an account that they are making at this moment.
             const auto missing = std::ranges::find_if(users, [&accounts](const QString &user) { return !accounts.accountNamed(user); });
             auto there = missing == users.end() ? QtFuture::makeReadyVoidFuture() : accounts.awaitAccount(*missing);
             return there
                 .then(&accounts, [&fleet, &accounts, &shares, users, caller,
                                   id = params["id"_L1].toString()] { return shareDevice(fleet, accounts, shares, id, users, caller); })
                 .unwrap()
                 .then(&accounts,
                       [set](const Result<int> &shared) { return shared ? set() : ready<Answer>(std::unexpected(shared.error())); })
                 .unwrap()
                 .then(&accounts, completedFor(caller));
         }});
}

} // namespace muster::api
