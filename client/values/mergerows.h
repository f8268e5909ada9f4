// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QModelIndex>
#include <QSet>
#include <QString>

#include <algorithm>
#include <functional>

namespace muster {

/// For models that declare it a friend.
struct Rows
{
    /// Makes the rows of a list model those that are wanted, by the fewest words to its views: what stays keeps its place,
    /// its delegate and the keyboard. Rows are told apart by their `id`: of two with the same
    /// one the first is taken, for a device may send what it likes.
    /// Costs as much as the lists are long where little has changed.
    /// @param items the model's rows
    /// @param same whether two rows of one id need no drawing
    template <typename Model, typename Item, typename Same = std::equal_to<>>
    static void merge(Model &model, QList<Item> &items, const QList<Item> &wanted, const Same &same = {})
    {
        QSet<QString> ids;
        QList<Item> fresh;
        for (const Item &item : wanted) {
            if (!ids.contains(item.id)) {
                ids << item.id;
                fresh << item;
            }
        }
        for (int row = int(items.size()) - 1; row >= 0; --row) {
            if (ids.contains(items[row].id))
                continue;
            model.beginRemoveRows({}, row, row);
            items.removeAt(row);
            model.endRemoveRows();
        }
        QSet<QString> old;
        for (const Item &item : std::as_const(items))
            old << item.id;
        for (int row = 0; row < fresh.size(); ++row) {
            if (!old.contains(fresh[row].id)) {
                model.beginInsertRows({}, row, row);
                items.insert(row, fresh[row]);
                model.endInsertRows();
                continue;
            }
            // All above this row are in place.
            const auto it = std::ranges::find(items.cbegin() + row, items.cend(), fresh[row].id, &Item::id);
            const int at = int(it - items.cbegin());
            if (at != row) {
                model.beginMoveRows({}, at, at, {}, row);
                items.move(at, row);
                model.endMoveRows();
            }
            if (!same(items[row], fresh[row])) {
                items[row] = fresh[row];
                emit model.dataChanged(model.index(row), model.index(row));
            }
        }
    }
};

} // namespace muster
