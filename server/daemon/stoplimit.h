// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <thread>

namespace muster {

/// Ends the process, where stopping takes longer than it may: what it waits for is a database that does not answer, and what was
/// acknowledged is there already. Lives while something stops.
class StopLimit
{
public:
    /// Below what service managers wait for (systemd: 90 s).
    static constexpr std::chrono::seconds ofServer{20};
    static constexpr std::chrono::seconds ofStandby{2};

    /// @param code of the process where it comes to that
    StopLimit(int code, std::chrono::seconds longest);

private:
    std::jthread m_thread;
};

} // namespace muster
