// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QList>

#include <algorithm>

namespace muster::mock {

/// A page of a list as the server gives it: {items, total, next?}. @param cursorOf the text that `after` names an item by
template <typename CursorOf>
[[nodiscard]] QJsonObject page(const QList<QJsonObject> &all, const QJsonObject &params, CursorOf cursorOf)
{
    const QString after = params.value(QLatin1StringView("after")).toString();
    const int limit = std::clamp(params.value(QLatin1StringView("limit")).toInt(100), 1, 500);
    qsizetype from = 0;
    if (!after.isEmpty()) {
        const auto last = std::ranges::find_if(all, [&](const QJsonObject &item) { return cursorOf(item) == after; });
        from = last == all.cend() ? all.size() : last - all.cbegin() + 1;
    }
    QJsonArray items;
    for (qsizetype i = from; i < all.size() && items.size() < limit; ++i)
        items << all[i];
    QJsonObject answer{{QLatin1StringView("items"), items}, {QLatin1StringView("total"), all.size()}};
    if (from + items.size() < all.size() && !items.isEmpty())
        answer[QLatin1StringView("next")] = cursorOf(items.last().toObject());
    return answer;
}

/// The same, where the cursor is the id.
[[nodiscard]] inline QJsonObject page(const QList<QJsonObject> &all, const QJsonObject &params)
{
    return page(all, params, [](const QJsonObject &item) {
        const QJsonValue id = item.value(QLatin1StringView("id"));
        return id.isString() ? id.toString() : QString::number(id.toInteger());
    });
}

/// The same for lists whose ids fall along them: `after` need not be the id of any.
[[nodiscard]] inline QJsonObject pageBelow(QList<QJsonObject> all, QJsonObject params)
{
    const auto idOf = [](const QJsonObject &item) { return item.value(QLatin1StringView("id")).toVariant().toLongLong(); };
    const qsizetype total = all.size();
    if (const qint64 after = params.take(QLatin1StringView("after")).toString().toLongLong(); after > 0)
        all.removeIf([&](const QJsonObject &item) { return idOf(item) >= after; });
    QJsonObject answer = page(all, params);
    answer[QLatin1StringView("total")] = total;
    return answer;
}

} // namespace muster::mock
