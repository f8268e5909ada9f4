// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/sqlite/sqlitedialect.h"

#include "server/store/sql.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

/// SQLite's result codes (https://sqlite.org/rescode.html). The low byte is the code; what stands above it only says more.
enum SqliteCode : int {
    Busy = 5,
    Locked = 6,
    NoMemory = 7,
    ReadOnly = 8,
    Interrupted = 9,
    IoError = 10,
    Full = 13,
    CannotOpen = 14,
    Constraint = 19
};

} // namespace

QString SqliteDialect::name() const
{
    return QFileInfo(m_path).completeBaseName();
}

QString SqliteDialect::label() const
{
    return QFileInfo(m_path).fileName();
}

QString SqliteDialect::driver() const
{
    return u"QSQLITE"_s;
}

void SqliteDialect::configure(QSqlDatabase &connection, bool readOnly) const
{
    connection.setDatabaseName(m_path);
    connection.setConnectOptions(readOnly ? u"QSQLITE_OPEN_READONLY"_s : QString());
}

Result<void> SqliteDialect::prepare(Sql &sql, bool readOnly, int newest) const
{
    // Reads the header and the schema: a file that is no database, or a damaged one, shows here and before anything is written.
    // The whole check reads every page: fine for the keys, too slow at each start for gigabytes of samples.
    const bool whole = m_durability == Durability::Full && !readOnly;
    const auto rows = sql.query(whole ? u"PRAGMA quick_check(1)"_s : u"SELECT 'ok' FROM (SELECT count(*) FROM sqlite_schema)"_s);
    if (!rows)
        return std::unexpected(rows.error());
    if (const QString said = rows->value(0).value(0).toString(); said != "ok"_L1)
        return failure(Unavailable, said);
    if (readOnly)
        return {};
    // A newer one is refused as it is, and not turned into another journal mode before.
    if (const auto version = schemaVersion(sql); !version || *version > newest)
        return version ? Result<void>() : std::unexpected(version.error());
    const QString synchronous = m_durability == Durability::Full ? u"FULL"_s : u"NORMAL"_s;
    for (const QString &pragma : {u"PRAGMA journal_mode = WAL"_s, u"PRAGMA synchronous = %1"_s.arg(synchronous),
                                  u"PRAGMA foreign_keys = ON"_s, u"PRAGMA temp_store = MEMORY"_s, u"PRAGMA busy_timeout = 5000"_s}) {
        if (const auto done = sql.query(pragma); !done)
            return std::unexpected(done.error());
    }
    return {};
}

QString SqliteDialect::advice(bool ofStore) const
{
    // What is wrong with the disk is not wrong with the file, and a backup would not mend it.
    return ofStore ? u"It was left as it is; if its disk is full, make room, and start again"_s
                   : u"It was left as it is; restore a backup or move it away"_s;
}

QString SqliteDialect::begin(bool toWrite) const
{
    // One that writes takes the lock at once: BEGIN alone would fail later, with SQLITE_BUSY_SNAPSHOT.
    return toWrite ? u"BEGIN IMMEDIATE"_s : u"BEGIN"_s;
}

Failure SqliteDialect::judge(const QSqlError &error) const
{
    const int code = error.nativeErrorCode().toInt() & 0xff;
    const bool ofDisk = code == IoError || code == Full;
    return {.ofStore = ofDisk || code == Busy || code == Locked || code == NoMemory || code == ReadOnly || code == CannotOpen,
            // After these SQLite may have ended it by itself (https://sqlite.org/lang_transaction.html, section 3).
            .endsTransaction = ofDisk || code == Busy || code == NoMemory || code == Interrupted,
            .ofData = code == Constraint,
            .said = error.text(),
            .hint = ofDisk ? u" (is the disk full?)"_s : QString()};
}

Result<int> SqliteDialect::insertAll(Sql &sql, const QString &table, std::span<const Column> columns, const QList<Row> &rows,
                                     const QString &ending) const
{
    QStringList names;
    for (const Column &column : columns)
        names << column.name;
    const QString text =
        u"INSERT INTO %1 (%2) VALUES (%3) %4"_s.arg(table, names.join(", "_L1), QStringList(names.size(), u"?"_s).join(", "_L1), ending);
    int added = 0;
    for (const Row &row : rows) {
        const auto done = sql.execute(text, row);
        if (!done)
            return done;
        added += *done;
    }
    return added;
}

QString SqliteDialect::isOneOf(const QString &column) const
{
    return u"%1 IN (SELECT value FROM json_each(?))"_s.arg(column);
}

QVariant SqliteDialect::listOf(const QStringList &texts) const
{
    return QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(texts)).toJson(QJsonDocument::Compact));
}

Result<int> SqliteDialect::schemaVersion(Sql &sql) const
{
    const auto rows = sql.query(u"PRAGMA user_version"_s);
    if (!rows)
        return std::unexpected(rows.error());
    return rows->value(0).value(0).toInt();
}

Result<void> SqliteDialect::setSchemaVersion(Sql &sql, int version) const
{
    if (const auto done = sql.execute(u"PRAGMA user_version = %1"_s.arg(version)); !done)
        return std::unexpected(done.error());
    return {};
}

Result<qint64> SqliteDialect::lastId(Sql &sql, const QString &table) const
{
    // Tables without AUTOINCREMENT have no entry there, and count from the highest that they have.
    const auto rows = sql.query(
        u"SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = ?), 0), coalesce((SELECT max(id) FROM %1), 0))"_s.arg(table),
        {table});
    if (!rows)
        return std::unexpected(rows.error());
    return rows->value(0).value(0).toLongLong();
}

Result<void> SqliteDialect::setLastId(Sql &sql, const QString &table, qint64 id) const
{
    if (const auto gone = sql.execute(u"DELETE FROM sqlite_sequence WHERE name = ? AND seq < ?"_s, {table, id}); !gone)
        return std::unexpected(gone.error());
    // Tables without AUTOINCREMENT count from the highest that they have (https://sqlite.org/autoinc.html).
    const auto set = sql.execute(
        u"INSERT INTO sqlite_sequence (name, seq) SELECT name, ? FROM sqlite_schema WHERE name = ? AND sql LIKE "
        "'%AUTOINCREMENT%' AND NOT EXISTS (SELECT 1 FROM sqlite_sequence AS s WHERE s.name = sqlite_schema.name)"_s,
        {id, table});
    return set ? Result<void>() : std::unexpected(set.error());
}

QString SqliteDialect::migration(QLatin1StringView file) const
{
    return ":/muster/sql/"_L1 + file;
}

} // namespace muster::store
