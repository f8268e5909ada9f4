// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QByteArray>

namespace muster {

/// Reads a file that holds a secret.
/// @return its bytes, NotFound when there is none, or BadKey naming the file: not a plain file, another owner's, readable by
/// others, or too long
[[nodiscard]] Result<QByteArray> readSecretFile(const QString &path);

/// Writes a secret with mode 0600 and makes it durable before it appears under its name. A folder that is missing is made
/// with mode 0700. Never replaces a file.
/// @return nothing, Conflict when somebody else made the file meanwhile, or BadKey naming what could not be written
[[nodiscard]] Result<void> writeSecretFile(const QString &path, const QByteArray &bytes);

} // namespace muster
