// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/daemon/stoplimit.h"

#include <condition_variable>
#include <cstring>
#include <mutex>

#include <unistd.h>

namespace muster {

namespace {

constexpr char said[] = "musterd: the database does not answer: what was not acknowledged yet is given up\n";

} // namespace

StopLimit::StopLimit(int code, std::chrono::seconds longest)
    : m_thread([code, longest](const std::stop_token &stop) {
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
