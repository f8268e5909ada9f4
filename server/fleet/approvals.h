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
    /// Strangers may fill this many rows and no more; an operator decides or rejects to make room.
    static constexpr qsizetype mostPending = 10'000;

    void load(const QList<store::KeyRecord> &records);

    [[nodiscard]] store::KeyRecord *find(qint64 id);
    [[nodiscard]] store::KeyRecord *find(const QString &deviceId, const QByteArray &keyId);
    [[nodiscard]] const store::KeyRecord *accepted(const QString &deviceId) const;
    [[nodiscard]] bool hasPending(const QString &deviceId) const;
    [[nodiscard]] qsizetype pendingCount() const { return m_pending.size(); }
    /// Other devices, pending or accepted, that hold the same key.
    [[nodiscard]] QStringList twins(const store::KeyRecord &record) const;
    /// Newest first, at most `limit`.
    [[nodiscard]] QList<const store::KeyRecord *> list(const QSet<store::KeyState> &states, qsizetype limit) const;

    void add(const store::KeyRecord &record);
    /// Takes note of a decision that was written. Replaced and forgotten keys leave.
    void decided(qint64 id, store::KeyState state, qint64 at, const QString &by);

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
    void remove(qint64 id);

    QHash<qint64, store::KeyRecord> m_records;
    QMultiHash<QString, qint64> m_byDevice;
    QMultiHash<QByteArray, qint64> m_byKey;
    QSet<qint64> m_pending;
    QHash<qint64, std::shared_ptr<DeviceLink>> m_waiting;
    QSet<qint64> m_untold;
};

} // namespace muster::fleet
