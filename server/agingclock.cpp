// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/agingclock.h"

#include <QDateTime>
#include <QLoggingCategory>
#include <QTimeZone>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

Q_LOGGING_CATEGORY(logAging, "muster.server.clock")

} // namespace

AgingClock::AgingClock(Clock wall, Clock steady)
    : m_wall(std::move(wall))
    , m_steady(std::move(steady))
{
}

qint64 AgingClock::systemTime()
{
    return QDateTime::currentMSecsSinceEpoch();
}

void AgingClock::begin(qint64 known)
{
    const QMutexLocker lock(&m_mutex);
    m_base = known > 0 ? known : m_wall();
    m_baseAt = m_steady();
}

qint64 AgingClock::now()
{
    const QMutexLocker lock(&m_mutex);
    const qint64 wall = m_wall();
    if (m_base == 0)
        return wall;
    const qint64 steady = m_steady();
    const qint64 known = m_base + steady - m_baseAt;
    if (wall > known + tolerance.count()) {
        if (m_jumpedAt < 0) {
            m_jumpedAt = steady;
            qCWarning(logAging).noquote()
                << u"the clock says %1, and what is kept here ends at %2: nothing is removed for its age until the clock has said so for a day"_s
                       .arg(QDateTime::fromMSecsSinceEpoch(wall, QTimeZone::UTC).toString(Qt::ISODate),
                            QDateTime::fromMSecsSinceEpoch(known, QTimeZone::UTC).toString(Qt::ISODate));
        }
        if (steady - m_jumpedAt < believedAfter.count())
            return known;
    }
    m_jumpedAt = -1;
    // One that was set back makes things older later, and nothing worse.
    if (wall >= m_base) {
        m_base = wall;
        m_baseAt = steady;
    }
    return wall;
}

} // namespace muster
