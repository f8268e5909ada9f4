// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/move/movedmark.h"

#include "server/timetext.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

Result<void> checkNotMoved(Sql &sql)
{
    const auto rows = sql.query(u"SELECT place, time FROM moved WHERE id = 1"_s);
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return {};
    return failure(
        Conflict,
        u"what was in %1 was moved to %2 at %3: start with that. Where it is not there, because the move was cut at its very end, or to go "
        "on with this copy as it was then, run \"musterd move --undo\""_s.arg(sql.dialect().place(), rows->first().at(0).toString(),
                                                                              timestampText(rows->first().at(1).toLongLong())));
}

Result<void> markAsMoved(Sql &sql, const QString &place, qint64 time)
{
    const auto done = sql.execute(
        u"INSERT INTO moved (id, place, time) VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET place = excluded.place, time = excluded.time"_s,
        {place, time});
    return done ? Result<void>() : std::unexpected(done.error());
}

Result<bool> removeMovedMark(Sql &sql)
{
    const auto done = sql.execute(u"DELETE FROM moved"_s);
    return done ? Result<bool>(*done > 0) : std::unexpected(done.error());
}

} // namespace muster::store
