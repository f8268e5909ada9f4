// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/fleet/registry.h"

namespace muster::fleet {

/// The health of the fleet: what every device measured last, live samples while somebody looks, and the packing of what is stored.
/// Lives in the fleet's thread.
class HealthBoard : public QObject
{
    Q_OBJECT

public:
    /// @param telemetry,registry must outlive this
    HealthBoard(store::TelemetryStore &telemetry, Registry &registry, QObject *parent);

    /// In the fleet's thread.
    void start();
    void stop();
    /// See Fleet::setAging().
    void setAging(const std::function<qint64()> &clock) { m_aging = clock; }

    /// Notes health that is stored already; `live` samples are shown, not stored.
    void note(const QString &deviceId, const QList<HealthSample> &samples, bool live);
    /// While anybody watches a device's health, it sends live samples.
    void watch(const QString &id);
    void unwatch(const QString &id);
    /// A device takes calls (again): it sends live samples where somebody watches it.
    void resume(Device &device);

signals:
    void sample(const QString &deviceId, const QJsonObject &sample);

private:
    void rollUp();
    void startStream(Device &device);

    store::TelemetryStore &m_telemetry;
    Registry &m_registry;
    std::function<qint64()> m_aging = QDateTime::currentMSecsSinceEpoch;
    QHash<QString, int> m_watched;
    QTimer m_streams;
    QTimer m_rollUps;
};

} // namespace muster::fleet
