// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/fleet/decider.h"
#include "server/fleet/eventstream.h"
#include "server/fleet/history.h"
#include "server/fleet/registry.h"

namespace muster::fleet {

/// A key that was accepted by a person at this moment.
struct AcceptedKey
{
    store::KeyRecord record;
    QString by;
    std::shared_ptr<DeviceLink> link; ///< which waited for it; null where none does
    QString door;                     ///< of that link
    QString bootId;
    qint64 bootedAt = 0;
};

/// How keys become devices: those that wait, and what people decide. Lives in the fleet's thread.
class Enrolment : public QObject
{
    Q_OBJECT

public:
    /// All of them must outlive this.
    Enrolment(store::KeyStore &keys, store::TelemetryStore &telemetry, Approvals &approvals, Registry &registry, History &history,
              EventStream &events, QObject *parent);

    /// After this long without a sign of it a key does not wait any more. Call before the fleet's thread starts.
    void setPendingLength(std::chrono::milliseconds length) { m_pendingLength = length; }
    /// Drops what has waited too long. @param time see Fleet::setAging()
    void expire(qint64 time);

    /// A link showed a key that was never seen.
    void present(const std::shared_ptr<DeviceLink> &link, const Introduction &introduction);
    /// A link showed a key that is known and not accepted.
    void wait(const std::shared_ptr<DeviceLink> &link, const Introduction &introduction, const store::KeyRecord &record, Standing standing);
    /// A link has closed. @return whether it waited
    bool linkClosed(DeviceLink *link);
    /// Somebody's wish to forget the device is being written: nothing new begins for it.
    [[nodiscard]] bool isForgetting(const QString &id) const { return m_forgetting.contains(id); }

    /// A page of approvals: {total, items, next?}; what it cannot hold comes with Query::after. @param limit Registry::mostRows at most
    [[nodiscard]] QJsonObject list(const Approvals::Query &query, qsizetype limit = Registry::mostRows) const;
    /// @param fingerprint what the person compared; empty where they did not say. Conflict when it is another key's.
    [[nodiscard]] QFuture<Result<QJsonObject>> decide(qint64 approval, store::KeyState state, const QString &fingerprint,
                                                      const Decider &by);
    /// Rejects all keys that wait from one address, or its whole network (see networkOf()).
    /// @param count how many the person saw; Conflict where they have become more
    [[nodiscard]] QFuture<Result<QJsonObject>> rejectFrom(const QString &address, qsizetype count, const Decider &by);
    /// Takes a device's accepted key away, with all that was kept of it; its commands stay as proofs, detached from the id. The device
    /// is told that it is pending, and comes back like one that was never seen.
    [[nodiscard]] QFuture<Result<QJsonObject>> forget(const QString &id, const Decider &by);

    /// Says goodbye to all that wait.
    void shutDown();

signals:
    /// The device is in the registry.
    void accepted(const muster::fleet::AcceptedKey &key);
    /// The device, which is still in the registry, loses its key: it was forgotten.
    void forgetting(const QString &deviceId, const QString &by);
    void forgotten(const QString &deviceId, const QString &by);

private:
    struct WaitingLink
    {
        qint64 key = 0;
        QString door;
        QString bootId;
        qint64 bootedAt = 0;
    };

    /// Whether a network has shown too many new keys in the last minute.
    [[nodiscard]] bool presentsTooMuch(const QString &network);
    void drop(const QList<qint64> &ids, const QString &reason);
    void decided(qint64 approval, store::KeyState state, qint64 at, const QString &by);
    void rejected(const store::KeyRecord &record, const QString &by);
    [[nodiscard]] QJsonObject forgotNow(const QString &id, const Decider &by);
    void note(const QString &deviceId, const QString &name, const QString &text, const QString &by);

    store::KeyStore &m_keys;
    store::TelemetryStore &m_telemetry;
    Approvals &m_approvals;
    Registry &m_registry;
    History &m_history;
    EventStream &m_events;
    QHash<DeviceLink *, WaitingLink> m_waiting;
    QSet<qint64> m_deciding;
    QSet<QString> m_forgetting;
    QHash<QString, int> m_presented; ///< new keys by network, in this minute
    qsizetype m_presenting = 0;      ///< new keys that are being written
    std::chrono::milliseconds m_pendingLength;
};

} // namespace muster::fleet
