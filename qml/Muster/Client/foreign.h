// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/approvalsmodel.h"
#include "client/backend.h"
#include "client/devicesmodel.h"
#include "client/devicewatch.h"
#include "client/healthseries.h"
#include "client/states.h"
#include "client/values.h"

#include <QtQml/qqmlregistration.h>

/// Makes the types of client/ known to QML.
namespace muster::qml {

namespace StatesForeign {
Q_NAMESPACE
QML_FOREIGN_NAMESPACE(muster::states)
QML_NAMED_ELEMENT(States)
} // namespace StatesForeign

struct BackendForeign
{
    Q_GADGET
    QML_FOREIGN(muster::Backend)
    QML_NAMED_ELEMENT(Backend)
    QML_UNCREATABLE("The program makes the backend")
};

struct SessionInfoForeign
{
    Q_GADGET
    QML_FOREIGN(muster::SessionInfo)
    QML_VALUE_TYPE(sessionInfo)
};

struct FleetCountsForeign
{
    Q_GADGET
    QML_FOREIGN(muster::FleetCounts)
    QML_VALUE_TYPE(fleetCounts)
};

struct MachineForeign
{
    Q_GADGET
    QML_FOREIGN(muster::Machine)
    QML_VALUE_TYPE(machine)
};

struct DeviceForeign
{
    Q_GADGET
    QML_FOREIGN(muster::Device)
    QML_VALUE_TYPE(device)
};

struct ApprovalForeign
{
    Q_GADGET
    QML_FOREIGN(muster::Approval)
    QML_VALUE_TYPE(approval)
};

struct DevicesModelForeign
{
    Q_GADGET
    QML_FOREIGN(muster::DevicesModel)
    QML_NAMED_ELEMENT(DevicesModel)
};

struct DeviceWatchForeign
{
    Q_GADGET
    QML_FOREIGN(muster::DeviceWatch)
    QML_NAMED_ELEMENT(DeviceWatch)
};

struct ApprovalsModelForeign
{
    Q_GADGET
    QML_FOREIGN(muster::ApprovalsModel)
    QML_NAMED_ELEMENT(ApprovalsModel)
};

struct HealthSeriesForeign
{
    Q_GADGET
    QML_FOREIGN(muster::HealthSeries)
    QML_NAMED_ELEMENT(HealthSeries)
};

} // namespace muster::qml
