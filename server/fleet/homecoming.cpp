// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/homecoming.h"

#include "server/steadytime.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::fleet {

namespace {

/// Percent of the fleet that was there: some devices are switched off meanwhile.
constexpr int nearlyAll = 99;

} // namespace

void Homecoming::begin()
{
    m_expected = m_away.size();
    m_began = steadyNow();
}

bool Homecoming::noteReturn(const QString &id)
{
    if (!m_away.remove(id) || m_took || returned() * 100 < m_expected * nearlyAll)
        return false;
    m_took = std::chrono::ceil<std::chrono::seconds>(std::chrono::milliseconds(steadyNow() - m_began));
    return true;
}

QJsonObject Homecoming::toJson() const
{
    QJsonObject object{{"expected"_L1, expected()}, {"returned"_L1, returned()}};
    if (m_took)
        object.insert("seconds"_L1, static_cast<qint64>(m_took->count()));
    return object;
}

} // namespace muster::fleet
