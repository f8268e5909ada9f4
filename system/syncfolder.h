// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QString;

namespace muster {

/// Brings the names in a folder to the disk: a new one is there after a power cut only when its folder is.
[[nodiscard]] bool syncFolder(const QString &folder);

} // namespace muster
