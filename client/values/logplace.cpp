// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/values/logplace.h"

namespace muster {

void LogPlace::note(const LogLine &line)
{
    if (line.time > 0)
        m_ofLast = std::exchange(m_last, line.moment()) == line.moment() ? m_ofLast + 1 : 1;
}

void LogPlace::resume()
{
    if (isEmpty())
        return;
    m_after = m_last;
    m_skip = m_ofLast;
}

std::optional<qint64> LogPlace::resumesAt() const
{
    return m_after ? std::optional(m_after->first) : std::nullopt;
}

bool LogPlace::isKnown(const LogLine &line)
{
    if (!m_after || line.time == 0)
        return false;
    if (line.moment() < *m_after)
        return true;
    if (line.moment() == *m_after && m_skip > 0) {
        --m_skip;
        return true;
    }
    m_after.reset();
    return false;
}

} // namespace muster
