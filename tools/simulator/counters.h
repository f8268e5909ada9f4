// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

#include <array>
#include <atomic>

namespace muster::simulator {

/// What all devices did together. Thread-safe.
class Counters
{
public:
    std::atomic<int> connected = 0; ///< now: pending or accepted
    std::atomic<int> accepted = 0;  ///< now
    std::atomic<quint64> sessions = 0;
    std::atomic<quint64> lost = 0;
    std::atomic<quint64> calls = 0;
    std::atomic<quint64> errors = 0;
    std::atomic<quint64> samples = 0;
    std::atomic<quint64> answered = 0; ///< calls of the server

    void addLatency(qint64 microseconds);
    /// @param share 0 to 1 @return microseconds, to 2 % or better; 0 without calls
    [[nodiscard]] qint64 latency(double share) const;
    /// Forgets what was counted over time, keeps what is so now.
    void restart();
    /// @param seconds since restart()
    [[nodiscard]] QJsonObject toJson(double seconds) const;

private:
    // 64 buckets for each doubling, up to a minute.
    static constexpr int bucketsPerDoubling = 64;
    static constexpr int bucketCount = bucketsPerDoubling * 27;
    [[nodiscard]] static int bucketOf(qint64 microseconds);
    [[nodiscard]] static qint64 valueOf(int bucket);

    std::array<std::atomic<quint64>, bucketCount> m_latencies = {};
};

} // namespace muster::simulator
