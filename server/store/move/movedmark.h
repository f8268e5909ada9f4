// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/sql.h"

namespace muster::store {

/// A store that was moved elsewhere stays behind as it was, with a mark, so that nobody goes on with it by mistake.
/// @return Conflict: where it was moved to, and when, and what to do
[[nodiscard]] Result<void> checkNotMoved(Sql &sql);
/// @param place it was moved to @param time ms since 1970, UTC
[[nodiscard]] Result<void> markAsMoved(Sql &sql, const QString &place, qint64 time);
/// @return whether there was a mark
[[nodiscard]] Result<bool> removeMovedMark(Sql &sql);

} // namespace muster::store
