// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/sql.h"

namespace muster::store {

/// A connection beside those of the executor (Database), for the thread that makes it.
class Connection
{
public:
    /// @param dialect outlives this
    explicit Connection(const Dialect &dialect, bool readOnly = false);
    ~Connection();
    Q_DISABLE_COPY_MOVE(Connection)

    /// Opens it, again where it was open. @return Unavailable, or Conflict where waiting does not help: what the database says
    [[nodiscard]] Result<void> open();
    [[nodiscard]] Sql &sql() { return m_sql; }

private:
    QString m_name;
    Sql m_sql;
};

} // namespace muster::store
