// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/daemon/stoplimit.h"

#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>

#include <unistd.h>

namespace muster {

namespace {

/// Below what service managers wait for (systemd: 90 s).
constexpr std::chrono::seconds longest{20};
constexpr char said[] = "musterd: the database does not answer: what was not acknowledged yet is given up\n";

} // namespace

StopLimit::StopLimit(int code)
    : m_thread([code](const std::stop_token &stop) {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        wake.wait_for(lock, stop, longest, [] { return false; });
        if (stop.stop_requested())
            return;
        (void)!::write(STDERR_FILENO, said, std::strlen(said));
        ::_exit(code);
    })
{
}

} // namespace muster
