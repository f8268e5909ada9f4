// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/health.h"

#include <QFile>

namespace muster::agent {

/// A sample that waits to be sent. Until the server was heard from its time is only as good as the device's clock; then it
/// is set by the boot clock, as long as the machine has not started again in between.
struct StoredSample
{
    HealthSample sample;
    qint64 bootTime = 0; ///< when it was taken, by agent::bootTime()
    quint32 boot = 0;    ///< which boot that was
    bool isServerTime = false;
    bool operator==(const StoredSample &) const = default;
};

/// Samples on disk while the server is away: a file of fixed size, oldest given up first. Survives a power cut with the loss
/// of what was being written. One thread.
class SampleRing
{
public:
    /// A day of samples, one every ten seconds: about 800 KiB.
    static constexpr int dayOfSamples = 24 * 60 * 6;

    /// Opens the file, or makes it. What cannot be read is begun anew, with a warning in the log.
    explicit SampleRing(const QString &path, int capacity = dayOfSamples);

    [[nodiscard]] bool isUsable() const { return m_file.isOpen(); }
    [[nodiscard]] qsizetype count() const { return static_cast<qsizetype>(m_next - m_first); }
    void append(const QList<StoredSample> &samples);
    /// The oldest samples; broken ones are left out, so it may hold fewer than it took. @param taken how many drop() would remove
    [[nodiscard]] QList<StoredSample> oldest(qsizetype most, qsizetype *taken) const;
    void drop(qsizetype count);

private:
    bool readHeader();
    void writeHeader();

    mutable QFile m_file;
    quint64 m_capacity;
    quint64 m_first = 0; ///< numbers of samples ever written; the place in the file is the rest by the capacity
    quint64 m_next = 0;
};

} // namespace muster::agent
