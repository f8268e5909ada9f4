// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/fleet/bulks.h"
#include "server/fleet/commands.h"
#include "server/operators/accounts.h"
#include "server/operators/methodtable.h"
#include "server/serverurls.h"
#include "server/store/auditstore.h"
#include "server/store/methodstore.h"
#include "server/store/place.h"

/// The rows of the method table, one file a subject. Handlers run in the API's thread.
namespace muster::api {

/// What the server says of itself.
struct ServerFacts
{
    QString name;                        ///< shown in the dashboard's corner
    QString url;                         ///< where people reach it; for links
    const ServerUrls *servers = nullptr; ///< it, and those that stand by; outlives the methods
    qint64 startedAt = 0;
    PublicKey key;         ///< what devices pin
    store::Place place;    ///< of the databases and keys
    QJsonObject retention; ///< days that things are kept, as result::server() names them
};

using Answer = Result<QJsonValue>;

/// An object as a method's answer.
[[nodiscard]] inline Answer toAnswer(const Result<QJsonObject> &object)
{
    return object ? Answer(*object) : Answer(std::unexpected(object.error()));
}

/// Who asks, as the fleet writes it down.
[[nodiscard]] inline fleet::Decider deciderOf(const operators::Caller &caller)
{
    return {.name = caller.user, .session = caller.session, .address = caller.address};
}
[[nodiscard]] inline fleet::Asker askerOf(const operators::Caller &caller)
{
    return {{.name = caller.user, .session = caller.session, .address = caller.address}, caller.account};
}

/// A moment of the params (schema::moment()) in ms since 1970.
[[nodiscard]] Result<qint64> momentOf(const QJsonObject &params, QLatin1StringView name, qint64 otherwise);
/// The `state` of Commands.List and of the live topic: one state, or "open". Empty: all.
[[nodiscard]] QList<store::CommandState> statesOf(const QJsonObject &params);

/// No call waits longer: below the time after which a silent HTTP connection is cut.
inline constexpr qint64 longestCall = 55'000;

void addSessionMethods(operators::MethodTable &table, operators::Accounts &accounts, const ServerFacts &facts);
void addPeopleMethods(operators::MethodTable &table, operators::Accounts &accounts, const ServerFacts &facts);
void addDeviceMethods(operators::MethodTable &table, fleet::Fleet &fleet, fleet::Commands &commands, store::TelemetryStore &telemetry,
                      store::MethodStore &methodStore);
void addContainerMethods(operators::MethodTable &table, fleet::Fleet &fleet, fleet::Commands &commands);
void addCommandMethods(operators::MethodTable &table, fleet::Commands &commands);
void addBulkMethods(operators::MethodTable &table, fleet::Bulks &bulks);
void addSelectionMethods(operators::MethodTable &table, fleet::Fleet &fleet, fleet::Commands &commands);
void addHistoryMethods(operators::MethodTable &table, fleet::Fleet &fleet);
void addEventMethods(operators::MethodTable &table, fleet::Fleet &fleet);
/// What clients of mDash expect elsewhere than it is with us.
void addMdashMethods(operators::MethodTable &table, fleet::Fleet &fleet, operators::Accounts &accounts, operators::Shares &shares);
void addShareMethods(operators::MethodTable &table, fleet::Fleet &fleet, operators::Accounts &accounts, operators::Shares &shares);
void addShadowMethods(operators::MethodTable &table, fleet::Fleet &fleet);
/// What live sockets answer themselves (api/livesession.h): rows without verbs and handlers.
void addLiveMethods(operators::MethodTable &table);
void addApprovalMethods(operators::MethodTable &table, fleet::Fleet &fleet);
void addServerMethods(operators::MethodTable &table, fleet::Fleet &fleet, store::AuditStore &audit, const ServerFacts &facts);

} // namespace muster::api
