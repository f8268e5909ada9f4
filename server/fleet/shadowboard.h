// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/fleet/enrolment.h"
#include "server/fleet/history.h"
#include "server/fleet/registry.h"
#include "server/store/shadowstore.h"

namespace muster::fleet {

/// What people want devices to be, and what devices report: keeps both, and tells a device what differs, when it changes and when the
/// device is there again. Lives in the fleet's thread.
class ShadowBoard : public QObject
{
    Q_OBJECT

public:
    /// All of them must outlive this.
    ShadowBoard(store::ShadowStore &shadows, store::TelemetryStore &telemetry, Registry &registry, History &history, EventStream &events,
                QObject *parent);

    /// Once the registry has its devices. Blocks; call before the fleet's thread starts.
    [[nodiscard]] Result<void> load();

    /// The document: {state: {desired, reported, delta}, metadata, version, timestamp, …}; see docs/protocol.md, "Shadow".
    [[nodiscard]] Result<QJsonObject> document(const QString &deviceId) const;
    /// The same if it changed since `version`, which is brought up to date; null otherwise. @param version 0: it was never seen
    [[nodiscard]] Result<std::optional<QJsonObject>> documentSince(const QString &deviceId, quint64 &version) const;
    /// The document, for the device itself: what differs counts as told.
    [[nodiscard]] Result<QJsonObject> fetch(const QString &deviceId);
    /// Merges a patch (RFC 7396) into what is wanted of a device.
    /// @param version what whoever asks has seen last; 0: whatever there is
    /// @return the document, when it is stored; Conflict with `version` where there is another one, TooLarge beyond limits::desiredBytes
    [[nodiscard]] QFuture<Result<QJsonObject>> desire(const QString &deviceId, const QJsonObject &patch, qint64 version, const Decider &by);
    /// Merges a patch into what a device reports of itself. @return when it is stored; TooLarge beyond limits::stateBytes
    [[nodiscard]] QFuture<Result<QJsonValue>> report(const QString &deviceId, const QJsonObject &patch);

    /// The device takes calls (again): it is told what differs.
    void resume(Device &device) { tell(device, true); }

private:
    /// The document shows something else than before.
    void touch(Device &device);
    /// @param again also where it was told the same before
    void tell(Device &device, bool again);
    void told(const QString &deviceId, quint32 generation, qint64 version, const Result<QJsonValue> &answer);

    store::ShadowStore &m_shadows;
    store::TelemetryStore &m_telemetry;
    Registry &m_registry;
    History &m_history;
    EventStream &m_events;
};

} // namespace muster::fleet
