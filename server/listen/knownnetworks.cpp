// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen/knownnetworks.h"

namespace muster::listen {

namespace {

/// A large fleet, each device at an address of its own: about 100 bytes each.
constexpr qsizetype mostKnown = 200'000;

} // namespace

void KnownNetworks::note(const QString &network, Admission::Lane lane)
{
    const QMutexLocker lock(&m_mutex);
    if (const auto known = m_lanes.find(network); known != m_lanes.end()) {
        *known = std::min(*known, lane); // the better one
        return;
    }
    if (m_lanes.size() >= mostKnown)
        m_lanes.erase(m_lanes.constBegin()); // any: it costs a turn
    m_lanes.insert(network, lane);
}

Admission::Lane KnownNetworks::laneOf(const QString &network) const
{
    const QMutexLocker lock(&m_mutex);
    return m_lanes.value(network, Admission::Lane::Strangers);
}

} // namespace muster::listen
