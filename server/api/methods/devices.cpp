// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/methods/methods.h"

#include "protocol/rpc/methods.h"
#include "server/api/methods/paging.h"
#include "server/api/methods/results.h"
#include "server/timetext.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::api {

using operators::AuditClass;
using operators::Caller;
namespace permission = operators::permission;

namespace {

/// Workers on the device's bus may have to say what they have.
constexpr auto methodsWithin = 15s;

QJsonObject listParams()
{
    QJsonObject params = paging::params(schema::deviceFilter());
    params.insert("sort"_L1,
                  schema::text(u"name, state (the worst first), evidence, cpu, memory or disk; with - in front for descending"_s, 16));
    return params;
}

QJsonObject seriesJson(const store::HealthRange &range)
{
    QJsonArray times;
    std::array<QJsonArray, healthFieldCount> means;
    std::array<QJsonArray, healthFieldCount> mosts;
    const auto put = [](QJsonArray &column, qint64 value) {
        column.append(value == HealthSample::missing ? QJsonValue(QJsonValue::Null) : QJsonValue(value));
    };
    for (const store::HealthPoint &point : range.points) {
        times.append(point.time);
        for (size_t field = 0; field < healthFieldCount; ++field) {
            put(means[field], point.mean.values[field]);
            put(mosts[field], point.most.values[field]);
        }
    }
    QJsonObject series{{"time"_L1, times}};
    for (size_t field = 0; field < healthFieldCount; ++field) {
        const QString name = healthFieldName(static_cast<HealthField>(field));
        series.insert(name, means[field]);
        series.insert(name + "_max"_L1, mosts[field]);
    }
    return {{"from"_L1, range.from},
            {"to"_L1, range.to},
            {"step_ms"_L1, range.step},
            {"series"_L1, series},
            {"thresholds"_L1, fleet::thresholdsJson()}};
}

/// What the device says of its methods, or said last while it is away. In the fleet's thread.
QFuture<Answer> methodsOf(fleet::Fleet &fleet, store::MethodStore &methodStore, const QString &id)
{
    return fleet.call(id, methods::rpcDiscover, {}, methodsWithin)
        .then(&fleet,
              [&methodStore, id](const Answer &answer) -> QFuture<Answer> {
                  if (answer) {
                      // Nobody waits for it: where it cannot be written, the health of the databases says so.
                      if (answer->isObject())
                          (void)methodStore.keep(id, answer->toObject(), QDateTime::currentMSecsSinceEpoch());
                      return ready(answer);
                  }
                  if (answer.error().code != DeviceOffline)
                      return ready(answer);
                  return methodStore.find(id).then([answer](const Result<store::MethodStore::Seen> &seen) -> Answer {
                      if (!seen)
                          return answer; // that it is away says more than that nothing is known
                      QJsonObject document = seen->document;
                      document.insert("x-as-of"_L1, timestampText(seen->at));
                      return document;
                  });
              })
        .unwrap();
}

} // namespace

void addDeviceMethods(operators::MethodTable &table, fleet::Fleet &fleet, fleet::Commands &commands, store::TelemetryStore &telemetry,
                      store::MethodStore &methodStore)
{
    table.add({.name = u"Devices.List"_s,
               .summary = u"Devices that people let in, a page at a time"_s,
               .verbs = {"GET"},
               .path = u"/devices"_s,
               .permission = permission::devicesRead,
               .staysInScope = true,
               .params = listParams(),
               .result = result::pageOf(result::device()),
               .handler = [&fleet](const Caller &caller, const QJsonObject &params) -> QFuture<Answer> {
                   auto query = fleet::ListQuery::fromJson(params);
                   if (!query)
                       return ready<Answer>(std::unexpected(query.error()));
                   query->only = caller.devices;
                   return inThreadOf(
                       &fleet,
                       [&fleet, query = *query, after = params["after"_L1].toString(), limit = params["limit"_L1].toInt(100)]() -> Answer {
                           const fleet::Window page = fleet.registry().page(query, after, limit);
                           QJsonArray items;
                           for (const QJsonObject &row : page.rows)
                               items.append(row);
                           QJsonObject result{{"items"_L1, items}, {"total"_L1, page.total}};
                           if (page.offset + page.ids.size() < page.total && !page.ids.isEmpty())
                               result.insert("next"_L1, page.ids.last());
                           return result;
                       });
               }});
    table.add({.name = u"Devices.Get"_s,
               .summary = u"One device: presence with its reason, condition, what it is trusted by, machine, latest health"_s,
               .verbs = {"GET"},
               .path = u"/devices/{id}"_s,
               .permission = permission::devicesRead,
               .target = u"id"_s,
               .device = u"id"_s,
               .params = schema::ofDevice(),
               .required = {u"id"_s},
               .result = result::device(),
               .handler = [&fleet](const Caller &, const QJsonObject &params) {
                   return inThreadOf(&fleet, [&fleet, id = params["id"_L1].toString()] { return toAnswer(fleet.registry().device(id)); });
               }});
    table.add(
        {.name = u"Devices.Create"_s,
         .summary = u"Make a device that a token will be the proof of (mDash, Mongoose OS); the token is told this once"_s,
         .verbs = {"POST"},
         .path = u"/devices"_s,
         .permission = permission::approvalsDecide,
         .audit = AuditClass::WithChange,
         .target = u"id"_s,
         .params = {{"id"_L1, schema::text(u"Its id; a random one without it"_s, 128)}, {"name"_L1, schema::text(u"What it is called"_s)}},
         .result = result::givenToken(),
         .handler = [&fleet](const Caller &caller, const QJsonObject &params) {
             return inThreadOf(&fleet, [&fleet, params, by = deciderOf(caller)] {
                 return fleet.records()
                     .make({.id = params["id"_L1].toString(), .name = params["name"_L1].toString(), .door = u"mdash"_s}, by)
                     .then(&fleet, toAnswer);
             });
         }});
    table.add({.name = u"Devices.Update"_s,
               .summary = u"Call a device something else"_s,
               .verbs = {"PATCH"},
               .path = u"/devices/{id}"_s,
               .permission = permission::devicesName,
               .audit = AuditClass::WithChange,
               .target = u"id"_s,
               .device = u"id"_s,
               .params = schema::ofDevice({{"name"_L1, schema::text(u"What it is called; empty: by its id"_s)}}),
               .required = {u"id"_s, u"name"_s},
               .result = result::device(),
               .handler = [&fleet](const Caller &caller, const QJsonObject &params) {
                   return inThreadOf(&fleet, [&fleet, params, by = deciderOf(caller)] {
                       return fleet.records().rename(params["id"_L1].toString(), params["name"_L1].toString(), by).then(&fleet, toAnswer);
                   });
               }});
    table.add({.name = u"Devices.RenewToken"_s,
               .summary = u"Give a device another token, told this once; the old one is none any more, and its connection ends"_s,
               .verbs = {"POST"},
               .path = u"/devices/{id}/token"_s,
               .permission = permission::approvalsDecide,
               .audit = AuditClass::WithChange,
               .target = u"id"_s,
               .device = u"id"_s,
               .params = schema::ofDevice(),
               .required = {u"id"_s},
               .result = result::givenToken(),
               .handler = [&fleet](const Caller &caller, const QJsonObject &params) {
                   return inThreadOf(&fleet, [&fleet, id = params["id"_L1].toString(), by = deciderOf(caller)] {
                       return fleet.records().renewToken(id, by).then(&fleet, toAnswer);
                   });
               }});
    table.add({.name = u"Devices.RevokeToken"_s,
               .summary = u"Take a device's token back: its connection ends, and it cannot come again without a new one"_s,
               .verbs = {"DELETE"},
               .path = u"/devices/{id}/token"_s,
               .permission = permission::approvalsDecide,
               .audit = AuditClass::WithChange,
               .target = u"id"_s,
               .device = u"id"_s,
               .params = schema::ofDevice(),
               .required = {u"id"_s},
               .result = result::exactly(u"Whose token it was"_s, {{"id"_L1, schema::deviceId()}}),
               .handler = [&fleet](const Caller &caller, const QJsonObject &params) {
                   return inThreadOf(&fleet, [&fleet, id = params["id"_L1].toString(), by = deciderOf(caller)] {
                       return fleet.records().takeTokenBack(id, by).then(&fleet, toAnswer);
                   });
               }});
    table.add({.name = u"Devices.Forget"_s,
               .summary = u"Take a device's key or token away, and all that was kept of it; it has to be let in anew"_s,
               .verbs = {"DELETE"},
               .path = u"/devices/{id}"_s,
               .permission = permission::devicesManage,
               .audit = AuditClass::WithChange,
               .target = u"id"_s,
               .device = u"id"_s,
               .params = schema::ofDevice(),
               .required = {u"id"_s},
               .result = result::exactly(u"What was forgotten"_s, {{"id"_L1, schema::deviceId()}}),
               .handler = [&fleet](const Caller &caller, const QJsonObject &params) {
                   return inThreadOf(&fleet, [&fleet, id = params["id"_L1].toString(), by = deciderOf(caller)] {
                       return fleet.enrolment().forget(id, by).then(&fleet, toAnswer);
                   });
               }});
    table.add(
        {.name = u"Devices.Health"_s,
         .summary = u"Health of a device over a range, at most 1,000 points"_s,
         .verbs = {"GET"},
         .path = u"/devices/{id}/health"_s,
         .permission = permission::devicesRead,
         .target = u"id"_s,
         .device = u"id"_s,
         .params = {{"id"_L1, schema::deviceId()},
                    {"from"_L1, schema::moment(u"Start; an hour ago without it"_s)},
                    {"to"_L1, schema::moment(u"End; now without it"_s)},
                    {"points"_L1, schema::integer(u"Points at most"_s, 1, store::mostPoints)}},
         .required = {u"id"_s},
         .result = result::health(),
         .handler = [&fleet, &telemetry](const Caller &, const QJsonObject &params) -> QFuture<Answer> {
             const qint64 now = QDateTime::currentMSecsSinceEpoch();
             const auto to = momentOf(params, "to"_L1, now);
             const auto from = to ? momentOf(params, "from"_L1, *to - store::hour) : to;
             if (!from)
                 return ready<Answer>(std::unexpected(from.error()));
             constexpr qint64 longest = 366LL * 24 * store::hour;
             if (*from >= *to || *to - *from > longest)
                 return ready<Answer>(failure(InvalidParams, u"from must lie before to, by a year at most"_s));
             const QString id = params["id"_L1].toString();
             return inThreadOf(
                 &fleet,
                 [&fleet, &telemetry, id, from = *from, to = *to, now, points = params["points"_L1].toInt(360)]() -> QFuture<Answer> {
                     if (const auto device = fleet.registry().device(id); !device)
                         return ready<Answer>(std::unexpected(device.error()));
                     return telemetry.range(id, from, to, points, now).then(&fleet, [](const Result<store::HealthRange> &range) -> Answer {
                         return range ? Answer(seriesJson(*range)) : Answer(std::unexpected(range.error()));
                     });
                 });
         }});
    table.add({.name = u"Devices.Call"_s,
               .summary = u"Call a method of a device and wait for its answer"_s,
               .verbs = {"GET", "POST"},
               .path = u"/devices/{id}/rpc/{method}"_s,
               .permission = permission::devicesCall,
               .audit = AuditClass::Change,
               .changesDevice = true,
               .target = u"id"_s,
               .device = u"id"_s,
               .params = {{"id"_L1, schema::deviceId()},
                          {"method"_L1, schema::text(u"The device's method: RPC.List names them"_s, 128)},
                          {"params"_L1, schema::object(u"The method's params"_s)},
                          {"timeout_ms"_L1, schema::integer(u"How long to wait"_s, 100, longestCall)}},
               .required = {u"id"_s, u"method"_s},
               .result = {{"description"_L1, "What the device answered"_L1}},
               .fromDevice = true,
               .body = u"params"_s,
               .handler = [&commands](const Caller &caller, const QJsonObject &params) {
                   return inThreadOf(&commands, [&commands, params, by = askerOf(caller)] {
                       return commands.call(params["id"_L1].toString(), params["method"_L1].toString(), params["params"_L1].toObject(),
                                            std::chrono::milliseconds(params["timeout_ms"_L1].toInteger(30'000)), by, false);
                   });
               }});
    table.add({.name = u"Methods.List"_s,
               .summary = u"The methods of a device: its OpenRPC document"_s,
               .verbs = {"GET"},
               .path = u"/devices/{id}/methods"_s,
               .permission = permission::devicesRead,
               .target = u"id"_s,
               .device = u"id"_s,
               .params = schema::ofDevice(),
               .required = {u"id"_s},
               .result = schema::object(
                   u"OpenRPC, as the device answers rpc.discover; of one that is away as it last did, which \"x-as-of\" says"_s),
               .fromDevice = true,
               .handler = [&fleet, &methodStore](const Caller &, const QJsonObject &params) {
                   return inThreadOf(&fleet,
                                     [&fleet, &methodStore, id = params["id"_L1].toString()] { return methodsOf(fleet, methodStore, id); });
               }});
}

} // namespace muster::api
