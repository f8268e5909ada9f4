// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QQuickItem;
class QQuickWindow;

/// What every page keeps to, looked at from outside, as somebody does who sees and presses it.
namespace muster::test {

/// What is drawn, with everything inside; not what is hidden, faded out or scrolled away.
[[nodiscard]] QList<QQuickItem *> visibleItems(QQuickWindow *window);

/// Texts: plain, inside of the window, not cut where they must not be, none over another.
/// @param mayBeCut where what a device says may be longer than its place
/// @return what is wrong; empty when all is well
[[nodiscard]] QStringList wrongTexts(QQuickWindow *window, bool mayBeCut);

/// What can be pressed: it has a name for a screen reader, and none covers another.
/// @param fingers it is at least as large as a finger
[[nodiscard]] QStringList wrongControls(QQuickWindow *window, bool fingers);

/// What is written, and what a screen reader says beside it; not the lines of a log, which are what a container said.
[[nodiscard]] QStringList spoken(QQuickWindow *window);

/// What is written and what a screen reader says: for people, nothing that the program calls its own objects.
[[nodiscard]] QStringList wrongNames(QQuickWindow *window);

} // namespace muster::test
