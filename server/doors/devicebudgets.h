// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/doors/devicebudget.h"

#include <QHash>
#include <QMutex>
#include <QString>

#include <memory>

namespace muster::doors {

/// The budget of one device, whatever connection it has just now. Thread-safe.
class SharedBudget
{
public:
    explicit SharedBudget(const DeviceBudget::Rates &rates)
        : m_budget(rates)
        , m_rates(rates)
    {
    }

    struct Spent
    {
        std::optional<std::chrono::milliseconds> wait; ///< none: it was in it
        bool isDeaf = false;                           ///< the device was told often enough, and goes on
    };
    /// See DeviceBudget::spend(). @param messages that it counts for
    [[nodiscard]] Spent spend(qsizetype bytes, int messages, qint64 now);

private:
    friend class DeviceBudgets;
    QMutex m_mutex;
    DeviceBudget m_budget;
    const DeviceBudget::Rates m_rates;
    double m_refusedMessages = 0; ///< what was refused, less what the rates give meanwhile
    double m_refusedBytes = 0;
    qint64 m_usedAt = 0;
};

/// The budgets of all devices: one that comes again and again has no other than before. Thread-safe.
class DeviceBudgets
{
public:
    explicit DeviceBudgets(const DeviceBudget::Rates &rates)
        : m_rates(rates)
    {
    }

    /// @param holder of the budget, by whatever name it proved itself
    [[nodiscard]] std::shared_ptr<SharedBudget> of(const QString &holder);

private:
    void tidy(qint64 now);

    DeviceBudget::Rates m_rates;
    QMutex m_mutex;
    QHash<QString, std::shared_ptr<SharedBudget>> m_budgets;
    qsizetype m_tidiedAt = 0; ///< how many there were
};

} // namespace muster::doors
