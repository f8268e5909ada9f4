// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/eventjson.h"
#include "server/api/eventscope.h"
#include "server/api/methods/methods.h"
#include "server/api/methods/paging.h"
#include "server/api/methods/results.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

using operators::Caller;
using operators::Form;
using store::EventStore;
using store::FleetEvent;
namespace permission = operators::permission;

namespace {

/// Whoever wants more asks again from the last one on.
constexpr int mostLogs = 1000;

QFuture<Answer> listEvents(EventStore &events, const Caller &caller, const QJsonObject &params)
{
    const auto after = paging::idAfter(params);
    if (!after)
        return ready<Answer>(std::unexpected(after.error()));
    const auto filter = filterFor(caller, params["device"_L1].toString(), store::eventKindFromName(params["name"_L1].toString()));
    if (!filter)
        return ready<Answer>(QJsonObject{{"items"_L1, QJsonArray()}, {"total"_L1, 0}});
    return events.page(*filter, params["limit"_L1].toInt(paging::usualItems), *after)
        .then(QtFuture::Launch::Sync, [](const Result<EventStore::Page> &page) -> Answer {
            if (!page)
                return std::unexpected(page.error());
            QJsonArray items;
            for (const FleetEvent &event : page->events)
                items.append(eventJson(event));
            QJsonObject answer{{"items"_L1, items}, {"total"_L1, page->total}};
            if (page->hasMore)
                answer.insert("next"_L1, QString::number(page->events.last().id));
            return answer;
        });
}

QFuture<Answer> listLogs(EventStore &events, const Caller &caller, const QJsonObject &params)
{
    const auto filter = filterFor(caller, {}, {});
    if (!filter)
        return ready<Answer>(QJsonArray());
    return events.list(*filter, EventStore::Order::OldestFirst, mostLogs, params["start"_L1].toInteger())
        .then(QtFuture::Launch::Sync, [](const Result<QList<FleetEvent>> &page) -> Answer {
            if (!page)
                return std::unexpected(page.error());
            QJsonArray all;
            for (const FleetEvent &event : *page) {
                QJsonObject row = mdashEvent(event);
                row.insert("timestamp"_L1, event.time / 1000);
                row.insert("seq"_L1, event.id);
                all.append(row);
            }
            return all;
        });
}

} // namespace

void addEventMethods(operators::MethodTable &table, fleet::Fleet &fleet)
{
    EventStore &events = fleet.events().store();
    table.add({.name = u"Events.List"_s,
               .summary = u"What happened in the fleet, newest first; calls of devices for who may read commands"_s,
               .verbs = {"GET"},
               .path = u"/events"_s,
               .permission = permission::devicesRead,
               .staysInScope = true,
               .params = paging::params(
                   {{"device"_L1, schema::deviceId()}, {"name"_L1, schema::choice(u"Only these"_s, store::eventKindNames())}}),
               .result = result::pageOf(result::event()),
               .handler = [&events](const Caller &caller, const QJsonObject &params) { return listEvents(events, caller, params); }});
    table.add({.name = u"Mdash.Logs"_s,
               .summary = u"What happened in the fleet, as mDash shows it: up to 1,000, oldest first"_s,
               .verbs = {"POST"},
               .path = u"/logs"_s,
               .form = Form::Mdash,
               .permission = permission::devicesRead,
               .staysInScope = true,
               .params = {{"start"_L1, schema::integer(u"The `seq` that was read last; from the beginning without it"_s, 0, 1LL << 53)}},
               .result = schema::listOf(
                   u"Events"_s, result::exactly(u"An event, as mDash shows it"_s,
                                                {{"id"_L1, schema::text(u"The device's id"_s)},
                                                 {"name"_L1, schema::text(u"online, offline, created, updated, deleted, rpc.in.… (called), "
                                                                          "rpc.out.… (told)"_s)},
                                                 {"data"_L1, QJsonObject{{"description"_L1, "Params of a call, or what was told"_L1}}},
                                                 {"timestamp"_L1, result::count(u"When, s since 1970"_s)},
                                                 {"seq"_L1, result::count(u"Rises along them"_s)}})),
               .handler = [&events](const Caller &caller, const QJsonObject &params) { return listLogs(events, caller, params); }});
}

} // namespace muster::api
