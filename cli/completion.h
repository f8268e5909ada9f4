// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace muster::cli {

/// A script for bash that completes commands, options, and the ids of devices and approvals as the server knows them now.
[[nodiscard]] QString bashCompletion();

} // namespace muster::cli
