// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace muster::agent {

/// {os, model, arch, kernel, hostname} as texts, {cpus, memory_kib, disk_kib} as integers; what is not known is left out.
/// @param root the folder that holds /proc, /sys and /etc; "/" but for tests
[[nodiscard]] QJsonObject machineFacts(const QString &root);

/// A text that is another after each start of the machine.
[[nodiscard]] QString bootId(const QString &root);

} // namespace muster::agent
