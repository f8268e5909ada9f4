// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>

namespace muster::agent {

/// How long to wait before dialling again: exponential with full jitter, so that a fleet whose server restarted does not come
/// back in step.
class Delays
{
public:
    /// @param random gives numbers from 0 to below 1; the system's generator when empty
    explicit Delays(std::function<double()> random = {});

    /// From 0 to 1 s, then to 2 s, … at most 5 minutes; all of it random.
    [[nodiscard]] std::chrono::milliseconds next();
    /// From 0 to 1 s: for another server, which does not know yet that the first one is gone.
    [[nodiscard]] std::chrono::milliseconds soon();
    /// From 5 to 10 minutes: for a server that will not have this device before a person changes something.
    [[nodiscard]] std::chrono::milliseconds nextSlow();
    /// From so long to half as long again: for a server that says when it has room. The others' share of that is random too.
    [[nodiscard]] std::chrono::milliseconds nextAfter(std::chrono::milliseconds asked);
    /// The link was good: begin again from the shortest.
    void reset() { m_attempt = 0; }

private:
    std::function<double()> m_random;
    int m_attempt = 0;
};

} // namespace muster::agent
