// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/methods/shares.h"

#include "server/api/methods/methods.h"
#include "server/api/methods/results.h"
#include "server/api/methods/schemas.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

using operators::Accounts;
using operators::AuditClass;
using operators::Caller;
using operators::Shares;
namespace permission = operators::permission;

namespace {

Answer sharedWith(const Accounts &accounts, const Shares &shares, const QString &device)
{
    return QJsonObject{{"id"_L1, device}, {"users"_L1, QJsonArray::fromStringList(namesOfShare(accounts, shares, device))}};
}

QJsonObject shareResult()
{
    return result::exactly(
        u"Who has the device beside those who see all"_s,
        {{"id"_L1, schema::deviceId()}, {"users"_L1, schema::listOf(u"Their names"_s, schema::text(u"A user's name"_s, 64))}});
}

} // namespace

QStringList namesOfShare(const Accounts &accounts, const Shares &shares, const QString &device)
{
    const QHash<qint64, QString> names = accounts.names();
    QStringList users;
    for (const qint64 account : shares.accountsOf(device))
        users.append(names.value(account));
    users.removeAll(QString());
    users.sort();
    return users;
}

QFuture<Result<int>> shareDevice(fleet::Fleet &fleet, const Accounts &accounts, Shares &shares, const QString &device,
                                 const QStringList &users, const Caller &by)
{
    using Shared = Result<int>;
    QSet<qint64> wanted;
    for (const QString &user : users) {
        const auto *account = accounts.accountNamed(user);
        if (!account)
            return ready<Shared>(failure(NotFound, u"there is no account \"%1\""_s.arg(user.left(64))));
        wanted.insert(account->id);
    }
    const store::AuditEntry entry =
        fleet::auditOf(deciderOf(by), u"Devices.Share"_s, device, {{"users"_L1, QJsonArray::fromStringList(users)}});
    return inThreadOf(&fleet, [&fleet, device] { return fleet.registry().knows(device); })
        .then(&shares,
              [&shares, device, wanted, entry](bool isKnown) {
                  return isKnown ? shares.set(device, wanted, entry) : ready<Shared>(std::unexpected(fleet::Registry::unknown(device)));
              })
        .unwrap();
}

void addShareMethods(operators::MethodTable &table, fleet::Fleet &fleet, Accounts &accounts, Shares &shares)
{
    table.add({.name = u"Devices.SharedWith"_s,
               .summary = u"Who has a device beside those who see all of them"_s,
               .verbs = {"GET"},
               .path = u"/devices/{id}/share"_s,
               .permission = permission::devicesManage,
               .target = u"id"_s,
               .device = u"id"_s,
               .params = schema::ofDevice(),
               .required = {u"id"_s},
               .result = shareResult(),
               .handler = [&fleet, &accounts, &shares](const Caller &, const QJsonObject &params) {
                   const QString id = params["id"_L1].toString();
                   return inThreadOf(&fleet, [&fleet, id] { return fleet.registry().knows(id); })
                       .then(&accounts, [&accounts, &shares, id](bool isKnown) {
                           return isKnown ? sharedWith(accounts, shares, id) : Answer(std::unexpected(fleet::Registry::unknown(id)));
                       });
               }});
    table.add(
        {.name = u"Devices.Share"_s,
         .summary = u"Share a device with these people and nobody else; customers see what is shared with them alone"_s,
         .verbs = {"PUT"},
         .path = u"/devices/{id}/share"_s,
         .permission = permission::devicesManage,
         .audit = AuditClass::WithChange,
         .target = u"id"_s,
         .device = u"id"_s,
         .params = schema::ofDevice({{"users"_L1, schema::listOf(u"Their names; none: nobody"_s, schema::text(u"A user's name"_s, 64))}}),
         .required = {u"id"_s, u"users"_s},
         .result = shareResult(),
         .handler = [&fleet, &accounts, &shares](const Caller &caller, const QJsonObject &params) {
             const QString id = params["id"_L1].toString();
             QStringList users;
             for (const auto &user : params["users"_L1].toArray())
                 users.append(user.toString());
             return shareDevice(fleet, accounts, shares, id, users, caller)
                 .then(&accounts, [&accounts, &shares, id](const Result<int> &shared) {
                     return shared ? sharedWith(accounts, shares, id) : Answer(std::unexpected(shared.error()));
                 });
         }});
    table.add(
        {.name = u"Devices.GiveBack"_s,
         .summary = u"Give a device back that was shared with oneself"_s,
         .verbs = {"DELETE"},
         .path = u"/devices/{id}/share"_s,
         .permission = permission::devicesRead,
         .audit = AuditClass::WithChange,
         .target = u"id"_s,
         .device = u"id"_s,
         .params = schema::ofDevice(),
         .required = {u"id"_s},
         .result = result::nothing(),
         .handler = [&shares](const Caller &caller, const QJsonObject &params) -> QFuture<Answer> {
             const QString id = params["id"_L1].toString();
             const QSet<qint64> before = shares.accountsOf(id);
             if (!before.contains(caller.account))
                 return ready<Answer>(failure(Conflict, u"%1 was not shared with you"_s.arg(id.left(128))));
             const store::AuditEntry entry = fleet::auditOf(deciderOf(caller), u"Devices.GiveBack"_s, id);
             return shares.set(id, before - QSet<qint64>{caller.account}, entry).then(&shares, [](const Result<int> &given) -> Answer {
                 return given ? Answer(QJsonObject{}) : Answer(std::unexpected(given.error()));
             });
         }});
}

} // namespace muster::api
