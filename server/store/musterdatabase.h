// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/database.h"

namespace muster::store {

/// Keys, accounts, commands, audit: muster.db, or the schema of that name. One writer whose commits reach the disk, one reader beside it.
/// Thread-safe.
class MusterDatabase
{
public:
    explicit MusterDatabase(const std::shared_ptr<const Dialect> &dialect);
    /// In an SQLite file.
    explicit MusterDatabase(const QString &path);

    /// The schema that this program writes.
    [[nodiscard]] static int newestSchema();

    /// The tables of what is to be kept, each after those that its rows belong to.
    [[nodiscard]] static QStringList tables();
    /// The steps of its schema.
    [[nodiscard]] static std::span<const Migration> steps();

    /// @return Conflict as well where all of it was moved to another place (see moveStore)
    [[nodiscard]] Result<void> open();
    /// The time by which what is kept grows old, as it was kept last, ms since 1970; 0: never. See AgingClock.
    [[nodiscard]] QFuture<Result<qint64>> aging();
    [[nodiscard]] QFuture<Result<int>> keepAging(qint64 time);
    [[nodiscard]] Database &writer() { return m_writer; }
    [[nodiscard]] Database &reader() { return m_reader; }

private:
    Database m_writer;
    Database m_reader;
};

} // namespace muster::store
