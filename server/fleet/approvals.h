// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/fleet/device.h"

#include <QHash>
#include <QSet>

namespace muster::fleet {

/// Every key that still matters (pending, accepted, rejected) and the connections that wait for a decision. A plain value
/// store of the fleet's thread: what is decided here was written before.
class Approvals
{
public:
    /// Strangers may fill this many rows and no more: then those of the most crowded network give way.
    static constexpr qsizetype mostPending = 10'000;
    /// Of one network (see networkOf()): a site enrols in batches, and nobody looks through more from one address.
    static constexpr qsizetype mostPendingPerNetwork = 500;
    /// Keys that were rejected are known again for a while; those that were not seen for the longest are forgotten first.
    static constexpr qsizetype mostRejected = 20'000;

    void load(const QList<store::KeyRecord> &records);

    [[nodiscard]] store::KeyRecord *find(qint64 id);
    [[nodiscard]] store::KeyRecord *find(const QString &deviceId, const QByteArray &keyId);
    [[nodiscard]] const store::KeyRecord *accepted(const QString &deviceId) const;
    [[nodiscard]] bool hasPending(const QString &deviceId) const;
    [[nodiscard]] qsizetype pendingCount() const { return m_pending.size(); }
    /// Other devices, pending or accepted, that hold the same key.
    [[nodiscard]] QStringList twins(const store::KeyRecord &record) const;
    /// Which approvals are looked for.
    struct Query
    {
        QSet<store::KeyState> states{store::KeyState::Pending};
        QString text;     ///< a part of the device's id, the address or the fingerprint; empty: all
        QString network;  ///< as networkOf() gives it; empty: all
        qint64 after = 0; ///< of Fleet::approvals(): the page goes on behind this one; 0: from the newest
    };
    /// Those that match, newest first.
    [[nodiscard]] QList<const store::KeyRecord *> list(const Query &query) const;

    /// The keys that have to give way before one more of `network` may wait: what waits without a connection first, oldest first.
    [[nodiscard]] QList<qint64> crowdedOut(const QString &network) const;
    /// The keys that were not seen since `pendingBefore` and are not connected, and rejected ones since `rejectedBefore`.
    [[nodiscard]] QList<qint64> expired(qint64 pendingBefore, qint64 rejectedBefore) const;
    [[nodiscard]] qsizetype pendingOf(const QString &network) const { return m_pendingByNetwork.value(network).size(); }

    void add(const store::KeyRecord &record);
    /// Takes note of a decision that was written. Replaced and forgotten keys leave.
    void decided(qint64 id, store::KeyState state, qint64 at, const QString &by);
    /// Takes note that a device came again, perhaps from elsewhere.
    void seen(store::KeyRecord &record, qint64 at, const QString &address);
    void remove(qint64 id);

    /// The connection that waits with this key, if one does.
    [[nodiscard]] std::shared_ptr<DeviceLink> waiting(qint64 id) const { return m_waiting.value(id); }
    void setWaiting(qint64 id, const std::shared_ptr<DeviceLink> &link);
    void stopWaiting(qint64 id) { m_waiting.remove(id); }

    /// Ids of records whose attempts or facts changed since they were written.
    [[nodiscard]] QSet<qint64> takeUntold() { return std::exchange(m_untold, {}); }
    void markUntold(qint64 id) { m_untold.insert(id); }

    /// The approval as the operator API shows it.
    [[nodiscard]] QJsonObject toJson(const store::KeyRecord &record) const;

private:
    void noteNetwork(const store::KeyRecord &record, bool isPending);
    [[nodiscard]] QList<qint64> byUselessness(const QSet<qint64> &ids) const;

    QHash<qint64, store::KeyRecord> m_records;
    QMultiHash<QString, qint64> m_byDevice;
    QMultiHash<QByteArray, qint64> m_byKey;
    QSet<qint64> m_pending;
    QHash<QString, QSet<qint64>> m_pendingByNetwork;
    QHash<qint64, std::shared_ptr<DeviceLink>> m_waiting;
    QSet<qint64> m_untold;
};

} // namespace muster::fleet
