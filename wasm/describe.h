// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>

class QWindow;

namespace muster {

/// What a person sees in the window, as texts: everything that has a name for screen readers, in reading order.
/// @return objects with `role` (of QAccessible), `text`, `value`, `x`, `y`, `width`, `height` (pixels of the page), `focused`, `enabled`
[[nodiscard]] QJsonArray describe(QWindow *window);

} // namespace muster
