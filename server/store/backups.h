// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/backup.h"
#include "server/store/place.h"

#include <memory>

namespace muster::store {

/// The backups of one data folder, and what all of it takes on its disk. For any thread: what touches the disk runs in a pool's, and a
/// slow disk holds up nobody who only asks.
class Backups
{
public:
    explicit Backups(const Place &place);

    /// As makeBackup(); how it goes and how it ended is kept for whoever asks later.
    [[nodiscard]] QFuture<Result<BackupReport>> make(int kept) const;
    /// {database, files, backups, free, size}, as measured last; measured anew behind it where that was a while ago. Only the first one waits,
    /// and the first after a backup.
    [[nodiscard]] QFuture<QJsonObject> storage() const;
    /// {state, begun_at?, ended_at?, report?, error?}: "none", "underway", "made" or "failed". Who starts anew knows the newest one that
    /// was made, from its own account of itself.
    [[nodiscard]] QJsonObject last() const;

private:
    struct State;
    static void measure(const std::shared_ptr<State> &state);

    std::shared_ptr<State> m_state; // what the pool's threads hold on to
};

} // namespace muster::store
