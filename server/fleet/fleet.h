// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/async.h"
#include "server/fleet/enrolment.h"
#include "server/fleet/healthboard.h"
#include "server/fleet/presenceboard.h"
#include "server/fleet/records.h"
#include "server/fleet/shadowboard.h"

namespace muster::fleet {

/// All devices, their keys, presence and health: puts its parts together, and is the way to a device. Lives in one thread and owns all
/// state; use it and its parts from elsewhere through inThreadOf(&fleet, …). Knows links, not sockets, and the store, not SQL.
class Fleet : public QObject
{
    Q_OBJECT

public:
    Fleet(store::KeyStore &keys, store::DeviceStore &devices, store::TelemetryStore &telemetry, store::ShadowStore &shadows,
          Counters &counters);
    ~Fleet() override;

    /// Loads keys and what was last known. Blocks; call before the fleet's thread starts.
    [[nodiscard]] Result<void> load();
    /// The time by which keys, samples and history grow old, ms since 1970; the system's clock without it. Set before the thread starts.
    void setAging(const std::function<qint64()> &clock);

    [[nodiscard]] const Registry &registry() const { return m_registry; }
    [[nodiscard]] const PresenceBoard &presence() const { return m_presence; }
    [[nodiscard]] HealthBoard &health() { return m_health; }
    [[nodiscard]] Enrolment &enrolment() { return m_enrolment; }
    [[nodiscard]] Records &records() { return m_records; }
    [[nodiscard]] ShadowBoard &shadows() { return m_shadows; }
    [[nodiscard]] History &history() { return m_history; }
    [[nodiscard]] EventStream &events() { return m_events; }

    /// Takes in a verified introduction: the link is told its standing, and kept when it may stay.
    void introduce(const std::shared_ptr<DeviceLink> &link, const Introduction &introduction);
    /// A device has said more about itself since. @param machine,agent as of an introduction; what is empty stays as it was
    void describe(const QString &deviceId, const QJsonObject &machine, const QJsonObject &agent, qint64 bootedAt);

    /// Whether the device is there and can do this.
    [[nodiscard]] bool can(const QString &id, Ability ability) const;

    [[nodiscard]] QFuture<Result<QJsonValue>> call(const QString &id, const QString &method, const QJsonObject &params,
                                                   std::chrono::milliseconds timeout);
    /// Calls a method of a device that answers with a stream; see DeviceLink::openStream(). After an error the stream is closed with it.
    [[nodiscard]] QFuture<Result<QJsonValue>> openStream(const QString &id, const QString &method, const QJsonObject &params, qint64 credit,
                                                         std::chrono::milliseconds timeout, const std::shared_ptr<DeviceStream> &stream);

    /// Says goodbye to every device and writes what is not written. Blocks until it is; call last, in the fleet's thread.
    void shutDown();

signals:
    /// A device with an accepted key is there, and has been told so: it takes calls.
    void cameOnline(const QString &deviceId);

private:
    void introduceByToken(const std::shared_ptr<DeviceLink> &link, const Introduction &introduction);
    void accept(const std::shared_ptr<DeviceLink> &link, const Introduction &introduction, Device &device, const QString &reason);
    void tokenEnded(const QString &id, const QString &reason);
    void keyAccepted(const AcceptedKey &key);
    void letGo(const QString &id, const QString &by);
    void welcome(Device &device, const QString &reason);
    void linkClosed(DeviceLink *link, const QString &reason);
    void noteCall(const QString &id, const QString &method, const QJsonObject &params);
    void save();
    [[nodiscard]] QList<QFuture<Result<int>>> writeUnsaved();

    store::KeyStore &m_keys;
    store::TelemetryStore &m_telemetry;
    std::function<qint64()> m_aging;
    Approvals m_approvals;
    History m_history;
    EventStream m_events;
    Registry m_registry;
    PresenceBoard m_presence;
    HealthBoard m_health;
    Enrolment m_enrolment;
    Records m_records;
    ShadowBoard m_shadows;
    QTimer m_saves;
};

} // namespace muster::fleet
