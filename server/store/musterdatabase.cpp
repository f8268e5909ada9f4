// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/musterdatabase.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

constexpr std::array migrations{Migration(":/muster/sql/muster/001-first.sql"),          Migration(":/muster/sql/muster/002-commands.sql"),
                                Migration(":/muster/sql/muster/003-operations.sql"),     Migration(":/muster/sql/muster/004-bulk.sql"),
                                Migration(":/muster/sql/muster/005-device-methods.sql"), Migration(":/muster/sql/muster/006-aging.sql")};

} // namespace

MusterDatabase::MusterDatabase(const QString &path)
    : m_writer({.path = path, .migrations = migrations, .durability = Durability::Full})
    , m_reader({.path = path, .migrations = migrations, .durability = Durability::Full, .readOnly = true})
{
}

Result<void> MusterDatabase::open()
{
    if (auto opened = m_writer.open(); !opened)
        return opened;
    return m_reader.open();
}

QFuture<Result<qint64>> MusterDatabase::aging()
{
    return m_reader.run([](Sql &sql) -> Result<qint64> {
        const auto rows = sql.query(u"SELECT time FROM aging WHERE id = 1"_s, {});
        if (!rows)
            return std::unexpected(rows.error());
        return rows->isEmpty() ? 0 : rows->first().first().toLongLong();
    });
}

QFuture<Result<int>> MusterDatabase::keepAging(qint64 time)
{
    return m_writer.run([time](Sql &sql) {
        return sql.execute(u"INSERT INTO aging (id, time) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET time = excluded.time"_s, {time});
    });
}

} // namespace muster::store
