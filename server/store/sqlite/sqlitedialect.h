// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/dialect.h"

namespace muster::store {

/// One SQLite file, in WAL mode.
class SqliteDialect : public Dialect
{
public:
    SqliteDialect(QString path, Durability durability)
        : m_path(std::move(path))
        , m_durability(durability)
    {
    }

    [[nodiscard]] QString place() const override { return m_path; }
    [[nodiscard]] QString name() const override;
    [[nodiscard]] QString label() const override;
    [[nodiscard]] QString driver() const override;
    void configure(QSqlDatabase &connection, bool readOnly) const override;
    [[nodiscard]] Result<void> prepare(Sql &sql, bool readOnly, int newest) const override;
    [[nodiscard]] QString advice(bool ofStore) const override;
    [[nodiscard]] QString begin(bool toWrite) const override;
    [[nodiscard]] Failure judge(const QSqlError &error) const override;
    [[nodiscard]] bool preparesAll() const override { return true; }
    [[nodiscard]] bool takesNul() const override { return true; }
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
    QString m_path;
    Durability m_durability;
};

} // namespace muster::store
