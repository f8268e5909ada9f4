// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/postgres/lease.h"

namespace muster {

/// Takes the lead of a shared database for as long as the lease lives: a server that leads would not see what a command changes behind it.
/// @param who as others are told: "musterd user add"
/// @return the epoch; Conflict: a server leads
[[nodiscard]] Result<qint64> leadForNow(store::Lease &lease, const QString &who);

} // namespace muster
