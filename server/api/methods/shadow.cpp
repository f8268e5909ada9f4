// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/methods/methods.h"

#include "server/api/methods/results.h"
#include "server/api/methods/schemas.h"

#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

using operators::AuditClass;
using operators::Caller;
namespace permission = operators::permission;

void addShadowMethods(operators::MethodTable &table, fleet::Fleet &fleet)
{
    table.add({.name = u"Shadow.Get"_s,
               .summary = u"What is wanted of a device, what it reports, and what differs"_s,
               .verbs = {"GET"},
               .path = u"/devices/{id}/shadow"_s,
               .permission = permission::devicesRead,
               .target = u"id"_s,
               .device = u"id"_s,
               .params = schema::ofDevice(),
               .required = {u"id"_s},
               .result = result::shadow(),
               .handler = [&fleet](const Caller &, const QJsonObject &params) {
                   return inThreadOf(&fleet, [&fleet, id = params["id"_L1].toString()] { return toAnswer(fleet.shadows().document(id)); });
               }});
    table.add(
        {.name = u"Shadow.Update"_s,
         .summary = u"Change what is wanted of a device: a merge patch (RFC 7396), in which null removes"_s,
         .verbs = {"PATCH", "POST"},
         .path = u"/devices/{id}/shadow"_s,
         .permission = permission::devicesDesire,
         .audit = AuditClass::WithChange,
         .changesDevice = true,
         .target = u"id"_s,
         .device = u"id"_s,
         .params = {{"id"_L1, schema::deviceId()},
                    {"state"_L1, schema::object(u"{\"desired\": {…}}: the patch"_s)},
                    {"version"_L1,
                     schema::integer(u"The version that was seen last, so that nobody's change is lost; 0 or none: whatever there is"_s, 0,
                                     1LL << 53)}},
         .required = {u"id"_s, u"state"_s},
         .result = result::shadow(),
         .handler = [&fleet](const Caller &caller, const QJsonObject &params) -> QFuture<Answer> {
             const QJsonObject state = params["state"_L1].toObject();
             const double version = params["version"_L1].toDouble();
             if (version != std::floor(version))
                 return ready<Answer>(failure(InvalidParams, u"\"version\" must be a whole number"_s));
             if (state.size() != 1 || !state["desired"_L1].isObject())
                 return ready<Answer>(
                     failure(InvalidParams, u"\"state\" must be {\"desired\": {…}}: what is reported is for the device to say"_s));
             if (state["desired"_L1].toObject().contains("muster"_L1))
                 return ready<Answer>(
                     failure(Forbidden, u"\"muster\" is what the agent says of itself: want another member of the state"_s));
             return inThreadOf(&fleet, [&fleet, id = params["id"_L1].toString(), desired = state["desired"_L1].toObject(),
                                        version = static_cast<qint64>(version), by = deciderOf(caller)] {
                 return fleet.shadows().desire(id, desired, version, by).then(&fleet, toAnswer);
             });
         }});
}

} // namespace muster::api
