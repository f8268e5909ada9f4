// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/methods/methods.h"
#include "server/api/methods/schemas.h"
#include "server/timetext.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

using operators::AuditClass;
using operators::Caller;
namespace permission = operators::permission;

namespace {

QJsonObject entryJson(const store::AuditEntry &entry)
{
    return {{"id"_L1, entry.id},           {"time"_L1, timestampText(entry.time)},
            {"actor"_L1, entry.actor},     {"address"_L1, entry.address},
            {"method"_L1, entry.method},   {"target"_L1, entry.target},
            {"outcome"_L1, entry.outcome}, {"detail"_L1, entry.detail}};
}

} // namespace

void addServerMethods(operators::MethodTable &table, fleet::Fleet &fleet, store::AuditStore &audit, const ServerFacts &facts)
{
    table.add({.name = u"Server.Info"_s,
               .summary = u"The server's name, version and counts"_s,
               .verbs = {"GET"},
               .path = u"/server"_s,
               .permission = permission::serverRead,
               .result = schema::object(u"The server"_s),
               .handler = [&fleet, facts](const Caller &, const QJsonObject &) {
                   return inThreadOf(&fleet, [&fleet, facts]() -> Answer {
                       return QJsonObject{{"name"_L1, facts.name},
                                          {"version"_L1, QLatin1StringView(MUSTER_VERSION)},
                                          {"started_at"_L1, timestampText(facts.startedAt)},
                                          {"counts"_L1, fleet.counts().toJson()},
                                          {"fleet_back"_L1, fleet.homecoming().toJson()}};
                   });
               }});
    table.add({.name = u"Audit.List"_s,
               .summary = u"Who did what, newest first"_s,
               .verbs = {"GET"},
               .path = u"/audit"_s,
               .permission = permission::auditRead,
               .params = {{"limit"_L1, schema::integer(u"Entries at most"_s, 1, 500)},
                          {"before"_L1, schema::integer(u"Only entries with a smaller id"_s, 0, 1LL << 53)}},
               .result = schema::object(u"A page"_s,
                                        {{"items"_L1, schema::listOf(u"The entries"_s, schema::object(u"An entry"_s))},
                                         {"next"_L1, schema::integer(u"The next page's `before`; missing on the last"_s, 0, 1LL << 53)}}),
               .handler = [&fleet, &audit](const Caller &, const QJsonObject &params) {
                   const int limit = params["limit"_L1].toInt(100);
                   return audit.list(limit, params["before"_L1].toInteger())
                       .then(&fleet, [limit](const Result<QList<store::AuditEntry>> &entries) -> Answer {
                           if (!entries)
                               return std::unexpected(entries.error());
                           QJsonArray items;
                           for (const auto &entry : *entries)
                               items.append(entryJson(entry));
                           QJsonObject result{{"items"_L1, items}};
                           if (entries->size() == limit)
                               result.insert("next"_L1, entries->last().id);
                           return result;
                       });
               }});
}

} // namespace muster::api
