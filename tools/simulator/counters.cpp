// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/simulator/counters.h"

#include <algorithm>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace muster::simulator {

int Counters::bucketOf(qint64 microseconds)
{
    const double value = std::max(1.0, static_cast<double>(microseconds));
    return std::min(bucketCount - 1, static_cast<int>(std::log2(value) * bucketsPerDoubling));
}

qint64 Counters::valueOf(int bucket)
{
    return std::llround(std::exp2((bucket + 0.5) / bucketsPerDoubling));
}

void Counters::addLatency(qint64 microseconds)
{
    ++m_latencies[static_cast<size_t>(bucketOf(microseconds))];
}

qint64 Counters::latency(double share) const
{
    quint64 all = 0;
    for (const auto &count : m_latencies)
        all += count;
    auto left = static_cast<quint64>(std::ceil(static_cast<double>(all) * share));
    for (int bucket = 0; bucket < bucketCount && all > 0; ++bucket) {
        const quint64 here = m_latencies[static_cast<size_t>(bucket)];
        if (here >= left)
            return valueOf(bucket);
        left -= here;
    }
    return 0;
}

void Counters::restart()
{
    for (std::atomic<quint64> *count : {&sessions, &lost, &calls, &errors, &samples, &answered})
        *count = 0;
    for (auto &count : m_latencies)
        count = 0;
}

QJsonObject Counters::toJson(double seconds) const
{
    const auto number = [](quint64 value) { return static_cast<qint64>(value); };
    const auto milliseconds = [this](double share) { return static_cast<double>(latency(share)) / 1000; };
    const double span = std::max(seconds, 1e-3);
    return {
        {"seconds"_L1, std::round(seconds * 1000) / 1000},
        {"connected"_L1, connected.load()},
        {"accepted"_L1, accepted.load()},
        {"sessions"_L1, number(sessions)},
        {"lost"_L1, number(lost)},
        {"calls"_L1, number(calls)},
        {"calls_per_second"_L1, std::round(static_cast<double>(calls) / span * 10) / 10},
        {"errors"_L1, number(errors)},
        {"samples"_L1, number(samples)},
        {"samples_per_second"_L1, std::round(static_cast<double>(samples) / span * 10) / 10},
        {"answered"_L1, number(answered)},
        {"latency_ms"_L1, QJsonObject{{"p50"_L1, milliseconds(0.5)},
                                      {"p90"_L1, milliseconds(0.9)},
                                      {"p99"_L1, milliseconds(0.99)},
                                      {"p999"_L1, milliseconds(0.999)}}},
    };
}

} // namespace muster::simulator
