// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/simulator/worker.h"

#include "deviceagent/boottime.h"

using namespace std::chrono_literals;

namespace muster::simulator {

namespace {

constexpr auto connectTick = 20ms;
/// Fine enough that calls are spread over a second, coarse enough to cost little itself.
constexpr auto callTick = 2ms;

} // namespace

Worker::Worker(const QList<Seat> &seats, const Options &options, const QSslConfiguration &tls, Counters &counters, double shareOfRates)
    : m_seats(seats)
    , m_options(options)
    , m_tls(tls)
    , m_counters(counters)
    , m_share(shareOfRates)
    , m_connecting(this) // children move to the thread with us
    , m_calling(this)
{
    connect(&m_connecting, &QTimer::timeout, this, &Worker::connectSome);
    m_calling.setTimerType(Qt::PreciseTimer);
    connect(&m_calling, &QTimer::timeout, this, &Worker::callSome);
}

void Worker::start()
{
    m_devices.reserve(static_cast<size_t>(m_seats.size()));
    m_startedAt = m_calledAt = agent::bootTime();
    m_connecting.start(connectTick);
    if (m_options.rate > 0)
        m_calling.start(callTick);
}

void Worker::stop()
{
    m_connecting.stop();
    m_calling.stop();
    m_devices.clear();
}

void Worker::connectSome()
{
    const auto passed = static_cast<double>(agent::bootTime() - m_startedAt) / 1000;
    const auto due = std::min(static_cast<size_t>(passed * m_options.connectRate * m_share) + 1, static_cast<size_t>(m_seats.size()));
    while (m_devices.size() < due) {
        const Seat &seat = m_seats[static_cast<qsizetype>(m_devices.size())];
        m_devices.push_back(std::make_unique<SimulatedDevice>(seat.number, seat.key, m_options, m_tls, m_counters));
        m_devices.back()->start();
    }
    if (m_devices.size() == static_cast<size_t>(m_seats.size()))
        m_connecting.stop();
}

void Worker::callSome()
{
    const qint64 now = agent::bootTime();
    m_owed += static_cast<double>(now - m_calledAt) / 1000 * m_options.rate * m_share;
    m_calledAt = now;
    // After a stall the calls that were not made stay unmade: a burst would measure the burst.
    m_owed = std::min(m_owed, m_options.rate * m_share * 0.1 + 1);
    for (; m_owed >= 1 && !m_devices.empty(); m_owed -= 1) {
        m_next = (m_next + 1) % m_devices.size();
        m_devices[m_next]->call();
    }
}

} // namespace muster::simulator
