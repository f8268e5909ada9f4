// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/methods/methods.h"
#include "server/api/methods/paging.h"
#include "server/api/methods/results.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

using operators::Caller;
namespace permission = operators::permission;

void addHistoryMethods(operators::MethodTable &table, fleet::Fleet &fleet)
{
    table.add({.name = u"Devices.History"_s,
               .summary = u"What happened to a device, newest first: events, presence, keys, and commands for who may read those"_s,
               .verbs = {"GET"},
               .path = u"/devices/{id}/history"_s,
               .permission = permission::devicesRead,
               .target = u"id"_s,
               .device = u"id"_s,
               .params = schema::ofDevice(
                   paging::params({{"kind"_L1, schema::choice(u"Only these"_s, {u"event"_s, u"presence"_s, u"key"_s, u"command"_s})}})),
               .required = {u"id"_s},
               .result = result::pageOf(result::historyRow()),
               .handler = [&fleet](const Caller &caller, const QJsonObject &params) {
                   // What was asked of a device is for who may read commands.
                   return inThreadOf(&fleet, [&fleet, params, withCommands = caller.may(permission::commandsRead)]() -> QFuture<Answer> {
                       const QString id = params["id"_L1].toString();
                       const auto after = paging::idAfter(params);
                       if (!after)
                           return ready<Answer>(std::unexpected(after.error()));
                       if (const auto device = fleet.registry().device(id); !device)
                           return ready<Answer>(std::unexpected(device.error()));
                       return fleet.history()
                           .store()
                           .page(id, {.kind = params["kind"_L1].toString(), .withCommands = withCommands},
                                 params["limit"_L1].toInt(paging::usualItems), *after)
                           .then(&fleet, [](const Result<store::HistoryStore::Page> &page) -> Answer {
                               if (!page)
                                   return std::unexpected(page.error());
                               QJsonArray items;
                               for (const auto &row : page->rows)
                                   items.append(fleet::historyJson(row));
                               QJsonObject answer{{"items"_L1, items}, {"total"_L1, page->total}};
                               if (page->hasMore)
                                   answer.insert("next"_L1, QString::number(page->rows.last().id));
                               return answer;
                           });
                   });
               }});
}

} // namespace muster::api
