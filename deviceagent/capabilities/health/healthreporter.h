// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/capabilities/health/samplering.h"
#include "deviceagent/link/serverlink.h"

namespace muster::agent {

/// Brings samples to the server: in batches while it is there, later while it is not. The last few minutes wait in memory and
/// go to disk only when they cannot be sent, so that a device on flash does not wear it out.
class HealthReporter : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        QString ringPath;
        int ringCapacity = SampleRing::dayOfSamples;
        std::chrono::milliseconds every = std::chrono::minutes(5);
        /// Batches at once are at least this far apart, however much a value jumps about.
        std::chrono::milliseconds urgentEvery = std::chrono::minutes(1);
        /// Devices that come back together do not all send what they kept in the same second.
        std::chrono::milliseconds backlogWithin = std::chrono::seconds(20);
    };

    HealthReporter(ServerLink &link, const QString &bootId, const Options &options, QObject *parent = nullptr);
    /// Keeps what was not sent.
    ~HealthReporter() override;

    /// @param sample its `time` is ignored; @param bootTime when it was taken
    void add(const HealthSample &sample, qint64 bootTime);
    /// Sends soon instead of with the next batch.
    void hurry();

private:
    void report();
    void sendNext();
    void finish(const Answer &answer, qsizetype fromRing, qsizetype fromMemory);
    void keep();
    [[nodiscard]] QList<HealthSample> timed(const QList<StoredSample> &samples) const;

    ServerLink &m_link;
    const Options m_options;
    const quint32 m_boot;
    SampleRing m_ring;
    QList<StoredSample> m_recent;
    QTimer m_timer;
    qint64 m_reportedAt = 0;
    bool m_isSending = false;
    bool m_owesReport = false; ///< a report came due before the first sample did
};

} // namespace muster::agent
