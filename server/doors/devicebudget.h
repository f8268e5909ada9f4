// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <chrono>
#include <optional>

namespace muster::doors {

/// What an accepted device may ask of the server in a while: its key was accepted, but it may have been taken over, or gone mad.
/// Fills up with time (a token bucket). Not thread-safe.
class DeviceBudget
{
public:
    struct Rates
    {
        double messages = 100;     ///< a second, requests and notifications together; 0: no limit
        double bytes = 512 * 1024; ///< a second
        bool operator==(const Rates &) const = default;
    };

    explicit DeviceBudget(const Rates &rates);

    /// Takes a message out of the budget. @param now as steadyNow()
    /// @return nothing where it was in it; else after how long it will be
    [[nodiscard]] std::optional<std::chrono::milliseconds> spend(qsizetype bytes, qint64 now);

private:
    Rates m_rates;
    double m_messages;
    double m_bytes;
    qint64 m_at = 0;
};

} // namespace muster::doors
