// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/methods/methods.h"
#include "server/api/methods/schemas.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

using operators::Caller;
namespace permission = operators::permission;

namespace {

constexpr int mostRows = 500;

} // namespace

void addHistoryMethods(operators::MethodTable &table, fleet::Fleet &fleet)
{
    table.add(
        {.name = u"Devices.History"_s,
         .summary = u"What happened to a device, newest first: events, presence, keys, commands"_s,
         .verbs = {"GET"},
         .path = u"/devices/{id}/history"_s,
         .permission = permission::devicesRead,
         .target = u"id"_s,
         .params = schema::ofDevice({{"limit"_L1, schema::limit(mostRows)},
                                     {"before"_L1, schema::integer(u"Only rows with a smaller id"_s, 0, 1LL << 53)},
                                     {"kind"_L1, schema::choice(u"Only these"_s, {u"event"_s, u"presence"_s, u"key"_s, u"command"_s})}}),
         .required = {u"id"_s},
         .result = schema::page(u"The rows"_s, u"A row"_s,
                                {{"next"_L1, schema::integer(u"The next page's `before`; missing on the last"_s, 0, 1LL << 53)}}),
         .handler = [&fleet](const Caller &, const QJsonObject &params) {
             return inThreadOf(&fleet, [&fleet, params]() -> QFuture<Answer> {
                 const QString id = params["id"_L1].toString();
                 if (const auto device = fleet.device(id); !device)
                     return ready<Answer>(std::unexpected(device.error()));
                 const int limit = params["limit"_L1].toInt(100);
                 // One more tells whether there is another page.
                 return fleet.history()
                     .store()
                     .list(id, params["kind"_L1].toString(), limit + 1, params["before"_L1].toInteger())
                     .then(&fleet, [limit](const Result<QList<store::HistoryRow>> &rows) -> Answer {
                         if (!rows)
                             return std::unexpected(rows.error());
                         QJsonArray items;
                         for (const auto &row : rows->first(std::min<qsizetype>(rows->size(), limit)))
                             items.append(fleet::historyJson(row));
                         QJsonObject page{{"items"_L1, items}};
                         if (rows->size() > limit)
                             page.insert("next"_L1, rows->at(limit - 1).id);
                         return page;
                     });
             });
         }});
}

} // namespace muster::api
