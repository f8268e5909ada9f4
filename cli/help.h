// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace muster::cli {

/// All commands, a line each, and where server and key come from; made from the table of commands.
[[nodiscard]] QString usage();
/// How one command is used and what its options mean.
/// @param name of a command, or the word that several begin with ("user"); another one gives an empty text
[[nodiscard]] QString helpOf(const QString &name);

} // namespace muster::cli
