// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/methods/methods.h"
#include "server/api/methods/paging.h"
#include "server/api/methods/results.h"
#include "server/fleet/randomid.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

using fleet::Commands;
using fleet::Selections;
using operators::AuditClass;
using operators::Caller;
namespace permission = operators::permission;

namespace {

constexpr qint64 usualLife = 24 * store::hour;
/// As long as devices keep the ids of commands at least.
constexpr qint64 longestLife = 30 * 24 * store::hour;
/// Who asks for just that long may have another clock.
constexpr qint64 clockSlack = 60'000;
/// Of the commands that were made, so many are in the answer: Commands.List has them all.
constexpr qsizetype mostShown = 500;

QJsonObject commandId()
{
    return schema::text(u"The command's id"_s, 64);
}

/// The devices that Commands.Create is about, in the fleet's thread.
Result<Commands::Order> orderOf(Commands &commands, const QJsonObject &params, qint64 expiresAt, const fleet::Asker &by)
{
    Commands::Order order{.devices = {},
                          .method = params["method"_L1].toString(),
                          .params = params["params"_L1].toObject(),
                          .expiresAt = expiresAt,
                          .bulk = {}};
    if (params.contains("device"_L1) == params.contains("selection"_L1))
        return failure(InvalidParams, u"give either \"device\" or \"selection\""_s);
    if (params.contains("device"_L1)) {
        order.devices = {params["device"_L1].toString()};
        return order;
    }
    const auto selection = commands.selections().find(params["selection"_L1].toString(), by.account, QDateTime::currentMSecsSinceEpoch());
    if (!selection)
        return std::unexpected(selection.error());
    if (!params.contains("count"_L1))
        return failure(InvalidParams, u"\"count\" is missing: say how many devices the selection has"_s);
    if (const qint64 count = params["count"_L1].toInteger(); count != selection->devices.size())
        return failure(Conflict, u"the selection has %1 devices, not %2: look again"_s.arg(selection->devices.size()).arg(count));
    order.devices = selection->devices;
    order.bulk = fleet::randomId('b');
    return order;
}

Answer createdAnswer(const QString &bulk, const Result<QList<QJsonObject>> &made)
{
    if (!made)
        return std::unexpected(made.error());
    QJsonArray items;
    for (const QJsonObject &one : made->first(std::min(made->size(), mostShown)))
        items.append(one);
    return QJsonObject{
        {"items"_L1, items}, {"total"_L1, made->size()}, {"bulk"_L1, bulk.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(bulk)}};
}

void addCreate(operators::MethodTable &table, Commands &commands)
{
    table.add({.name = u"Commands.Create"_s,
               .summary = u"Have a device, or each of a selection, run a method once, now or when it is there; it leaves a receipt"_s,
               .verbs = {"POST"},
               .path = u"/commands"_s,
               .permission = permission::devicesCall,
               .audit = AuditClass::WithChange,
               .target = u"device"_s,
               .params = {{"device"_L1, schema::deviceId()},
                          {"selection"_L1, schema::text(u"Of Selections.Create: a command for each of its devices"_s, 64)},
                          {"count"_L1,
                           schema::integer(u"How many devices the selection has; another number is refused"_s, 1, Selections::mostDevices)},
                          {"method"_L1, schema::text(u"The device's method"_s, 128)},
                          {"params"_L1, schema::object(u"The method's params"_s)},
                          {"expires_at"_L1, schema::moment(u"Not begun after this; in 24 hours without it, in 30 days at most"_s)}},
               .required = {u"method"_s},
               .result = result::exactly(u"What was made"_s,
                                         {{"items"_L1, schema::listOf(u"The first 500"_s, result::command())},
                                          {"total"_L1, result::count(u"How many were made"_s)},
                                          {"bulk"_L1, result::orNull(schema::text(u"Of a selection: Bulks.Get says how far they are"_s))}}),
               .handler = [&commands](const Caller &caller, const QJsonObject &params) -> QFuture<Answer> {
                   const qint64 now = QDateTime::currentMSecsSinceEpoch();
                   const auto expires = momentOf(params, "expires_at"_L1, now + usualLife);
                   if (!expires)
                       return ready<Answer>(std::unexpected(expires.error()));
                   if (*expires <= now || *expires > now + longestLife + clockSlack)
                       return ready<Answer>(failure(InvalidParams, u"expires_at must lie ahead, by 30 days at most"_s));
                   return inThreadOf(&commands, [&commands, params, expires = *expires, by = askerOf(caller)]() -> QFuture<Answer> {
                       const auto order = orderOf(commands, params, expires, by);
                       if (!order)
                           return ready<Answer>(std::unexpected(order.error()));
                       return commands.create(*order, by).then(&commands, [bulk = order->bulk](const Result<QList<QJsonObject>> &made) {
                           return createdAnswer(bulk, made);
                       });
                   });
               }});
}

} // namespace

void addCommandMethods(operators::MethodTable &table, Commands &commands)
{
    addCreate(table, commands);
    table.add(
        {.name = u"Commands.List"_s,
         .summary = u"Commands and direct calls, newest first; long params and results are left out"_s,
         .verbs = {"GET"},
         .path = u"/commands"_s,
         .permission = permission::commandsRead,
         .params = paging::params({{"device"_L1, schema::deviceId()},
                                   {"state"_L1, schema::choice(u"Only those; open: queued, sent or running"_s, schema::commandStates())},
                                   {"bulk"_L1, schema::text(u"Only those of one order to many"_s, 64)}}),
         .result = result::pageOf(result::command(), {{"counts"_L1, result::openCommands()}}),
         .handler = [&commands](const Caller &, const QJsonObject &params) {
             const Commands::Query query{.device = params["device"_L1].toString(),
                                         .states = statesOf(params),
                                         .bulk = params["bulk"_L1].toString(),
                                         .after = params["after"_L1].toString(),
                                         .limit = params["limit"_L1].toInt(paging::usualItems),
                                         .wantsTotal = true};
             return inThreadOf(&commands, [&commands, query] { return commands.list(query).then(&commands, toAnswer); });
         }});
    table.add({.name = u"Commands.Get"_s,
               .summary = u"One command, with its whole result"_s,
               .verbs = {"GET"},
               .path = u"/commands/{command}"_s,
               .permission = permission::commandsRead,
               .target = u"command"_s,
               .params = {{"command"_L1, commandId()}},
               .required = {u"command"_s},
               .result = result::command(),
               .handler = [&commands](const Caller &, const QJsonObject &params) {
                   return inThreadOf(&commands, [&commands, name = params["command"_L1].toString()] {
                       return commands.get(name).then(&commands, toAnswer);
                   });
               }});
    table.add({.name = u"Commands.Cancel"_s,
               .summary = u"Take back a command that was not sent yet"_s,
               .verbs = {"DELETE"},
               .path = u"/commands/{command}"_s,
               .permission = permission::devicesCall,
               .audit = AuditClass::WithChange,
               .target = u"command"_s,
               .params = {{"command"_L1, commandId()}},
               .required = {u"command"_s},
               .result = result::command(),
               .handler = [&commands](const Caller &caller, const QJsonObject &params) {
                   return inThreadOf(&commands, [&commands, name = params["command"_L1].toString(), by = askerOf(caller)] {
                       return commands.cancel(name, by).then(&commands, toAnswer);
                   });
               }});
    table.add({.name = u"Commands.Receipt"_s,
               .summary = u"What a device signed about a command, with all that is needed to check it without this server"_s,
               .verbs = {"GET"},
               .path = u"/commands/{command}/receipt"_s,
               .permission = permission::commandsRead,
               .target = u"command"_s,
               .params = {{"command"_L1, commandId()}},
               .required = {u"command"_s},
               .result = result::receipt(),
               .handler = [&commands](const Caller &, const QJsonObject &params) {
                   return inThreadOf(&commands, [&commands, name = params["command"_L1].toString()] {
                       return commands.receipt(name).then(&commands, toAnswer);
                   });
               }});
}

} // namespace muster::api
