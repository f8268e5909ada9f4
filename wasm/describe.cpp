// SPDX-License-Identifier: GPL-3.0-or-later
#include "wasm/describe.h"

#include <QAccessible>
#include <QJsonObject>
#include <QMetaEnum>
#include <QWindow>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

void add(QJsonArray *seen, QAccessibleInterface *item, const QRect &within)
{
    if (!item || !item->isValid())
        return;
    const QAccessible::State state = item->state();
    if (state.invisible)
        return;
    const QRect place = item->rect();
    // Qt names no field that holds a password, but says what it is for.
    const QString name = item->text(QAccessible::Name);
    const QString text = name.isEmpty() ? item->text(QAccessible::Description) : name;
    const QString value = item->text(QAccessible::Value);
    if (place.intersects(within) && !(text.isEmpty() && value.isEmpty())) {
        *seen << QJsonObject{
            {"role"_L1, QLatin1StringView(QMetaEnum::fromType<QAccessible::Role>().valueToKey(item->role()))},
            {"text"_L1, text},
            {"value"_L1, value},
            {"x"_L1, place.x()},
            {"y"_L1, place.y()},
            {"width"_L1, place.width()},
            {"height"_L1, place.height()},
            {"focused"_L1, bool(state.focused)},
            {"enabled"_L1, !state.disabled},
        };
    }
    for (int i = 0; i < item->childCount(); ++i)
        add(seen, item->child(i), within);
}

} // namespace

QJsonArray describe(QWindow *window)
{
    QAccessible::setActive(true);
    QJsonArray seen;
    add(&seen, window->accessibleRoot(), window->geometry());
    return seen;
}

} // namespace muster
