// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/link/addresses.h"

namespace muster::agent {

namespace {

constexpr int mostLed = 3;

/// Two spellings of one place.
bool isSame(const QUrl &a, const QUrl &b)
{
    const int usual = a.scheme() == QLatin1StringView("wss") ? 443 : 80;
    return a.scheme() == b.scheme() && a.host() == b.host() && a.port(usual) == b.port(usual);
}

} // namespace

void Addresses::lead(const QUrl &url)
{
    if (m_led == mostLed || isSame(url, current()))
        return;
    ++m_led;
    m_isSent = true;
    const auto known = std::ranges::find_if(m_all, [&url](const QUrl &one) { return isSame(one, url); });
    m_leader = known == m_all.end() ? url : QUrl();
    if (known != m_all.end())
        m_at = known - m_all.begin();
}

void Addresses::worked()
{
    m_tried = 0;
    m_led = 0;
}

bool Addresses::next()
{
    if (std::exchange(m_isSent, false))
        return true;
    // Somewhere that only a server named is not tried for ever.
    if (!m_leader.isEmpty()) {
        m_leader.clear();
        return true;
    }
    m_at = (m_at + 1) % m_all.size();
    if (++m_tried < m_all.size())
        return true;
    m_tried = 0;
    m_led = 0;
    return false;
}

} // namespace muster::agent
