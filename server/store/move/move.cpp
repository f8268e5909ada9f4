// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/move/move.h"

#include "server/store/connection.h"
#include "server/store/migrations.h"
#include "server/store/move/filetarget.h"
#include "server/store/move/movedmark.h"
#include "server/store/musterdatabase.h"
#include "server/store/telemetrystore.h"

#include <QDateTime>
#include <QFileInfo>

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

/// What differs between the two halves of a store.
struct Half
{
    std::shared_ptr<const Dialect> (Place::*dialect)() const;
    QStringList tables;
    std::span<const Migration> steps;
};

std::array<Half, 2> halves()
{
    return {Half{.dialect = &Place::muster, .tables = MusterDatabase::tables(), .steps = MusterDatabase::steps()},
            Half{.dialect = &Place::telemetry, .tables = TelemetryStore::tables(), .steps = TelemetryStore::steps()}};
}

std::unexpected<Error> wrongWith(const Dialect &dialect, const Error &error)
{
    return failure(error.code, u"%1: %2"_s.arg(dialect.label(), error.message));
}

/// Of a half that is moved away: it is as this program knows it, and is left as it is.
Result<void> checkSource(Sql &sql, int newest)
{
    if (auto good = sql.dialect().prepare(sql, true, newest); !good)
        return good;
    const auto version = sql.dialect().schemaVersion(sql);
    if (!version)
        return std::unexpected(version.error());
    if (*version < newest)
        return failure(
            Conflict,
            u"an older Muster wrote it (schema %1, this program knows %2): start this one with it once, and stop it"_s.arg(*version).arg(
                newest));
    return {};
}

/// Makes the tables of a half where there are none.
Result<void> prepareTarget(Sql &sql, const Half &half)
{
    const auto version = sql.dialect().schemaVersion(sql);
    if (!version)
        return std::unexpected(version.error());
    if (*version > 0)
        return failure(Conflict, u"there is a Muster already: give an empty one"_s);
    return migrateAtOnce(sql, half.steps);
}

/// Copies one half over connections that are open, the target's in a transaction.
Result<void> moveHalf(const Half &half, Sql &from, Sql &to, const MoveSteps &steps)
{
    if (const auto good = checkSource(from, static_cast<int>(half.steps.size())); !good)
        return wrongWith(from.dialect(), good.error());
    if (const auto moved = half.tables.contains("account"_L1) ? checkNotMoved(from) : Result<void>(); !moved)
        return moved;
    if (const auto good = prepareTarget(to, half); !good)
        return wrongWith(to.dialect(), good.error());
    for (const QString &table : half.tables) {
        auto moved = TableCopy(from, to, table).run(steps.mayGoOn);
        if (!moved)
            return wrongWith(to.dialect(), moved.error());
        moved->name = to.dialect().name() + u'.' + table;
        steps.told(*moved);
    }
    return {};
}

Result<void> moveToFiles(const Place &from, const QString &folder, const MoveSteps &steps)
{
    FileTarget target(folder);
    if (auto begun = target.begin(); !begun)
        return begun;
    const Place unfinished{.folder = target.unfinished()};
    for (const Half &half : halves()) {
        const auto source = (from.*half.dialect)();
        const auto goal = (unfinished.*half.dialect)();
        Connection in(*source, true);
        Connection out(*goal);
        for (const auto &[connection, dialect] : {std::pair(&in, source), std::pair(&out, goal)}) {
            if (const auto opened = connection->open(); !opened)
                return wrongWith(*dialect, opened.error());
        }
        // Its journal's mode is set outside of a transaction.
        if (const auto good = goal->prepare(out.sql(), false, static_cast<int>(half.steps.size())); !good)
            return wrongWith(*goal, good.error());
        if (const auto begun = out.sql().begin(true); !begun)
            return wrongWith(*goal, begun.error());
        if (const auto moved = moveHalf(half, in.sql(), out.sql(), steps); !moved)
            return moved;
        if (const auto kept = out.sql().commit(); !kept)
            return wrongWith(*goal, kept.error());
    }
    if (auto may = steps.end(); !may)
        return may;
    return target.finish();
}

Result<void> moveToPostgres(const Place &from, const Place &to, const MoveSteps &steps)
{
    const auto first = to.muster();
    Connection out(*first);
    if (const auto opened = out.open(); !opened)
        return wrongWith(*first, opened.error());
    // Both schemas come in one transaction: all of it, or nothing.
    if (const auto begun = out.sql().begin(true); !begun)
        return wrongWith(*first, begun.error());
    for (const Half &half : halves()) {
        const auto source = (from.*half.dialect)();
        const auto goal = (to.*half.dialect)();
        Connection in(*source, true);
        if (const auto opened = in.open(); !opened)
            return wrongWith(*source, opened.error());
        Sql sql(out.sql().connection(), *goal);
        if (const auto set = sql.execute(u"SET LOCAL search_path TO %1"_s.arg(goal->name())); !set)
            return wrongWith(*goal, set.error());
        if (const auto good = goal->prepare(sql, false, static_cast<int>(half.steps.size())); !good)
            return good.error().message.contains("lock timeout"_L1)
                       ? failure(Conflict, u"%1: another move, or a server that starts, is at work there"_s.arg(goal->label()))
                       : wrongWith(*goal, good.error());
        if (const auto moved = moveHalf(half, in.sql(), sql, steps); !moved)
            return moved;
    }
    if (auto may = steps.end(); !may)
        return may;
    if (const auto kept = out.sql().commit(); !kept)
        return failure(kept.error().code,
                       u"%1: %2%3"_s.arg(first->place(), kept.error().message,
                                         out.sql().takeUncertain().isEmpty()
                                             ? QString()
                                             : u"; whether it is there now is not known: look there before you try again"_s));
    return {};
}

/// Does something small with the half that has the marks.
Result<bool> onMarks(const Place &store, const std::function<Result<bool>(Sql &)> &work)
{
    const auto dialect = store.muster();
    Connection connection(*dialect);
    if (const auto opened = connection.open(); !opened)
        return wrongWith(*dialect, opened.error());
    const auto done = work(connection.sql());
    return done ? done : wrongWith(*dialect, done.error());
}

} // namespace

Result<void> moveStore(const Place &from, const Place &to, const MoveSteps &steps)
{
    if (!from.address && !QFileInfo::exists(from.folder + "/muster.db"_L1))
        return failure(NotFound, u"there is nothing to move: %1 has no muster.db"_s.arg(from.folder));
    return to.address ? moveToPostgres(from, to, steps) : moveToFiles(from, to.folder, steps);
}

Result<bool> markStore(const Place &store, const QString &movedTo)
{
    return onMarks(store, [&movedTo](Sql &sql) {
        const auto done = markAsMoved(sql, movedTo, QDateTime::currentMSecsSinceEpoch());
        return done ? Result<bool>(true) : std::unexpected(done.error());
    });
}

Result<bool> unmarkStore(const Place &store)
{
    return onMarks(store, removeMovedMark);
}

} // namespace muster::store
