// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/methods/methods.h"
#include "server/api/methods/paging.h"
#include "server/api/methods/results.h"
#include "server/store/backups.h"
#include "server/timetext.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

using operators::AuditClass;
using operators::Caller;
namespace permission = operators::permission;

namespace {

constexpr int backupsKept = 7;

QJsonObject entryJson(const store::AuditEntry &entry)
{
    return {{"id"_L1, entry.id},           {"time"_L1, timestampText(entry.time)},
            {"actor"_L1, entry.actor},     {"address"_L1, entry.address},
            {"method"_L1, entry.method},   {"target"_L1, entry.target},
            {"outcome"_L1, entry.outcome}, {"detail"_L1, entry.detail}};
}

Result<store::AuditStore::Filter> auditFilter(const QJsonObject &params)
{
    store::AuditStore::Filter filter{.actor = params["actor"_L1].toString(),
                                     .method = params["method"_L1].toString(),
                                     .target = params["target"_L1].toString(),
                                     .to = {},
                                     .ok = {}};
    const auto from = momentOf(params, "from"_L1, 0);
    const auto to = momentOf(params, "to"_L1, 0);
    if (!from || !to)
        return std::unexpected(from ? to.error() : from.error());
    filter.from = *from;
    if (params.contains("to"_L1))
        filter.to = *to;
    if (params.contains("outcome"_L1))
        filter.ok = params["outcome"_L1] == "ok"_L1;
    return filter;
}

QJsonObject keyJson(const PublicKey &key)
{
    return {{"algorithm"_L1, algorithmName(key.algorithm())},
            {"fingerprint"_L1, key.fingerprint()},
            {"words"_L1, QJsonArray::fromStringList(key.words())},
            {"pem"_L1, QString::fromLatin1(key.toPem())}};
}

} // namespace

void addServerMethods(operators::MethodTable &table, fleet::Fleet &fleet, store::AuditStore &audit, const ServerFacts &facts)
{
    const store::Backups backups(facts.place);
    table.add({.name = u"Server.Info"_s,
               .summary = u"The server's name, version and counts"_s,
               .verbs = {"GET"},
               .path = u"/server"_s,
               .permission = permission::serverRead,
               .result = result::server(),
               .handler = [&fleet, facts, backups](const Caller &, const QJsonObject &) {
                   return backups.storage().then(&fleet, [&fleet, facts, backups](const QJsonObject &storage) -> Answer {
                       return QJsonObject{{"name"_L1, facts.name},
                                          {"version"_L1, QLatin1StringView(MUSTER_VERSION)},
                                          {"url"_L1, facts.url},
                                          {"servers"_L1, QJsonArray::fromStringList(facts.servers->forPeople())},
                                          {"started_at"_L1, timestampText(facts.startedAt)},
                                          {"key"_L1, keyJson(facts.key)},
                                          {"storage"_L1, storage},
                                          {"backup"_L1, backups.last()},
                                          {"retention"_L1, facts.retention},
                                          {"counts"_L1, fleet.registry().counts().toJson()},
                                          {"fleet_back"_L1, fleet.presence().homecoming().toJson()}};
                   });
               }});
    table.add(
        {.name = u"Server.Backup"_s,
         .summary = u"Copy the databases and keys into a new folder on the server, and prove that the copy is whole; the last 7 are kept"_s,
         .verbs = {"POST"},
         .path = u"/server/backups"_s,
         .permission = permission::serverManage,
         .audit = AuditClass::Change,
         .result = result::backup(),
         .handler = [&fleet, backups](const Caller &, const QJsonObject &) {
             return backups.make(backupsKept).then(&fleet, [](const Result<store::BackupReport> &report) -> Answer {
                 return report ? Answer(report->toJson()) : Answer(std::unexpected(report.error()));
             });
         }});
    table.add(
        {.name = u"Audit.List"_s,
         .summary = u"Who did what, newest first"_s,
         .verbs = {"GET"},
         .path = u"/audit"_s,
         .permission = permission::auditRead,
         .params = paging::params({{"actor"_L1, schema::text(u"A part of who"_s, 64)},
                                   {"method"_L1, schema::text(u"A part of what, such as Approvals."_s, 128)},
                                   {"target"_L1, schema::text(u"A part of on what: a device, an account"_s, 128)},
                                   {"from"_L1, schema::moment(u"Not before"_s)},
                                   {"to"_L1, schema::moment(u"Before"_s)},
                                   {"outcome"_L1, schema::choice(u"Only what was done, or what was refused"_s, {u"ok"_s, u"refused"_s})}}),
         .result = result::pageOf(result::auditEntry()),
         .handler = [&fleet, &audit](const Caller &, const QJsonObject &params) -> QFuture<Answer> {
             const auto filter = auditFilter(params);
             const auto after = paging::idAfter(params);
             if (!filter || !after)
                 return ready<Answer>(std::unexpected(filter ? after.error() : filter.error()));
             return audit.list(*filter, params["limit"_L1].toInt(paging::usualItems), *after)
                 .then(&fleet, [](const Result<store::AuditStore::Page> &page) -> Answer {
                     if (!page)
                         return std::unexpected(page.error());
                     QJsonArray items;
                     for (const auto &entry : page->entries)
                         items.append(entryJson(entry));
                     QJsonObject answer{{"items"_L1, items}, {"total"_L1, page->total}};
                     if (page->hasMore)
                         answer.insert("next"_L1, QString::number(page->entries.last().id));
                     return answer;
                 });
         }});
}

} // namespace muster::api
