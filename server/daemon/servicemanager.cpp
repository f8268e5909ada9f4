// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/daemon/servicemanager.h"

#include <QSocketNotifier>

#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

#ifdef MUSTER_HAS_SYSTEMD
#include <systemd/sd-daemon.h>
#endif

namespace muster {

namespace {

std::array<int, 2> signalPair{-1, -1};

// A handler may only do what is async-signal-safe: write(2) is.
void handleSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(signalPair[0], &byte, sizeof byte);
}

void notify([[maybe_unused]] const char *state)
{
#ifdef MUSTER_HAS_SYSTEMD
    sd_notify(0, state);
#endif
}

} // namespace

ServiceManager::ServiceManager()
    : m_watchdog(this)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, signalPair.data()) == 0) {
        m_signals = std::make_unique<QSocketNotifier>(signalPair[1], QSocketNotifier::Read);
        connect(m_signals.get(), &QSocketNotifier::activated, this, [this] {
            char byte = 0;
            while (::read(signalPair[1], &byte, sizeof byte) > 0) {}
            emit stopRequested();
        });
        for (const int number : {SIGTERM, SIGINT}) {
            struct sigaction action{};
            action.sa_handler = handleSignal;
            action.sa_flags = SA_RESTART;
            sigaction(number, &action, nullptr);
        }
    }
    connect(&m_watchdog, &QTimer::timeout, this, [] { notify("WATCHDOG=1"); });
}

ServiceManager::~ServiceManager()
{
    for (const int number : {SIGTERM, SIGINT})
        std::signal(number, SIG_DFL);
    m_signals.reset();
    for (int &end : signalPair)
        ::close(std::exchange(end, -1));
}

void ServiceManager::ready()
{
    notify("READY=1");
#ifdef MUSTER_HAS_SYSTEMD
    if (uint64_t microseconds = 0; sd_watchdog_enabled(0, &microseconds) > 0)
        m_watchdog.start(std::chrono::milliseconds(microseconds / 2000));
#endif
}

void ServiceManager::stopping()
{
    notify("STOPPING=1");
}

} // namespace muster
