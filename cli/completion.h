// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace muster::cli {

/// A script for bash, made from the table of commands: completes commands, options, their values, and ids as the server knows them now.
[[nodiscard]] QString bashCompletion();

} // namespace muster::cli
