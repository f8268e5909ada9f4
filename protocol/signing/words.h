// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1StringView>

namespace muster {

/// A word of BIP-39's English list. @param index 0 to 2,047
[[nodiscard]] QLatin1StringView fingerprintWord(int index);

} // namespace muster
