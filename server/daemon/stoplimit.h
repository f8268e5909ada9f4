// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <thread>

namespace muster {

/// Ends the process, where stopping takes longer than it may: what it waits for is a database that does not answer, and what was
/// acknowledged is there already. Lives while something stops.
class StopLimit
{
public:
    /// @param code of the process where it comes to that
    explicit StopLimit(int code);

private:
    std::jthread m_thread;
};

} // namespace muster
