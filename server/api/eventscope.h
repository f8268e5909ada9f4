// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/operators/accounts.h"
#include "server/store/eventstore.h"

/// Which notifications somebody may read. All that shows them asks here.
namespace muster::api {

/// Whether somebody may know what happens to a device.
[[nodiscard]] bool mayShow(const operators::Caller &caller, const QString &deviceId);
/// The same of one event: what was asked of a device is for who may read commands.
[[nodiscard]] bool mayShow(const operators::Caller &caller, const store::FleetEvent &event);
/// What the store is asked for on somebody's behalf. @param device only of this one; empty: of all that they may see
/// @param kind only of this one. @return none: they may see nothing of it
[[nodiscard]] std::optional<store::EventStore::Filter> filterFor(const operators::Caller &caller, const QString &device,
                                                                 std::optional<store::EventKind> kind);

} // namespace muster::api
