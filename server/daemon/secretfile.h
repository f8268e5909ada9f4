// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

namespace muster {

/// Writes a text into a file for its owner alone, whole or not at all.
/// @param what names it in the error: "api-key-file"
[[nodiscard]] Result<void> writeSecretFile(const QString &path, const QString &secret, QLatin1StringView what);

} // namespace muster
