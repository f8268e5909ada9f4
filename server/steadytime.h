// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <chrono>

namespace muster {

/// Milliseconds of a clock that nobody can set: for deadlines and everything else that asks how long, never when.
[[nodiscard]] inline qint64 steadyNow()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

} // namespace muster
