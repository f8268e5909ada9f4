// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/bulks.h"
#include "server/api/methods/methods.h"
#include "server/api/methods/results.h"
#include "server/api/methods/schemas.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

using fleet::Bulks;
using operators::AuditClass;
using operators::Caller;
namespace permission = operators::permission;

namespace {

QJsonObject bulkId()
{
    return schema::text(u"Of Commands.Create for a selection"_s, 64);
}

QJsonObject states()
{
    QJsonObject counts;
    for (const QString &state : schema::commandStates().mid(1))
        counts.insert(state, result::count(u"How many of its commands are %1"_s.arg(state)));
    return result::exactly(u"What became of its commands"_s, counts);
}

} // namespace

void addBulkMethods(operators::MethodTable &table, Bulks &bulks)
{
    table.add({.name = u"Bulks.Get"_s,
               .summary = u"How far the commands of one order to many devices are"_s,
               .verbs = {"GET"},
               .path = u"/bulks/{bulk}"_s,
               .permission = permission::commandsRead,
               .target = u"bulk"_s,
               .params = {{"bulk"_L1, bulkId()}},
               .required = {u"bulk"_s},
               .result = result::exactly(u"The order, and how far it is"_s, {{"bulk"_L1, schema::text(u"Its id"_s)},
                                                                             {"method"_L1, schema::text(u"The devices' method"_s)},
                                                                             {"params"_L1, schema::object(u"Its params"_s)},
                                                                             {"asked_by"_L1, schema::text(u"Who asked"_s)},
                                                                             {"asked_at"_L1, result::time(u"When"_s)},
                                                                             {"expires_at"_L1, result::time(u"Not begun after this"_s)},
                                                                             {"total"_L1, result::count(u"Its commands"_s)},
                                                                             {"states"_L1, states()}}),
               .handler = [&bulks](const Caller &, const QJsonObject &params) {
                   return inThreadOf(&bulks,
                                     [&bulks, bulk = params["bulk"_L1].toString()] { return bulks.get(bulk).then(&bulks, toAnswer); });
               }});
    table.add({.name = u"Bulks.Cancel"_s,
               .summary = u"Take back all commands of an order to many that were not sent yet"_s,
               .verbs = {"DELETE"},
               .path = u"/bulks/{bulk}"_s,
               .permission = permission::devicesCall,
               .audit = AuditClass::WithChange,
               .target = u"bulk"_s,
               .params = {{"bulk"_L1, bulkId()}},
               .required = {u"bulk"_s},
               .result = result::exactly(u"What was taken back"_s, {{"cancelled"_L1, result::count(u"How many were queued"_s)}}),
               .handler = [&bulks](const Caller &caller, const QJsonObject &params) {
                   return inThreadOf(&bulks, [&bulks, bulk = params["bulk"_L1].toString(), by = askerOf(caller)] {
                       return bulks.cancel(bulk, by).then(&bulks, toAnswer);
                   });
               }});
    table.add({.name = u"Bulks.Again"_s,
               .summary = u"The same call once more, to the devices where it failed or expired"_s,
               .verbs = {"POST"},
               .path = u"/bulks/{bulk}/again"_s,
               .permission = permission::devicesCall,
               .audit = AuditClass::WithChange,
               .target = u"bulk"_s,
               .params = {{"bulk"_L1, bulkId()},
                          {"count"_L1, schema::integer(u"How many of its commands failed or expired; another number is refused"_s, 1,
                                                       fleet::Selections::mostDevices)}},
               .required = {u"bulk"_s, u"count"_s},
               .result = result::exactly(u"The new order; devices that are gone have no part in it"_s,
                                         {{"bulk"_L1, schema::text(u"Its id"_s)}, {"total"_L1, result::count(u"Its commands"_s)}}),
               .handler = [&bulks](const Caller &caller, const QJsonObject &params) {
                   return inThreadOf(&bulks, [&bulks, bulk = params["bulk"_L1].toString(), count = params["count"_L1].toInt(),
                                              by = askerOf(caller)] { return bulks.again(bulk, count, by).then(&bulks, toAnswer); });
               }});
}

} // namespace muster::api
