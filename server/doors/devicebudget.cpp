// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/doors/devicebudget.h"

#include <algorithm>

namespace muster::doors {

namespace {

/// So many seconds' worth may come at once: a device that was away for days sends what it kept.
constexpr double burstSeconds = 20;
/// The largest message fits whatever the rates are.
constexpr double leastBytes = 2.0 * 1024 * 1024;

} // namespace

DeviceBudget::DeviceBudget(const Rates &rates)
    : m_rates(rates)
    , m_messages(rates.messages * burstSeconds)
    , m_bytes(std::max(rates.bytes * burstSeconds, leastBytes))
{
}

std::optional<std::chrono::milliseconds> DeviceBudget::spend(qsizetype bytes, qint64 now)
{
    if (m_rates.messages <= 0)
        return std::nullopt;
    const double seconds = m_at == 0 ? 0 : static_cast<double>(now - m_at) / 1000;
    m_at = now;
    m_messages = std::min(m_messages + seconds * m_rates.messages, m_rates.messages * burstSeconds);
    m_bytes = std::min(m_bytes + seconds * m_rates.bytes, std::max(m_rates.bytes * burstSeconds, leastBytes));
    const auto size = static_cast<double>(bytes);
    if (m_messages >= 1 && m_bytes >= size) {
        m_messages -= 1;
        m_bytes -= size;
        return std::nullopt;
    }
    const double wait = std::max((1 - m_messages) / m_rates.messages, (size - m_bytes) / m_rates.bytes);
    return std::chrono::milliseconds(static_cast<qint64>(std::max(wait, 0.0) * 1000) + 1);
}

} // namespace muster::doors
