// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace muster {

/// Orders names as people count: pump-2 before pump-10, whatever their case. Names that differ in case or leading zeros alone still
/// have an order. @return below, equal to or above 0
[[nodiscard]] int naturalCompare(QStringView a, QStringView b);

} // namespace muster
