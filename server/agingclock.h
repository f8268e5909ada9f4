// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/steadytime.h"

#include <QMutex>

#include <chrono>
#include <functional>

namespace muster {

/// The time by which what is kept grows old. A clock that is wrong by two years for ten minutes must not empty the databases: when the
/// system's clock runs ahead of what is known, this one goes on as before, and follows only once that has lasted for a day. Thread-safe.
class AgingClock
{
public:
    using Clock = std::function<qint64()>;
    /// So far the system's clock may be ahead of what is known: servers stand still over a long weekend.
    static constexpr std::chrono::milliseconds tolerance = std::chrono::days(3);
    /// So long a jump must last to be believed.
    static constexpr std::chrono::milliseconds believedAfter = std::chrono::hours(24);

    /// @param wall ms since 1970  @param steady ms of a clock that nobody can set
    explicit AgingClock(Clock wall = systemTime, Clock steady = steadyNow);

    /// Until then it is the system's clock. @param known the time that it said last, ms since 1970; 0: none
    void begin(qint64 known);
    /// Ms since 1970. Says once in the log when it stops to follow the system's clock.
    [[nodiscard]] qint64 now();

private:
    [[nodiscard]] static qint64 systemTime();

    const Clock m_wall;
    const Clock m_steady;
    QMutex m_mutex;
    qint64 m_base = 0; ///< 0: not begun
    qint64 m_baseAt = 0;
    qint64 m_jumpedAt = -1;
};

} // namespace muster
