// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/values/logline.h"

#include <optional>
#include <utility>

namespace muster {

/// How far a log was read. One that broke off is asked for again from there; what comes twice is known, however many lines share a moment.
class LogPlace
{
public:
    /// A line that was read, and is not isKnown().
    void note(const LogLine &line);
    /// Nothing with a time was read yet.
    [[nodiscard]] bool isEmpty() const { return m_ofLast == 0; }
    /// The moment of the last line.
    [[nodiscard]] std::pair<qint64, int> last() const { return m_last; }

    /// The log is asked for again, from resumesAt() on: what was noted comes once more.
    void resume();
    /// Milliseconds since 1970; none: it was never asked for again, or goes on already.
    [[nodiscard]] std::optional<qint64> resumesAt() const;
    /// The line was noted before resume().
    [[nodiscard]] bool isKnown(const LogLine &line);

private:
    std::pair<qint64, int> m_last;
    int m_ofLast = 0; ///< lines of that very moment
    std::optional<std::pair<qint64, int>> m_after;
    int m_skip = 0; ///< lines of that very moment
};

} // namespace muster
