// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/approvalsmodel.h"
#include "client/backend.h"
#include "client/bulkcall.h"
#include "client/callsmodel.h"
#include "client/commandsmodel.h"
#include "client/commandwatch.h"
#include "client/containersmodel.h"
#include "client/devicesmodel.h"
#include "client/devicewatch.h"
#include "client/healthseries.h"
#include "client/historymodel.h"
#include "client/logmodel.h"
#include "client/methodsmodel.h"
#include "client/schemaform.h"
#include "client/states.h"
#include "client/textsaver.h"
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

struct ContainerForeign
{
    Q_GADGET
    QML_FOREIGN(muster::Container)
    QML_VALUE_TYPE(container)
};

struct CommandForeign
{
    Q_GADGET
    QML_FOREIGN(muster::Command)
    QML_VALUE_TYPE(command)
};

struct CommandCountsForeign
{
    Q_GADGET
    QML_FOREIGN(muster::CommandCounts)
    QML_VALUE_TYPE(commandCounts)
};

struct HistoryEntryForeign
{
    Q_GADGET
    QML_FOREIGN(muster::HistoryEntry)
    QML_VALUE_TYPE(historyEntry)
};

struct DeviceMethodForeign
{
    Q_GADGET
    QML_FOREIGN(muster::DeviceMethod)
    QML_VALUE_TYPE(deviceMethod)
};

struct MethodCallForeign
{
    Q_GADGET
    QML_FOREIGN(muster::MethodCall)
    QML_VALUE_TYPE(methodCall)
};

struct BulkCallForeign
{
    Q_GADGET
    QML_FOREIGN(muster::BulkCall)
    QML_NAMED_ELEMENT(BulkCall)
};

struct CallsModelForeign
{
    Q_GADGET
    QML_FOREIGN(muster::CallsModel)
    QML_NAMED_ELEMENT(CallsModel)
};

struct CommandsModelForeign
{
    Q_GADGET
    QML_FOREIGN(muster::CommandsModel)
    QML_NAMED_ELEMENT(CommandsModel)
};

struct CommandWatchForeign
{
    Q_GADGET
    QML_FOREIGN(muster::CommandWatch)
    QML_NAMED_ELEMENT(CommandWatch)
};

struct ContainersModelForeign
{
    Q_GADGET
    QML_FOREIGN(muster::ContainersModel)
    QML_NAMED_ELEMENT(ContainersModel)
};

struct HistoryModelForeign
{
    Q_GADGET
    QML_FOREIGN(muster::HistoryModel)
    QML_NAMED_ELEMENT(HistoryModel)
};

struct LogModelForeign
{
    Q_GADGET
    QML_FOREIGN(muster::LogModel)
    QML_NAMED_ELEMENT(LogModel)
};

struct MethodsModelForeign
{
    Q_GADGET
    QML_FOREIGN(muster::MethodsModel)
    QML_NAMED_ELEMENT(MethodsModel)
};

struct SchemaFormForeign
{
    Q_GADGET
    QML_FOREIGN(muster::SchemaForm)
    QML_NAMED_ELEMENT(SchemaForm)
};

struct TextSaverForeign
{
    Q_GADGET
    QML_FOREIGN(muster::TextSaver)
    QML_NAMED_ELEMENT(TextSaver)
    QML_UNCREATABLE("The program makes it")
};

} // namespace muster::qml
