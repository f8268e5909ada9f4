// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/link/delays.h"

#include <QRandomGenerator>

#include <algorithm>

using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace muster::agent {

namespace {

constexpr milliseconds shortest = 1s;
constexpr milliseconds longest = 5min;
constexpr int doublings = 9; // 1 s · 2^9 is above `longest` already

milliseconds share(milliseconds of, double part)
{
    return milliseconds(static_cast<milliseconds::rep>(static_cast<double>(of.count()) * part));
}

} // namespace

Delays::Delays(std::function<double()> random)
    : m_random(random ? std::move(random) : [] { return QRandomGenerator::system()->generateDouble(); })
{
}

milliseconds Delays::next()
{
    const milliseconds most = std::min(longest, shortest * (1 << m_attempt));
    m_attempt = std::min(m_attempt + 1, doublings);
    return share(most, m_random());
}

milliseconds Delays::soon()
{
    return share(shortest, m_random());
}

milliseconds Delays::nextSlow()
{
    return longest + share(longest, m_random());
}

milliseconds Delays::nextAfter(milliseconds asked)
{
    const milliseconds least = std::max<milliseconds>(asked, shortest);
    return least + share(least / 2, m_random());
}

} // namespace muster::agent
