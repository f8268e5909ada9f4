// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/database.h"

namespace muster::store {

/// muster.db: keys, accounts, commands, audit. One writer whose commits reach the disk, one reader beside it. Thread-safe.
class MusterDatabase
{
public:
    explicit MusterDatabase(const QString &path);

    [[nodiscard]] Result<void> open();
    [[nodiscard]] Database &writer() { return m_writer; }
    [[nodiscard]] Database &reader() { return m_reader; }

private:
    Database m_writer;
    Database m_reader;
};

} // namespace muster::store
