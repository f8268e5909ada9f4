// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/sql.h"

#include <span>

namespace muster::store {

/// One step of a schema: a .sql file below store/sql, or one of the same name below store/sql/DIALECT where that has its own. Its place in
/// the list, counted from 1, is the version it leads to.
using Migration = QLatin1StringView;

/// Brings a database to the newest version, each step in a transaction of its own together with the version, so that a
/// crash between steps resumes. A database that is newer than this program is refused and left untouched.
[[nodiscard]] Result<void> migrate(Sql &sql, std::span<const Migration> steps);

/// Brings one to the newest version within the caller's transaction.
[[nodiscard]] Result<void> migrateAtOnce(Sql &sql, std::span<const Migration> steps);

/// What to say of a database that a newer program wrote.
[[nodiscard]] std::unexpected<Error> newerSchema(int version, int newest);

/// The statements of a .sql text, split at semicolons that end a line.
[[nodiscard]] QStringList splitStatements(const QString &text);

} // namespace muster::store
