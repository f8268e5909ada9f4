// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/sql.h"

#include <span>

namespace muster::store {

/// One step of a schema: the resource of a .sql file. Its place in the list, counted from 1, is the version it leads to.
using Migration = QLatin1StringView;

/// Brings a database to the newest version, each step in a transaction of its own together with its `user_version`, so that a
/// crash between steps resumes. A database that is newer than this program is refused and left untouched.
/// @param name for messages: the file's path
[[nodiscard]] Result<void> migrate(Sql &sql, std::span<const Migration> steps, const QString &name);

/// The statements of a .sql text, split at semicolons that end a line.
[[nodiscard]] QStringList splitStatements(const QString &text);

} // namespace muster::store
