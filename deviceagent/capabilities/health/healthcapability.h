// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/capabilities/health/healthreporter.h"
#include "deviceagent/capabilities/health/reading.h"
#include "deviceagent/capabilities/health/thresholds.h"
#include "deviceagent/capabilities/registry.h"

namespace muster::agent {

/// Samples this machine's health, reports it, and streams it while somebody looks.
class HealthCapability : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        std::chrono::milliseconds sampleEvery = std::chrono::seconds(10);
        HealthReporter::Options report;
    };

    HealthCapability(ServerLink &link, const QString &bootId, HealthReader reader, const Options &options, QObject *parent = nullptr);

    /// Adds Health.Get and Health.Stream. The registry must not outlive this object's last event.
    void addMethods(Registry &registry);
    void start();
    /// Whose temperature the last sample has; empty: none.
    [[nodiscard]] const QString &temperatureSensor() const { return m_reader.temperatureSensor(); }

private:
    void takeSample();
    [[nodiscard]] Answer stream(const QJsonObject &params);
    void streamSample();
    [[nodiscard]] HealthSample sampleNow();

    ServerLink &m_link;
    const Options m_options;
    HealthReader m_reader;
    HealthReporter m_reporter;
    Thresholds m_thresholds;
    std::optional<Reading> m_last;
    HealthSample m_lastSample;
    QTimer m_sampling;

    // Of the live stream, which has its own earlier readings:
    QTimer m_streaming;
    std::optional<Reading> m_lastStreamed;
    qint64 m_streamUntil = 0;
};

} // namespace muster::agent
