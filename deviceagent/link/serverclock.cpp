// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/link/serverclock.h"

#include "deviceagent/boottime.h"

#include <QDateTime>

namespace muster::agent {

qint64 ServerClock::at(qint64 bootTime) const
{
    return bootTime + m_offset.value_or(QDateTime::currentMSecsSinceEpoch() - agent::bootTime());
}

qint64 ServerClock::now() const
{
    return at(bootTime());
}

} // namespace muster::agent
