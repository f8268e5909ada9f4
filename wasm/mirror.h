// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

class QAccessibleInterface;
class QWindow;

namespace muster {

/// Whether a press means something to the item: an action of its own, or a button of Qt's. On the program's only thread.
/// @param item valid
[[nodiscard]] bool isPressable(QAccessibleInterface *item);

/// What a screen reader is to know of the window, in reading order: what has no text and holds nothing is left out. On the program's only thread.
/// @return `focus` (id of what has the focus; 0: nothing that is seen) and `nodes`, each with `id` (QAccessible::uniqueId), `role` (a word of
/// ARIA's, or `text`, `textarea`, `password`), `rect` (x, y, width, height in pixels of the page), `inside` (nodes), and where it has them
/// `name`, `description`, `value`, `popup`, `pressable`, `selected`, `checked`, `expanded`, `disabled`, `busy`, `readOnly`. Of a password, `value` is bullets.
[[nodiscard]] QJsonObject mirrored(QWindow *window);

} // namespace muster
