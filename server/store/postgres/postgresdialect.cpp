// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/postgres/postgresdialect.h"

#include "server/store/migrations.h"
#include "server/store/sql.h"

#include <QFile>
#include <QRegularExpression>
#include <QSqlQuery>
#include <QThread>

#include <ranges>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::store {

namespace {

constexpr int oldestServer = 140'000; // the oldest that PostgreSQL itself still looks after
/// What was asked is given up, and the server told so, rather than waited for without an end.
constexpr QLatin1StringView limits("-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=10s");
/// A server that went away without a word is noticed, s and ms.
constexpr QLatin1StringView watch("connect_timeout=5;keepalives_idle=5;keepalives_interval=2;keepalives_count=3;tcp_user_timeout=10000;");

/// Who makes schemas in a database holds this number ("muster", as letters).
constexpr qint64 schemaLock = 0x6d'75'73'74'65'72;

/// "ERROR:  relation \"x\" does not exist", which goes on in more lines.
QString lineOf(const QSqlError &error)
{
    if (!QSqlDatabase::isDriverAvailable(u"QPSQL"_s))
        return u"this machine lacks Qt's driver for PostgreSQL: install libqt6sql6-psql (Debian, Ubuntu) or qt6-qtbase-postgresql (Fedora)"_s;
    static const QRegularExpression severity(u"^(ERROR|FATAL|PANIC|connection to server [^:]*(: [^:]*)? failed):\\s*"_s);
    QString line = error.databaseText().section('\n'_L1, 0, 0).simplified();
    if (line.isEmpty())
        line = error.driverText().simplified();
    return line.remove(severity);
}

/// The first row's first value.
Result<QString> one(Sql &sql, const QString &text)
{
    const auto rows = sql.query(text);
    if (!rows)
        return std::unexpected(rows.error());
    return rows->value(0).value(0).toString();
}

QLatin1StringView typeOf(ColumnKind kind)
{
    switch (kind) {
    case ColumnKind::Number: return "bigint"_L1;
    case ColumnKind::Text: return "text"_L1;
    case ColumnKind::Bytes: return "bytea"_L1;
    }
    Q_UNREACHABLE_RETURN({});
}

/// One value as it stands in the text of an array (https://www.postgresql.org/docs/current/arrays.html#ARRAYS-INPUT).
QString elementOf(const QVariant &value)
{
    if (value.isNull())
        return u"NULL"_s;
    if (value.typeId() == QMetaType::QByteArray)
        return u"\"\\\\x"_s + QString::fromLatin1(value.toByteArray().toHex()) + u'"';
    if (value.typeId() == QMetaType::QString)
        return u'"' + value.toString().replace('\\'_L1, "\\\\"_L1).replace('"'_L1, "\\\""_L1) + u'"';
    return QString::number(value.toLongLong());
}

QString arrayOf(const QStringList &elements)
{
    return u'{' + elements.join(','_L1) + u'}';
}

} // namespace

QString PostgresDialect::place() const
{
    return m_address.toString();
}

QString PostgresDialect::label() const
{
    return u"the schema %1 of %2"_s.arg(m_schema, place());
}

QString PostgresDialect::driver() const
{
    return u"QPSQL"_s;
}

void PostgresDialect::configure(QSqlDatabase &connection, bool readOnly) const
{
    connection.setHostName(m_address.host);
    if (m_address.port > 0)
        connection.setPort(m_address.port);
    connection.setDatabaseName(m_address.database);
    connection.setUserName(m_address.user);
    connection.setPassword(m_address.password);
    QString session = u"-c search_path=%1 -c client_min_messages=warning %2"_s.arg(m_schema, limits);
    if (m_durability == Durability::Normal)
        session += " -c synchronous_commit=off"_L1;
    if (readOnly)
        session += " -c default_transaction_read_only=on"_L1;
    connection.setConnectOptions(watch + m_address.options + u"application_name='musterd %1';options='%2'"_s.arg(m_schema, session));
}

Result<void> PostgresDialect::prepare(Sql &sql, bool readOnly, int newest) const
{
    if (auto good = examine(sql, newest); !good)
        return good;
    if (auto good = readOnly ? Result<void>() : examineWritable(sql); !good)
        return good;
    return readOnly ? Result<void>() : makeSchema(sql);
}

Result<void> PostgresDialect::examineWritable(Sql &sql) const
{
    const auto isReadOnly = one(sql, u"SELECT current_setting('transaction_read_only')"_s);
    if (!isReadOnly)
        return std::unexpected(isReadOnly.error());
    if (*isReadOnly == "on"_L1)
        return failure(Unavailable, u"it is read-only: a replica, or one that default_transaction_read_only makes so"_s);
    return {};
}

Result<void> PostgresDialect::examine(Sql &sql, int newest) const
{
    const auto version = one(sql, u"SELECT current_setting('server_version_num')"_s);
    if (!version)
        return std::unexpected(version.error());
    if (version->toInt() < oldestServer)
        return failure(Conflict, u"it is PostgreSQL %1, and Muster needs 14 or later"_s.arg(version->toInt() / 10'000));
    const auto encoding = one(sql, u"SELECT current_setting('server_encoding')"_s);
    if (!encoding)
        return std::unexpected(encoding.error());
    if (*encoding != "UTF8"_L1)
        return failure(Conflict,
                       u"its encoding is %1: make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"_s.arg(*encoding));
    const auto found = findSchema(sql);
    if (!found)
        return std::unexpected(found.error());
    if (!*found)
        return {};
    const auto schema = schemaVersion(sql);
    if (!schema)
        return std::unexpected(schema.error());
    return *schema > newest ? failure(Conflict, newerSchema(*schema, newest).error().message) : Result<void>();
}

Result<bool> PostgresDialect::findSchema(Sql &sql) const
{
    const auto tables = sql.query(
        u"SELECT coalesce(bool_or(c.relname = 'schema_version' AND 2 = (SELECT count(*) FROM pg_attribute AS a WHERE a.attrelid = c.oid "
        "AND a.attname IN ('id', 'version') AND a.atttypid = CAST('int4' AS regtype))), false), count(c.oid) > 0, count(n.oid) > 0, "
        "coalesce(bool_or(has_schema_privilege(n.oid, 'CREATE')), false), has_database_privilege(current_database(), 'CREATE') "
        "FROM pg_namespace n LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v') WHERE n.nspname = ?"_s,
        {m_schema});
    if (!tables)
        return std::unexpected(tables.error());
    const Row row = tables->value(0);
    const bool isOurs = row.value(0).toBool();
    const bool hasTables = row.value(1).toBool();
    const bool isThere = row.value(2).toBool();
    if (hasTables && !isOurs)
        return failure(Conflict, u"its schema %1 holds tables that are not Muster's"_s.arg(m_schema));
    if (isThere ? !row.value(3).toBool() : !row.value(4).toBool())
        return failure(Forbidden, u"this user may not create %1: GRANT CREATE ON %2 TO …"_s.arg(
                                      isThere ? u"tables in the schema %1"_s.arg(m_schema) : u"the schema %1"_s.arg(m_schema),
                                      isThere ? u"SCHEMA %1"_s.arg(m_schema) : u"DATABASE \"%1\""_s.arg(m_address.database)));
    return isOurs;
}

Result<void> PostgresDialect::makeSchema(Sql &sql) const
{
    // Where it is there, this user may have the right to make tables in it, and none to make schemas.
    const auto there = sql.query(u"SELECT 1 FROM pg_namespace WHERE nspname = ?"_s, {m_schema});
    if (!there)
        return std::unexpected(there.error());
    QStringList statements;
    if (there->isEmpty())
        statements << u"CREATE SCHEMA IF NOT EXISTS %1"_s.arg(m_schema);
    statements << u"CREATE TABLE IF NOT EXISTS schema_version (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL)"_s
               << u"INSERT INTO schema_version (id, version) VALUES (1, 0) ON CONFLICT (id) DO NOTHING"_s;
    return makeTables(sql, statements);
}

Result<void> PostgresDialect::makeTables(Sql &sql, const QStringList &statements) const
{
    // "IF NOT EXISTS" does not help two that begin at once: they go one after the other. What is sent at once is one transaction.
    const auto done = sql.execute(u"SELECT pg_advisory_xact_lock(%1); "_s.arg(schemaLock) + statements.join("; "_L1));
    return done ? Result<void>() : std::unexpected(done.error());
}

QString PostgresDialect::advice(bool ofStore) const
{
    return ofStore ? u"Start it, or mend the way to it, and try again"_s : u"It was left as it is"_s;
}

QString PostgresDialect::begin(bool toWrite) const
{
    Q_UNUSED(toWrite)
    return u"BEGIN"_s;
}

Result<void> PostgresDialect::begun(Sql &sql, bool toWrite) const
{
    if (!toWrite || m_epoch == 0)
        return {};
    // Whoever wants to lead next waits for this transaction; renewing does not.
    const auto rows =
        sql.query(u"SELECT 1 FROM muster.leadership WHERE id = 1 AND epoch = ? AND until > clock_timestamp() FOR KEY SHARE"_s, {m_epoch});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return failure(Unavailable, u"this server does not lead any more: another one took over"_s);
    return {};
}

Result<QString> PostgresDialect::transaction(Sql &sql) const
{
    // Nothing is lost with a commit that promises little.
    if (m_durability == Durability::Normal)
        return QString();
    return one(sql, u"SELECT coalesce(pg_current_xact_id_if_assigned()::text, '')"_s);
}

Result<bool> PostgresDialect::wasCommitted(Sql &sql, const QString &transaction) const
{
    constexpr auto pause = 100ms;
    constexpr int looks = 50;
    for (int look = 0; look < looks; ++look) {
        const auto rows = sql.query(u"SELECT pg_xact_status(CAST(CAST(? AS text) AS xid8))"_s, {transaction});
        if (!rows)
            return std::unexpected(rows.error());
        const QString status = rows->value(0).value(0).toString();
        if (status != "in progress"_L1)
            return status == "committed"_L1;
        // The server has not noticed yet that nobody waits for it.
        QThread::sleep(pause);
    }
    return failure(Unavailable, u"the database does not say whether this was kept: look before you try it again"_s);
}

Failure PostgresDialect::judge(const QSqlError &error) const
{
    // Its classes: https://www.postgresql.org/docs/current/errcodes-appendix.html
    const QString state = error.nativeErrorCode();
    const QStringView kind = QStringView(state).left(2);
    const bool tellsNothing = state.isEmpty(); // the library speaks, because there is no server to speak
    const bool endsConnection = tellsNothing || kind == "08"_L1 || state == "57P01"_L1 || state == "57P02"_L1 || state == "57P03"_L1
                                || state == "57P05"_L1 || state == "25P03"_L1;
    const bool mayPassNow = kind == "40"_L1;
    // It is there, and lets nobody in under this name, or has no such database; not so while it starts, stops, or has no room.
    const bool refuses = tellsNothing && error.databaseText().contains("FATAL:"_L1)
                         && !error.databaseText().contains("the database system is"_L1) && !error.databaseText().contains("too many"_L1);
    const bool ofStore = endsConnection || mayPassNow || kind == "53"_L1 || kind == "58"_L1 || kind == "57"_L1 || state == "55P03"_L1
                         || state == "25006"_L1 || kind == "28"_L1;
    return {.ofStore = ofStore,
            .endsTransaction = endsConnection || mayPassNow,
            .endsConnection = endsConnection,
            .mayPassNow = mayPassNow,
            .ofData = kind == "23"_L1,
            .refuses = refuses,
            .said = lineOf(error),
            .hint = state == "53100"_L1 ? u" (the disk of the database is full)"_s : QString()};
}

Result<int> PostgresDialect::insertAll(Sql &sql, const QString &table, std::span<const Column> columns, const QList<Row> &rows,
                                       const QString &ending) const
{
    QStringList names;
    QStringList arrays;
    Row values;
    for (const auto &[at, column] : columns | std::views::enumerate) {
        names << column.name;
        arrays << u"CAST(? AS %1[])"_s.arg(typeOf(column.kind));
        QStringList elements;
        elements.reserve(rows.size());
        for (const Row &row : rows)
            elements << elementOf(sql.bound(row.at(at)));
        values << arrayOf(elements);
    }
    return sql.execute(u"INSERT INTO %1 (%2) SELECT * FROM unnest(%3) %4"_s.arg(table, names.join(", "_L1), arrays.join(", "_L1), ending),
                       values);
}

QString PostgresDialect::isOneOf(const QString &column) const
{
    return u"%1 = ANY (CAST(? AS text[]))"_s.arg(column);
}

QVariant PostgresDialect::listOf(const QStringList &texts) const
{
    QStringList elements;
    for (const QString &text : texts)
        elements << elementOf(text);
    return arrayOf(elements);
}

Result<int> PostgresDialect::schemaVersion(Sql &sql) const
{
    const auto rows = sql.query(u"SELECT version FROM schema_version WHERE id = 1"_s);
    if (!rows)
        return std::unexpected(rows.error());
    return rows->value(0).value(0).toInt();
}

Result<void> PostgresDialect::setSchemaVersion(Sql &sql, int version) const
{
    if (const auto done = sql.execute(u"UPDATE schema_version SET version = ? WHERE id = 1"_s, {version}); !done)
        return std::unexpected(done.error());
    return {};
}

Result<qint64> PostgresDialect::lastId(Sql &sql, const QString &table) const
{
    const auto rows = sql.query(
        u"SELECT greatest(coalesce(pg_sequence_last_value(CAST(pg_get_serial_sequence(CAST(? AS text), 'id') AS regclass)), 0), "
        "coalesce((SELECT max(id) FROM %1), 0))"_s.arg(table),
        {table});
    if (!rows)
        return std::unexpected(rows.error());
    return rows->value(0).value(0).toLongLong();
}

Result<void> PostgresDialect::setLastId(Sql &sql, const QString &table, qint64 id) const
{
    const auto rows = sql.query(
        u"SELECT setval(CAST(s AS regclass), greatest(CAST(? AS bigint), coalesce(pg_sequence_last_value(CAST(s AS "
        "regclass)), 1))) FROM pg_get_serial_sequence(CAST(? AS text), 'id') AS s WHERE s IS NOT NULL"_s,
        {id, table});
    return rows ? Result<void>() : std::unexpected(rows.error());
}

QString PostgresDialect::migration(QLatin1StringView file) const
{
    const QString own = ":/muster/sql/postgres/"_L1 + file;
    return QFile::exists(own) ? own : ":/muster/sql/"_L1 + file;
}

} // namespace muster::store
