// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "system/datalock.h"

namespace muster {

/// Makes the server's data folder if need be, readable by its owner alone, and takes it. From any thread.
/// @return Conflict where a server uses it, Unavailable where it cannot be made or taken, with what to do
[[nodiscard]] Result<std::unique_ptr<DataLock>> takeDataFolder(const QString &folder);

} // namespace muster
