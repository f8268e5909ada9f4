// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/counters.h"
#include "server/fleet/fleet.h"

namespace muster::fleet {

/// What an accepted device may ask of the server: a table of its own, deny by default. Thread-safe; doors call it from their
/// I/O threads, so that decoding does not burden the fleet's thread.
class DeviceCalls
{
public:
    DeviceCalls(Fleet &fleet, store::TelemetryStore &telemetry, Counters &counters);

    /// Answers a request. A ready future answers at once.
    [[nodiscard]] QFuture<Result<QJsonValue>> call(const QString &deviceId, const QString &method, const QJsonObject &params);
    /// Takes a notification in; what is not understood is dropped.
    void notify(const QString &deviceId, const QString &method, const QJsonObject &params);

private:
    [[nodiscard]] QFuture<Result<QJsonValue>> healthReport(const QString &deviceId, const QJsonObject &params);

    Fleet &m_fleet;
    store::TelemetryStore &m_telemetry;
    Counters &m_counters;
};

} // namespace muster::fleet
