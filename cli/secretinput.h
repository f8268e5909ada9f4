// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QString>

namespace muster::cli {

/// The first line of standard input, which a terminal does not show while it is typed. Waits for it: before there is an event loop.
/// @return InvalidParams in one sentence where there is none, or it is no UTF-8
[[nodiscard]] Result<QString> readSecret();

} // namespace muster::cli
