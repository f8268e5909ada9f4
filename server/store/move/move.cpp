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

using Step = std::function<Result<void>()>;

Result<void> moveToFiles(const Place &from, const QString &folder, const MoveSteps &steps, const Step &end)
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
    if (auto may = end(); !may)
        return may;
    return target.finish();
}

/// @return whether it is known to be there: not where the last COMMIT was not answered, and nobody can be asked what became of it
Result<bool> moveToPostgres(const Place &from, const Place &to, const MoveSteps &steps, const Step &end)
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
            return std::unexpected(moved.error());
    }
    if (const auto may = end(); !may)
        return std::unexpected(may.error());
    const auto kept = out.sql().commit();
    if (kept)
        return true;
    const QString uncertain = out.sql().takeUncertain();
    if (uncertain.isEmpty())
        return wrongWith(*first, kept.error());
    const auto reached = out.open();
    const auto was = reached ? first->wasCommitted(out.sql(), uncertain) : std::unexpected(reached.error());
    return was && !*was ? wrongWith(*first, kept.error()) : Result<bool>(was.has_value());
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

/// What to say of a move that failed, once its source is as it was.
std::unexpected<Error> takenBack(const Place &from, bool isMarked, const Error &why)
{
    if (const auto unmarked = isMarked ? unmarkStore(from) : Result<bool>(false); !unmarked)
        return failure(why.code,
                       u"nothing was moved: %1; and %2 is marked as moved all the same (%3): \"musterd move --undo\" mends that"_s.arg(
                           why.message, from.name(), unmarked.error().message));
    return failure(why.code, u"nothing was moved: %1"_s.arg(why.message));
}

} // namespace

Result<void> moveStore(const Place &from, const Place &to, const MoveSteps &steps)
{
    if (!from.address && !QFileInfo::exists(from.folder + "/muster.db"_L1))
        return failure(NotFound, u"there is nothing to move: %1 has no muster.db"_s.arg(from.folder));
    bool isMarked = false;
    const Step end = [&]() -> Result<void> {
        if (auto may = steps.mayGoOn(); !may)
            return may;
        const auto marked = onMarks(from, [&to](Sql &sql) {
            const auto done = markAsMoved(sql, to.name(), QDateTime::currentMSecsSinceEpoch());
            return done ? Result<bool>(true) : std::unexpected(done.error());
        });
        isMarked = marked.has_value();
        return marked ? Result<void>() : std::unexpected(marked.error());
    };
    if (to.address) {
        const auto moved = moveToPostgres(from, to, steps, end);
        if (moved && !*moved)
            return failure(
                Unavailable,
                u"%1 does not answer any more, and whether all of it is there now is not known: look there. If it is not, \"musterd "
                "move --undo\" lets %2 be used again"_s.arg(to.name(), from.name()));
        return moved ? Result<void>() : takenBack(from, isMarked, moved.error());
    }
    const auto moved = moveToFiles(from, to.folder, steps, end);
    return moved ? moved : takenBack(from, isMarked, moved.error());
}

Result<bool> unmarkStore(const Place &store)
{
    return onMarks(store, removeMovedMark);
}

} // namespace muster::store
