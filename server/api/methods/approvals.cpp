// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/methods/methods.h"
#include "server/api/methods/paging.h"
#include "server/api/methods/results.h"
#include "server/network.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

using operators::AuditClass;
using operators::Caller;
using store::KeyState;
namespace permission = operators::permission;

namespace {

constexpr qint64 most = 1'000'000;

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
               .result = result::approval(),
               .handler = [&fleet, state](const Caller &caller, const QJsonObject &params) -> QFuture<Answer> {
                   bool isNumber = false;
                   const qint64 id = params["id"_L1].toString().toLongLong(&isNumber);
                   if (!isNumber)
                       return ready<Answer>(failure(InvalidParams, u"an approval's id is a number: Approvals.List shows them"_s));
                   return inThreadOf(&fleet,
                                     [&fleet, id, state, fingerprint = params["fingerprint"_L1].toString(), by = deciderOf(caller)] {
                                         return fleet.enrolment().decide(id, state, fingerprint, by).then(&fleet, toAnswer);
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
               .params = paging::params({{"state"_L1, schema::choice(u"pending without it"_s, {u"pending"_s, u"rejected"_s, u"all"_s})},
                                         {"text"_L1, schema::text(u"A part of the device's id, the address or the fingerprint"_s, 128)},
                                         {"network"_L1, schema::text(u"Those of one address; of IPv6, of its /64"_s, 64)}}),
               .result = result::pageOf(result::approval()),
               .handler = [&fleet](const Caller &, const QJsonObject &params) -> QFuture<Answer> {
                   const QString state = params["state"_L1].toString(u"pending"_s);
                   fleet::Approvals::Query query;
                   if (state == "rejected"_L1)
                       query.states = {KeyState::Rejected};
                   else if (state == "all"_L1)
                       query.states = {KeyState::Pending, KeyState::Rejected};
                   query.text = params["text"_L1].toString();
                   if (params.contains("network"_L1)) {
                       const auto network = networkFromText(params["network"_L1].toString());
                       if (!network)
                           return ready<Answer>(std::unexpected(network.error()));
                       query.network = *network;
                   }
                   const auto after = paging::idAfter(params);
                   if (!after)
                       return ready<Answer>(std::unexpected(after.error()));
                   query.after = *after;
                   return inThreadOf(&fleet, [&fleet, query, limit = params["limit"_L1].toInt(paging::usualItems)]() -> Answer {
                       return fleet.enrolment().list(query, limit);
                   });
               }});
    table.add({.name = u"Approvals.RejectFrom"_s,
               .summary = u"Do not trust any of the keys that wait from one address"_s,
               .verbs = {"POST"},
               .path = u"/approvals/reject-from"_s,
               .permission = permission::approvalsDecide,
               .audit = AuditClass::WithChange,
               .target = u"address"_s,
               .params = {{"address"_L1, schema::text(u"An address; of IPv6, its whole /64 is meant"_s, 64)},
                          {"count"_L1, schema::integer(u"How many were looked at; refused where more wait by now"_s, 1, most)}},
               .required = {u"address"_s, u"count"_s},
               .result = result::exactly(u"What was done"_s,
                                         {{"network"_L1, schema::text(u"Of whom"_s)}, {"rejected"_L1, result::count(u"How many"_s)}}),
               .handler = [&fleet](const Caller &caller, const QJsonObject &params) -> QFuture<Answer> {
                   return inThreadOf(&fleet, [&fleet, address = params["address"_L1].toString(), count = params["count"_L1].toInteger(),
                                              by = deciderOf(caller)] {
                       return fleet.enrolment().rejectFrom(address, count, by).then(&fleet, toAnswer);
                   });
               }});
    addDecision(table, fleet, u"Approvals.Accept"_s, u"/approvals/{id}/accept"_s,
                u"Trust this key; it replaces the device's accepted one"_s, KeyState::Accepted);
    addDecision(table, fleet, u"Approvals.Reject"_s, u"/approvals/{id}/reject"_s, u"Do not trust this key"_s, KeyState::Rejected);
}

} // namespace muster::api
