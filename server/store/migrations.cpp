// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/migrations.h"

#include "server/store/dialect.h"

#include <QFile>
#include <QRegularExpression>

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

QStringList splitStatements(const QString &text)
{
    static const QRegularExpression comment(u"--[^\n]*"_s);
    static const QRegularExpression end(u";[ \t]*(\n|$)"_s);
    QString bare = text;
    bare.remove(comment);
    QStringList statements;
    for (const QString &part : bare.split(end)) {
        if (!part.trimmed().isEmpty())
            statements.append(part.trimmed());
    }
    return statements;
}

std::unexpected<Error> newerSchema(int version, int newest)
{
    return failure(
        Unavailable,
        u"was written by a newer Muster (schema %1, this program knows %2): start that version, or restore a backup"_s.arg(version).arg(
            newest));
}

namespace {

/// The step from `version` to the next.
Result<void> apply(Sql &sql, std::span<const Migration> steps, int version)
{
    const Migration step = steps[static_cast<size_t>(version)];
    QFile file(sql.dialect().migration(step));
    if (!file.open(QIODevice::ReadOnly))
        return failure(InternalError, u"the migration %1 is missing from this program"_s.arg(step));
    for (const QString &statement : splitStatements(QString::fromUtf8(file.readAll()))) {
        if (const auto done = sql.execute(statement); !done)
            return std::unexpected(done.error());
    }
    return sql.dialect().setSchemaVersion(sql, version + 1);
}

} // namespace

Result<void> migrate(Sql &sql, std::span<const Migration> steps)
{
    const auto found = sql.dialect().schemaVersion(sql);
    if (!found)
        return std::unexpected(found.error());
    const QString name = sql.dialect().place();
    const int newest = static_cast<int>(steps.size());
    int version = *found;
    if (version > newest) {
        const auto newer = newerSchema(version, newest);
        return failure(newer.error().code, u"%1 %2"_s.arg(name, newer.error().message));
    }
    for (; version < newest; ++version) {
        if (const auto begun = sql.begin(true); !begun)
            return begun;
        const auto applied = apply(sql, steps, version);
        if (!applied) {
            sql.rollBack();
            return failure(applied.error().code,
                           u"%1 could not be brought to schema %2: %3"_s.arg(name).arg(version + 1).arg(applied.error().message));
        }
        if (const auto ended = sql.commit(); !ended)
            return ended;
        sql.clear();
    }
    return {};
}

Result<void> migrateAtOnce(Sql &sql, std::span<const Migration> steps)
{
    const auto found = sql.dialect().schemaVersion(sql);
    if (!found)
        return std::unexpected(found.error());
    for (int version = *found; version < static_cast<int>(steps.size()); ++version) {
        if (auto applied = apply(sql, steps, version); !applied)
            return applied;
    }
    return {};
}

} // namespace muster::store
