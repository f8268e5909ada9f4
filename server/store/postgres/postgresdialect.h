// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/dialect.h"
#include "server/store/postgres/postgresaddress.h"

#include <QStringList>

namespace muster::store {

/// A schema of a PostgreSQL database, 14 or later. One address holds two of them, "muster" and "telemetry".
class PostgresDialect : public Dialect
{
public:
    /// @param schema also the folder of the migrations
    /// @param epoch of the lease under which it is written (see Lease); 0: none is asked for
    PostgresDialect(PostgresAddress address, QString schema, Durability durability, qint64 epoch = 0)
        : m_address(std::move(address))
        , m_schema(std::move(schema))
        , m_durability(durability)
        , m_epoch(epoch)
    {
    }

    [[nodiscard]] QString place() const override;
    [[nodiscard]] QString name() const override { return m_schema; }
    [[nodiscard]] QString label() const override;
    [[nodiscard]] QString driver() const override;
    void configure(QSqlDatabase &connection, bool readOnly) const override;
    [[nodiscard]] Result<void> prepare(Sql &sql, bool readOnly, int newest) const override;
    /// What prepare() would refuse, without a change to anything.
    [[nodiscard]] Result<void> examine(Sql &sql, int newest) const;
    [[nodiscard]] Result<void> examineWritable(Sql &sql) const;
    /// Makes what there is not yet, one server after the other. @param statements of the kind CREATE … IF NOT EXISTS
    [[nodiscard]] Result<void> makeTables(Sql &sql, const QStringList &statements) const;
    [[nodiscard]] QString advice(bool ofStore) const override;
    [[nodiscard]] QString begin(bool toWrite) const override;
    [[nodiscard]] Result<void> begun(Sql &sql, bool toWrite) const override;
    [[nodiscard]] Result<QString> transaction(Sql &sql) const override;
    [[nodiscard]] Result<bool> wasCommitted(Sql &sql, const QString &transaction) const override;
    [[nodiscard]] Failure judge(const QSqlError &error) const override;
    /// PREPARE takes queries and changes alone: no BEGIN, no CREATE (https://www.postgresql.org/docs/current/sql-prepare.html).
    [[nodiscard]] bool preparesAll() const override { return false; }
    [[nodiscard]] bool takesNul() const override { return false; }
    [[nodiscard]] Result<int> insertAll(Sql &sql, const QString &table, std::span<const Column> columns, const QList<Row> &rows,
                                        const QString &ending) const override;
    [[nodiscard]] QString isOneOf(const QString &column) const override;
    [[nodiscard]] QVariant listOf(const QStringList &texts) const override;
    [[nodiscard]] Result<int> schemaVersion(Sql &sql) const override;
    [[nodiscard]] Result<void> setSchemaVersion(Sql &sql, int version) const override;
    [[nodiscard]] Result<qint64> lastId(Sql &sql, const QString &table) const override;
    [[nodiscard]] Result<void> setLastId(Sql &sql, const QString &table, qint64 id) const override;
    [[nodiscard]] QString migration(QLatin1StringView file) const override;

private:
    /// What stands in the way of our tables. @return whether they are there already
    [[nodiscard]] Result<bool> findSchema(Sql &sql) const;
    [[nodiscard]] Result<void> makeSchema(Sql &sql) const;

    PostgresAddress m_address;
    QString m_schema;
    Durability m_durability;
    qint64 m_epoch;
};

} // namespace muster::store
