// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/backend.h"
#include "client/values/command.h"
#include "client/values/container.h"
#include "client/values/devicemethod.h"
#include "client/values/historyentry.h"
#include "client/values/states.h"
#include "client/values/values.h"

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

struct LinkForeign
{
    Q_GADGET
    QML_FOREIGN(muster::Link)
    QML_NAMED_ELEMENT(Link)
    QML_UNCREATABLE("The backend has one")
};

struct AccountForeign
{
    Q_GADGET
    QML_FOREIGN(muster::Account)
    QML_NAMED_ELEMENT(Account)
    QML_UNCREATABLE("The backend has one")
};

struct ServerClockForeign
{
    Q_GADGET
    QML_FOREIGN(muster::ServerClock)
    QML_NAMED_ELEMENT(ServerClock)
    QML_UNCREATABLE("The backend has one")
};

struct FleetWatchForeign
{
    Q_GADGET
    QML_FOREIGN(muster::FleetWatch)
    QML_NAMED_ELEMENT(FleetWatch)
    QML_UNCREATABLE("The backend has one")
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

} // namespace muster::qml
