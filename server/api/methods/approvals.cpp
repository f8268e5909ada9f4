// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/methods/methods.h"
#include "server/api/methods/schemas.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

using operators::AuditClass;
using operators::Caller;
using store::KeyState;
namespace permission = operators::permission;

namespace {

void addDecision(operators::MethodTable &table, fleet::Fleet &fleet, const QString &name, const QString &path, const QString &summary,
                 KeyState state)
{
    table.add({.name = name,
               .summary = summary,
               .verbs = {"POST"},
               .path = path,
               .permission = permission::approvalsDecide,
               .audit = AuditClass::WithChange,
               .target = u"id"_s,
               .params = {{"id"_L1, schema::text(u"The approval's id"_s, 20)},
                          {"fingerprint"_L1, schema::text(u"What was compared; another key is refused then"_s, 64)}},
               .required = {u"id"_s},
               .result = schema::object(u"The approval"_s),
               .handler = [&fleet, state](const Caller &caller, const QJsonObject &params) -> QFuture<Answer> {
                   bool isNumber = false;
                   const qint64 id = params["id"_L1].toString().toLongLong(&isNumber);
                   if (!isNumber)
                       return ready<Answer>(failure(InvalidParams, u"an approval's id is a number: Approvals.List shows them"_s));
                   return inThreadOf(&fleet,
                                     [&fleet, id, state, fingerprint = params["fingerprint"_L1].toString(), by = deciderOf(caller)] {
                                         return fleet.decide(id, state, fingerprint, by).then(&fleet, toAnswer);
                                     });
               }});
}

} // namespace

void addApprovalMethods(operators::MethodTable &table, fleet::Fleet &fleet)
{
    table.add({.name = u"Approvals.List"_s,
               .summary = u"Keys that wait for a decision, or that were rejected"_s,
               .verbs = {"GET"},
               .path = u"/approvals"_s,
               .permission = permission::approvalsRead,
               .params = {{"state"_L1, schema::choice(u"pending without it"_s, {u"pending"_s, u"rejected"_s, u"all"_s})}},
               .result = schema::object(u"At most 500, newest first"_s,
                                        {{"items"_L1, schema::listOf(u"The approvals"_s, schema::object(u"An approval"_s))}}),
               .handler = [&fleet](const Caller &, const QJsonObject &params) {
                   const QString state = params["state"_L1].toString(u"pending"_s);
                   QSet<KeyState> states{KeyState::Pending};
                   if (state == "rejected"_L1)
                       states = {KeyState::Rejected};
                   else if (state == "all"_L1)
                       states = {KeyState::Pending, KeyState::Rejected};
                   return inThreadOf(&fleet, [&fleet, states]() -> Answer {
                       QJsonArray items;
                       for (const QJsonObject &item : fleet.approvals(states))
                           items.append(item);
                       return QJsonObject{{"items"_L1, items}};
                   });
               }});
    addDecision(table, fleet, u"Approvals.Accept"_s, u"/approvals/{id}/accept"_s,
                u"Trust this key; it replaces the device's accepted one"_s, KeyState::Accepted);
    addDecision(table, fleet, u"Approvals.Reject"_s, u"/approvals/{id}/reject"_s, u"Do not trust this key"_s, KeyState::Rejected);
}

} // namespace muster::api
