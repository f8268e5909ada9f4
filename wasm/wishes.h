// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>

namespace muster {

/// Does what a screen reader asks of an item, as if a person had done it with mouse and keys. On the program's only thread. What is gone
/// meanwhile, is not seen or cannot be used is left alone, and so is a wish of another name.
/// @param id of mirrored()
/// @param wish `press`, `focus`, `type` (the whole of a field becomes `text`) or `enter` (the key, in a field)
/// @param text for `type`, cut by the field's own limits
void fulfil(QAccessible::Id id, QStringView wish, const QString &text);

} // namespace muster
