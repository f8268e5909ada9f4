// SPDX-License-Identifier: GPL-3.0-or-later
// A wall clock that a test sets, for one program: loaded before it (LD_PRELOAD), this adds to CLOCK_REALTIME the nanoseconds that the
// file MUSTER_CLOCK_SHIFT holds (8 bytes, as the machine has them; looked at anew each time). Every other clock stays as it is, as when
// an administrator or NTP sets the clock. What waits in the kernel until a time of day is not moved.
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <ctime>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

constexpr int64_t second = 1'000'000'000;

int64_t shift()
{
    static const auto *const value = []() -> const std::atomic<int64_t> * {
        const char *const path = std::getenv("MUSTER_CLOCK_SHIFT"); // clazy:exclude=raw-environment-function
        const int file = path ? ::open(path, O_RDONLY | O_CLOEXEC) : -1;
        if (file < 0)
            return nullptr;
        void *const bytes = ::mmap(nullptr, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
        ::close(file);
        return bytes == MAP_FAILED ? nullptr : static_cast<const std::atomic<int64_t> *>(bytes);
    }();
    return value ? value->load() : 0;
}

} // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec *time) noexcept
{
    const auto code = static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
    if (code != 0 || (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE))
        return code;
    const int64_t all = (time->tv_sec * second) + time->tv_nsec + shift();
    time->tv_sec = all / second;
    time->tv_nsec = all % second;
    return 0;
}

int gettimeofday(timeval *time, void * /*zone*/) noexcept
{
    timespec now{};
    const int code = clock_gettime(CLOCK_REALTIME, &now);
    *time = {.tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / 1000};
    return code;
}

time_t time(time_t *time) noexcept
{
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    if (time)
        *time = now.tv_sec;
    return now.tv_sec;
}
}
