// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QList>
#include <QSqlDatabase>
#include <QSqlError>
#include <QString>
#include <QVariant>

#include <span>

namespace muster::store {

class Sql;

using Row = QList<QVariant>;

/// What a column holds, for statements that are given many values at once.
enum class ColumnKind { Number, Text, Bytes };
struct Column
{
    QLatin1StringView name;
    ColumnKind kind;
};

/// How much a commit promises.
enum class Durability {
    Full,   ///< a commit has reached the disk. For what was acknowledged.
    Normal, ///< a power cut may lose the last moments, never the database. For telemetry.
};

/// What the failure of a statement means for everybody who waits.
struct Failure
{
    bool ofStore = false;         ///< not the statement is wrong but the file, the disk or the way there: it may be well again later
    bool endsTransaction = false; ///< what was done since begin() may be gone
    bool endsConnection = false;  ///< nothing more is heard of it before the next connection
    bool mayPassNow = false;      ///< the same work, done once more, meets no such hindrance
    bool ofData = false;          ///< what was to be written does not fit what is there: whoever wrote it has to expect that
    bool refuses = false;         ///< who asks is not let in: waiting does not help
    QString said = {};            ///< what the database says, in one line
    QString hint = {};            ///< what a person should look at, in brackets behind that; may be empty
};

/// All that one kind of database does in its own way. The stores know none of it, and neither does the executor (Database). An object
/// stands for one place (a file, a schema of a server) and never changes: it may be used from any thread.
class Dialect
{
public:
    Dialect() = default;
    virtual ~Dialect() = default;
    Q_DISABLE_COPY_MOVE(Dialect)

    /// Where it is, for messages: the file, or the address without anything secret.
    [[nodiscard]] virtual QString place() const = 0;
    /// A short word for logs and names of threads: "muster", "telemetry".
    [[nodiscard]] virtual QString name() const = 0;
    /// What people call it: "muster.db", or "the schema muster of postgresql://…".
    [[nodiscard]] virtual QString label() const = 0;
    /// The name of Qt's driver, of QSqlDatabase::drivers().
    [[nodiscard]] virtual QString driver() const = 0;
    /// Tells a connection where to go, before it is opened.
    virtual void configure(QSqlDatabase &connection, bool readOnly) const = 0;
    /// Looks at what was just opened and sets the connection up. A database that is damaged, newer than `newest`, or somebody else's is
    /// left as it is. @return what is wrong, and what to do
    [[nodiscard]] virtual Result<void> prepare(Sql &sql, bool readOnly, int newest) const = 0;
    /// What a person should do about a database that cannot be used. @param ofStore see Failure
    [[nodiscard]] virtual QString advice(bool ofStore) const = 0;

    /// The statement that begins a transaction.
    [[nodiscard]] virtual QString begin(bool toWrite) const = 0;
    /// Looks, within a transaction that has just begun, whether it may go on.
    [[nodiscard]] virtual Result<void> begun(Sql &, bool /*toWrite*/) const { return {}; }
    /// Names the transaction that is under way, for wasCommitted(); empty where no COMMIT can go unanswered.
    [[nodiscard]] virtual Result<QString> transaction(Sql &) const { return QString(); }
    /// Asks over another connection what became of a transaction.
    [[nodiscard]] virtual Result<bool> wasCommitted(Sql &, const QString &) const { return false; }
    [[nodiscard]] virtual Failure judge(const QSqlError &error) const = 0;
    /// Whether statements without values are prepared too.
    [[nodiscard]] virtual bool preparesAll() const = 0;
    /// Whether U+0000 may stand in a text.
    [[nodiscard]] virtual bool takesNul() const = 0;

    /// Adds many rows to a table, in their order. @param ending what stands behind them, such as ON CONFLICT …; may be empty
    [[nodiscard]] virtual Result<int> insertAll(Sql &sql, const QString &table, std::span<const Column> columns, const QList<Row> &rows,
                                                const QString &ending) const = 0;
    /// The condition that a column of texts has one of those in a list. It has one `?`, for listOf() these.
    [[nodiscard]] virtual QString isOneOf(const QString &column) const = 0;
    [[nodiscard]] virtual QVariant listOf(const QStringList &texts) const = 0;

    [[nodiscard]] virtual Result<int> schemaVersion(Sql &sql) const = 0;
    [[nodiscard]] virtual Result<void> setSchemaVersion(Sql &sql, int version) const = 0;
    /// The highest number that a table ever gave to a row by itself; 0: none yet, or none at all. Numbers of rows that are gone do not come again.
    [[nodiscard]] virtual Result<qint64> lastId(Sql &sql, const QString &table) const = 0;
    /// From now on the table gives higher ones.
    [[nodiscard]] virtual Result<void> setLastId(Sql &sql, const QString &table, qint64 id) const = 0;
    /// The resource with a migration's statements. @param file as a Migration names it: "muster/001-first.sql"
    [[nodiscard]] virtual QString migration(QLatin1StringView file) const = 0;
};

} // namespace muster::store
