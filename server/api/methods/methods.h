// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/fleet/fleet.h"
#include "server/operators/accounts.h"
#include "server/operators/methodtable.h"
#include "server/store/auditstore.h"

/// The rows of the method table, one file a subject. Handlers run in the API's thread.
namespace muster::api {

/// What the server says of itself.
struct ServerFacts
{
    QString name; ///< shown in the dashboard's corner
    QString url;  ///< where people reach it; for links
    qint64 startedAt = 0;
};

void addSessionMethods(operators::MethodTable &table, operators::Accounts &accounts, const ServerFacts &facts);
void addPeopleMethods(operators::MethodTable &table, operators::Accounts &accounts, const ServerFacts &facts);
void addDeviceMethods(operators::MethodTable &table, fleet::Fleet &fleet, store::TelemetryStore &telemetry);
void addApprovalMethods(operators::MethodTable &table, fleet::Fleet &fleet);
void addServerMethods(operators::MethodTable &table, fleet::Fleet &fleet, store::AuditStore &audit, const ServerFacts &facts);

} // namespace muster::api
