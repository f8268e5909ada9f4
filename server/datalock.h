// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QLockFile>

#include <memory>

namespace muster {

/// Takes a data folder for this process alone, until the lock is let go.
/// @return Conflict where another server uses it, Unavailable where it cannot be written to, which a full disk is also a reason for
[[nodiscard]] Result<std::unique_ptr<QLockFile>> lockData(const QString &folder);

} // namespace muster
