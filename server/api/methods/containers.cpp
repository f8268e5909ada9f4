// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/methods/methods.h"

#include "protocol/rpc/methods.h"
#include "server/api/methods/results.h"
#include "server/api/methods/schemas.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::api {

using operators::AuditClass;
using operators::Caller;
namespace permission = operators::permission;

namespace {

/// A page waits for these. Longer than an agent waits for its engine (20 s): of one that hangs it can still say so.
constexpr auto readWithin = 25s;
/// Beside the time that a container has to stop.
constexpr auto changeWithin = 10s;
/// What is left of the longest call. Who needs longer asks with Commands.Create.
constexpr int longestStop = 45;
static_assert(longestStop * 1000 + std::chrono::milliseconds(changeWithin).count() <= longestCall);
constexpr int stopWithin = 10;

QJsonObject containerParams(QJsonObject more = {})
{
    more.insert("container"_L1, schema::text(u"The container's name or id"_s, 128));
    return schema::ofDevice(more);
}

/// The params of the device's method: ours without the device, and with the container under its own name.
QJsonObject forDevice(QJsonObject params)
{
    params.remove("id"_L1);
    if (const QJsonValue container = params.take("container"_L1); !container.isUndefined())
        params.insert("id"_L1, container);
    return params;
}

void addReading(operators::MethodTable &table, fleet::Fleet &fleet, QLatin1StringView name, QLatin1StringView path, const QString &summary,
                QLatin1StringView deviceMethod, const QJsonObject &params, const QJsonObject &result)
{
    QStringList required{u"id"_s};
    if (params.contains("container"_L1))
        required.append(u"container"_s);
    table.add({.name = name,
               .summary = summary,
               .verbs = {"GET"},
               .path = path,
               .permission = permission::containersRead,
               .target = u"id"_s,
               .device = u"id"_s,
               .params = params,
               .required = required,
               .result = result,
               .fromDevice = true,
               .handler = [&fleet, deviceMethod](const Caller &, const QJsonObject &asked) {
                   return inThreadOf(&fleet, [&fleet, deviceMethod, asked] {
                       return fleet.call(asked["id"_L1].toString(), deviceMethod, forDevice(asked), readWithin);
                   });
               }});
}

void addChange(operators::MethodTable &table, fleet::Commands &commands, QLatin1StringView name, QLatin1StringView verb,
               const QString &summary, QLatin1StringView deviceMethod)
{
    table.add({.name = name,
               .summary = summary,
               .verbs = {"POST"},
               .path = u"/devices/{id}/containers/{container}/%1"_s.arg(verb),
               .permission = permission::containersManage,
               .audit = AuditClass::Change,
               .changesDevice = true,
               .target = u"id"_s,
               .device = u"id"_s,
               .params = containerParams({{"timeout_s"_L1, schema::integer(u"How long it may take to stop by itself"_s, 0, longestStop)}}),
               .required = {u"id"_s, u"container"_s},
               .result = schema::object(u"As it is afterwards"_s,
                                        {{"id"_L1, schema::text(u"The container's id"_s)}, {"state"_L1, schema::text(u"Its state"_s)}}),
               .fromDevice = true,
               .handler = [&commands, deviceMethod](const Caller &caller, const QJsonObject &params) {
                   const std::chrono::seconds within(params["timeout_s"_L1].toInt(stopWithin));
                   return inThreadOf(&commands, [&commands, deviceMethod, params, within, by = askerOf(caller)] {
                       return commands.call(params["id"_L1].toString(), deviceMethod, forDevice(params), within + changeWithin, by, true);
                   });
               }});
}

} // namespace

void addContainerMethods(operators::MethodTable &table, fleet::Fleet &fleet, fleet::Commands &commands)
{
    addReading(table, fleet, "Containers.List"_L1, "/devices/{id}/containers"_L1, u"The containers of a device"_s, methods::containerList,
               schema::ofDevice(), result::containers());
    addReading(table, fleet, "Containers.Inspect"_L1, "/devices/{id}/containers/{container}"_L1, u"The engine's account of a container"_s,
               methods::containerInspect, containerParams(), schema::object(u"As Container.Inspect"_s));
    addReading(table, fleet, "Containers.Stats"_L1, "/devices/{id}/container-stats"_L1, u"What the containers of a device use now"_s,
               methods::containerStats, schema::ofDevice(), result::containerStats());
    addReading(table, fleet, "Containers.Logs"_L1, "/devices/{id}/containers/{container}/logs"_L1,
               u"The last lines of a container's log; the live topic `logs` follows it"_s, methods::containerLogs,
               containerParams(schema::logParams()), result::containerLogs());
    addChange(table, commands, "Containers.Start"_L1, "start"_L1, u"Start a container"_s, methods::containerStart);
    addChange(table, commands, "Containers.Stop"_L1, "stop"_L1, u"Stop a container"_s, methods::containerStop);
    addChange(table, commands, "Containers.Restart"_L1, "restart"_L1, u"Stop a container and start it again"_s, methods::containerRestart);
}

} // namespace muster::api
