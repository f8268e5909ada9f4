// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/move/tablecopy.h"
#include "server/store/place.h"

#include <functional>

namespace muster::store {

/// What whoever moves a store has to say to it.
struct MoveSteps
{
    std::function<void(const MovedTable &)> told; ///< of each table once it is copied ("muster.audit")
    std::function<Result<void>()> mayGoOn;        ///< asked now and then; an error takes it all back
};

/// Copies all that a server knows to another place, in which there is none of it: files to PostgreSQL, back, or between two of a kind. Each
/// table is read again there and compared. What is there is whole, or not there at all: PostgreSQL gets one transaction, files get their names
/// last. The source is read, and nobody may write it meanwhile. Blocks.
/// What is left behind is marked (see checkNotMoved()) just before, so that there are never two that look as if they counted.
/// @return Conflict where there is a store already, or a table came out different; Unavailable what a database or the disk says
[[nodiscard]] Result<void> moveStore(const Place &from, const Place &to, const MoveSteps &steps);

/// Takes the mark away from what was left behind. @return whether there was one
[[nodiscard]] Result<bool> unmarkStore(const Place &store);

} // namespace muster::store
