// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/message.h"
#include "server/api/methods/schemas.h"

#include <QList>

/// Lists come a page at a time: `items`, how many there are in all (`total`), and while there are more, the cursor of the next page
/// (`next`, for `after`). A page goes on behind the cursor's place, though what was there is gone.
namespace muster::api::paging {

using namespace Qt::Literals::StringLiterals;

inline constexpr int mostItems = 500;
inline constexpr int usualItems = 100;

/// Beside a method's own params.
[[nodiscard]] inline QJsonObject params(QJsonObject more = {})
{
    more.insert("limit"_L1, schema::integer(u"Items of this page; %1 without it"_s.arg(usualItems), 1, mostItems));
    more.insert("after"_L1, schema::text(u"What the page before said as `next`"_s, 128));
    return more;
}

/// The cursor of lists with the newest first: falls along them.
[[nodiscard]] inline QString newestFirst(qint64 createdAt, const QString &id)
{
    return u"%1.%2"_s.arg(createdAt, 16, 10, QChar(u'0')).arg(id);
}

/// The cursor of lists whose ids are numbers that rise with time; 0 without one.
[[nodiscard]] inline Result<qint64> idAfter(const QJsonObject &params)
{
    const QString after = params.value("after"_L1).toString();
    bool isNumber = after.isEmpty();
    const qint64 id = after.isEmpty() ? 0 : after.toLongLong(&isNumber);
    if (!isNumber || id < 0)
        return failure(InvalidParams, u"after is \"%1\": give what the page before said as next"_s.arg(cleanText(after, 40)));
    return id;
}

/// A page of what is in memory, in order. @param isBehind (cursor, after) says whether an item belongs behind that place
template <typename Item, typename CursorOf, typename IsBehind, typename ToJson>
[[nodiscard]] QJsonObject pageOf(const QList<Item> &items, const QJsonObject &params, const CursorOf &cursorOf, const IsBehind &isBehind,
                                 const ToJson &toJson)
{
    const QString after = params.value("after"_L1).toString();
    const int limit = params.value("limit"_L1).toInt(usualItems);
    QJsonArray page;
    QJsonObject answer{{"total"_L1, items.size()}};
    QString last;
    for (const Item &item : items) {
        const QString cursor = cursorOf(item);
        if (!after.isEmpty() && !isBehind(cursor, after))
            continue;
        if (page.size() == limit) {
            answer.insert("next"_L1, last);
            break;
        }
        page.append(toJson(item));
        last = cursor;
    }
    answer.insert("items"_L1, page);
    return answer;
}

} // namespace muster::api::paging
