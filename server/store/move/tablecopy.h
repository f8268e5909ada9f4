// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/sql.h"

#include <functional>

namespace muster::store {

/// What was moved of one table, and what shows that it is the same in both places.
struct MovedTable
{
    QString name;
    qint64 rows = 0;
    QByteArray hash;         ///< SHA-256, in hex, of all values in the order of the table's key
    qint64 alteredTexts = 0; ///< that held U+0000, and hold U+FFFD where it was, because the other database takes none
};

/// Copies a table from one database to another, in which it is empty, and reads both. Within the caller's transaction, in the caller's
/// thread; holds some MiB of rows at most.
class TableCopy
{
public:
    /// @param from,to outlive this
    TableCopy(Sql &from, Sql &to, QString table);

    /// @return Conflict where the tables differ in their columns, or what came is not what went
    /// @param mayGoOn asked after each page; an error ends it
    [[nodiscard]] Result<MovedTable> run(const std::function<Result<void>()> &mayGoOn);

private:
    /// The next rows in the order of the key. @param after the last one before; empty: from the beginning
    [[nodiscard]] Result<QList<Row>> page(Sql &sql, const Row &after);
    [[nodiscard]] Result<void> write(const QList<Row> &rows);
    [[nodiscard]] Row keyOf(const Row &row) const;
    /// The row as the other database can hold it.
    [[nodiscard]] Row fitted(Row row, qint64 &altered) const;

    Sql &m_from;
    Sql &m_to;
    QString m_table;
    QStringList m_columns;
    QStringList m_key;
    qsizetype m_pageRows = 1; ///< of the next page: as many as have room in memory, by those of the one before
};

} // namespace muster::store
