// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QQuickItem>
#include <QQuickWindow>
#include <QSet>

namespace muster {

/// All objects of a type in a window: its items as they stand in each other, and what those own. What a Repeater makes has no parent but
/// the item that it stands in, so that findChildren() alone misses it.
template <typename T>
[[nodiscard]] QList<T *> everything(const QQuickWindow *window)
{
    QList<T *> found;
    QSet<const QObject *> seen;
    QList<QObject *> todo{window->contentItem()};
    todo += window->children();
    while (!todo.isEmpty()) {
        QObject *const one = todo.takeFirst();
        if (seen.contains(one))
            continue;
        seen.insert(one);
        if (auto *wanted = qobject_cast<T *>(one))
            found.append(wanted);
        todo += one->children();
        if (const auto *item = qobject_cast<QQuickItem *>(one)) {
            const QList<QQuickItem *> children = item->childItems();
            for (QQuickItem *child : children)
                todo.append(child);
        }
    }
    return found;
}

} // namespace muster
