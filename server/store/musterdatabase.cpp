// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/musterdatabase.h"

#include "server/store/move/movedmark.h"
#include "server/store/sqlite/sqlitedialect.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::store {

namespace {

constexpr std::array migrations{Migration("muster/001-first.sql"),          Migration("muster/002-commands.sql"),
                                Migration("muster/003-operations.sql"),     Migration("muster/004-bulk.sql"),
                                Migration("muster/005-device-methods.sql"), Migration("muster/006-aging.sql"),
                                Migration("muster/007-moved.sql"),          Migration("muster/008-shadow.sql"),
                                Migration("muster/009-device.sql"),         Migration("muster/010-shares.sql")};

} // namespace

MusterDatabase::MusterDatabase(const std::shared_ptr<const Dialect> &dialect)
    : m_writer({.dialect = dialect, .migrations = migrations})
    , m_reader({.dialect = dialect, .migrations = migrations, .readOnly = true})
{
}

MusterDatabase::MusterDatabase(const QString &path)
    : MusterDatabase(std::make_shared<SqliteDialect>(path, Durability::Full))
{
}

int MusterDatabase::newestSchema()
{
    return static_cast<int>(migrations.size());
}

Result<void> MusterDatabase::open()
{
    if (auto opened = m_writer.open(); !opened)
        return opened;
    if (auto opened = m_reader.open(); !opened)
        return opened;
    return m_reader.run([](Sql &sql) { return checkNotMoved(sql); }).result();
}

QStringList MusterDatabase::tables()
{
    return {u"device_key"_s,    u"account"_s,        u"session"_s, u"api_key"_s, u"link"_s,   u"audit"_s,       u"command"_s,
            u"command_proof"_s, u"device_methods"_s, u"aging"_s,   u"shadow"_s,  u"device"_s, u"device_share"_s};
}

std::span<const Migration> MusterDatabase::steps()
{
    return migrations;
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
