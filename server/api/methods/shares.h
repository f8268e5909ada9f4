// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/fleet/fleet.h"
#include "server/operators/accounts.h"

namespace muster::api {

/// The names of those whom a device is shared with, sorted. In the API's thread.
[[nodiscard]] QStringList namesOfShare(const operators::Accounts &accounts, const operators::Shares &shares, const QString &device);
/// Shares a device with these people and nobody else, and writes it into the audit. In the API's thread.
/// @return with how many; NotFound naming who or what is not there
[[nodiscard]] QFuture<Result<int>> shareDevice(fleet::Fleet &fleet, const operators::Accounts &accounts, operators::Shares &shares,
                                               const QString &device, const QStringList &users, const operators::Caller &by);

} // namespace muster::api
