// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/doors/devicebudgets.h"

#include "server/steadytime.h"

#include <algorithm>

namespace muster::doors {

namespace {

/// So many messages or bytes over the budget, beside what the rates forgive: this device does not listen to what it is told.
constexpr double refusedAtMost = 2000;
constexpr double refusedBytesAtMost = 8.0 * 1024 * 1024;
/// After so long without a message a budget is full again, whatever it was. ms
constexpr qint64 fullAfter = 60'000;
/// Those that nobody uses any more are looked for when so many have come since.
constexpr qsizetype tidiedEvery = 1000;

} // namespace

SharedBudget::Spent SharedBudget::spend(qsizetype bytes, int messages, qint64 now)
{
    const QMutexLocker locker(&m_mutex);
    // One that passes between many that do not is no sign of listening: only time forgives.
    const double seconds = m_usedAt == 0 ? 0 : static_cast<double>(now - m_usedAt) / 1000;
    m_refusedMessages = std::max(0.0, m_refusedMessages - seconds * m_rates.messages);
    m_refusedBytes = std::max(0.0, m_refusedBytes - seconds * m_rates.bytes);
    m_usedAt = now;
    std::optional<std::chrono::milliseconds> wait;
    for (int i = 0; i < messages && !wait; ++i)
        wait = m_budget.spend(i == 0 ? bytes : 0, now);
    if (wait) {
        m_refusedMessages += messages;
        m_refusedBytes += static_cast<double>(bytes);
    }
    return {.wait = wait, .isDeaf = wait && (m_refusedMessages > refusedAtMost || m_refusedBytes > refusedBytesAtMost)};
}

std::shared_ptr<SharedBudget> DeviceBudgets::of(const QString &holder)
{
    const QMutexLocker locker(&m_mutex);
    auto &budget = m_budgets[holder];
    if (!budget)
        budget = std::make_shared<SharedBudget>(m_rates);
    const std::shared_ptr<SharedBudget> found = budget;
    if (m_budgets.size() > m_tidiedAt + tidiedEvery)
        tidy(steadyNow());
    return found;
}

void DeviceBudgets::tidy(qint64 now)
{
    m_budgets.removeIf([now](const auto &entry) {
        SharedBudget &budget = **entry;
        const QMutexLocker locker(&budget.m_mutex);
        return (*entry).use_count() == 1 && now - budget.m_usedAt > fullAfter;
    });
    m_tidiedAt = m_budgets.size();
}

} // namespace muster::doors
