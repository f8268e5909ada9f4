// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"
#include "server/store/dialect.h"

#include <QJsonObject>
#include <QList>
#include <QSet>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <map>
#include <optional>

namespace muster::store {

/// An object as the text of a column, and back; what is no object is an empty one.
[[nodiscard]] QString toColumn(const QJsonObject &object);
[[nodiscard]] QJsonObject objectFromColumn(const QVariant &column);

/// One connection in the hands of the thread that opened it. Statements are SQL that every dialect understands. Prepared ones are kept
/// by their text. Not thread-safe, by QtSql's rule of a connection per thread.
class Sql
{
public:
    /// @param dialect outlives this
    Sql(const QString &connection, const Dialect &dialect)
        : m_connection(connection)
        , m_dialect(dialect)
    {
    }

    /// Runs one statement and gives all its rows; statements that may return many carry a LIMIT.
    /// @param values bound to the `?` of the text, in order
    [[nodiscard]] Result<QList<Row>> query(const QString &text, const Row &values = {});
    /// The same for statements without rows. @return the number of rows that changed
    Result<int> execute(const QString &text, const Row &values = {});
    /// The same for an INSERT of one row that ends with RETURNING id. @return that
    [[nodiscard]] Result<qint64> insert(const QString &text, const Row &values);

    /// See Dialect::insertAll(). @return the number of rows that changed
    Result<int> insertAll(const QString &table, std::span<const Column> columns, const QList<Row> &rows, const QString &ending = {})
    {
        return rows.isEmpty() ? Result<int>(0) : m_dialect.insertAll(*this, table, columns, rows, ending);
    }

    /// Begins a transaction.
    [[nodiscard]] Result<void> begin(bool toWrite);
    /// Keeps all of it, or none: an error means that everything since begin() was taken back.
    [[nodiscard]] Result<void> commit();
    void rollBack();
    /// What was wrong with the database (full disk, I/O, read-only, away) since this was asked last; none: nothing.
    [[nodiscard]] std::optional<Error> takeFault() { return std::exchange(m_fault, {}); }
    /// Says in the log which statements are refused, from now on: not so while it is found out whether a database will do.
    void tellRefusals() { m_tells = true; }
    /// Statements that failed, since this was asked last.
    [[nodiscard]] quint64 takeFailures() { return std::exchange(m_failures, 0); }
    /// The connection is gone; everything fails until reopened().
    [[nodiscard]] bool isLost() const { return m_isLost; }
    /// The work of this transaction may well succeed when it is done once more (since begin()).
    [[nodiscard]] bool mayPassNow() const { return m_mayPassNow; }
    /// There is another connection behind the same name.
    void reopened();
    /// And that one is gone as well.
    void lose() { m_isLost = true; }
    /// The transaction whose COMMIT went out and was not answered, as the dialect names it; empty: none.
    [[nodiscard]] QString takeUncertain() { return std::exchange(m_uncertain, {}); }

    /// What is written where a statement is given this value.
    [[nodiscard]] QVariant bound(const QVariant &value) const;

    /// Forgets the prepared statements; needed before the connection is closed.
    void clear();
    /// The name that QSqlDatabase knows the connection by.
    [[nodiscard]] const QString &connection() const { return m_connection; }
    [[nodiscard]] const Dialect &dialect() const { return m_dialect; }

private:
    [[nodiscard]] Result<QSqlQuery *> run(const QString &text, const Row &values);
    [[nodiscard]] Error errorOf(const QSqlQuery &query, const QString &text);

    QString m_connection;
    const Dialect &m_dialect;
    bool m_inTransaction = false;
    bool m_isLost = false;
    bool m_mayPassNow = false;
    bool m_writes = false;
    QString m_uncertain;
    std::optional<Error> m_lost; ///< what ended the transaction before its time
    std::optional<Error> m_fault;
    quint64 m_failures = 0;
    bool m_tells = false;
    QSet<QString> m_told; ///< statements whose failure is in the log already
    std::map<QString, QSqlQuery> m_prepared;
    std::optional<QSqlQuery> m_direct; ///< of a statement that is not prepared
};

} // namespace muster::store
