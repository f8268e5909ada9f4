// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/boottime.h"

#include <ctime>

namespace muster::agent {

qint64 bootTime()
{
    timespec time = {};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return static_cast<qint64>(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
}

} // namespace muster::agent
