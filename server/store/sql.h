// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QJsonObject>
#include <QList>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <map>
#include <optional>

namespace muster::store {

using Row = QList<QVariant>;

/// An object as the text of a column, and back; what is no object is an empty one.
[[nodiscard]] QString toColumn(const QJsonObject &object);
[[nodiscard]] QJsonObject objectFromColumn(const QVariant &column);

/// One SQLite connection in the hands of the thread that opened it. Everything that is SQLite's own stands here and in
/// database.cpp. Prepared statements are kept by their text. Not thread-safe, by QtSql's rule of a connection per thread.
class Sql
{
public:
    explicit Sql(const QString &connection)
        : m_connection(connection)
    {
    }

    /// Runs one statement and gives all its rows; statements that may return many carry a LIMIT.
    /// @param values bound to the `?` of the text, in order
    [[nodiscard]] Result<QList<Row>> query(const QString &text, const Row &values = {});
    /// The same for statements without rows. @return the number of rows that changed
    Result<int> execute(const QString &text, const Row &values = {});
    /// The rowid of the last INSERT.
    [[nodiscard]] qint64 lastInsertId() const { return m_lastInsertId; }

    /// Begins a transaction. One that writes takes the lock at once: BEGIN alone would fail later, with SQLITE_BUSY_SNAPSHOT.
    [[nodiscard]] Result<void> begin(bool toWrite);
    /// Keeps all of it, or none: an error means that everything since begin() was taken back.
    [[nodiscard]] Result<void> commit();
    void rollBack();
    /// What was wrong with the file (full disk, I/O, read-only, locked) since this was asked last; none: nothing.
    [[nodiscard]] std::optional<Error> takeFault() { return std::exchange(m_fault, {}); }

    /// Forgets the prepared statements; needed before the connection is closed.
    void clear() { m_prepared.clear(); }
    /// The name that QSqlDatabase knows the connection by.
    [[nodiscard]] const QString &connection() const { return m_connection; }

private:
    [[nodiscard]] Result<QSqlQuery *> run(const QString &text, const Row &values);
    [[nodiscard]] Error errorOf(const QSqlQuery &query, const QString &text);

    QString m_connection;
    bool m_inTransaction = false;
    std::optional<Error> m_lost; ///< what ended the transaction before its time
    std::optional<Error> m_fault;
    std::map<QString, QSqlQuery> m_prepared;
    qint64 m_lastInsertId = 0;
};

} // namespace muster::store
