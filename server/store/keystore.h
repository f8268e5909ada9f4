// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/auditstore.h"

#include <optional>

namespace muster::store {

enum class KeyState { Pending, Accepted, Rejected, Replaced, Forgotten };
[[nodiscard]] QString keyStateName(KeyState state);
[[nodiscard]] KeyState keyStateFromName(QStringView name);

/// One key that one device id presented, and what became of it. `id` is the id of its approval.
struct KeyRecord
{
    qint64 id = 0;
    QString deviceId;
    QByteArray spki;
    QByteArray keyId;
    QString algorithm;
    int bits = 0;
    KeyState state = KeyState::Pending;
    qint64 firstSeen = 0;
    qint64 lastSeen = 0;
    int attempts = 1;
    QString address;
    QJsonObject machine;
    QJsonObject agent;
    qint64 clockAhead = 0; ///< ms
    std::optional<qint64> decidedAt;
    QString decidedBy;
};

/// The life of device keys in muster.db. Thread-safe.
class KeyStore
{
public:
    explicit KeyStore(MusterDatabase &database)
        : m_database(database)
    {
    }

    /// Every key that still matters: pending, accepted, rejected.
    [[nodiscard]] QFuture<Result<QList<KeyRecord>>> load();
    /// Keeps a key that was presented; one that was replaced or forgotten before becomes pending again.
    /// @return its id
    [[nodiscard]] QFuture<Result<qint64>> present(const KeyRecord &record);
    /// Updates what is told beside the key: last seen, attempts, address, machine, agent, clock.
    [[nodiscard]] QFuture<Result<int>> touch(const QList<KeyRecord> &records);
    /// Writes a decision and its audit entry together. Accepting a key replaces the device's accepted one. @return Conflict for a device
    /// that is trusted by something else than a key
    [[nodiscard]] QFuture<Result<int>> decide(qint64 id, KeyState state, const AuditEntry &entry);
    /// Rejects keys that wait, with one audit entry for all of them.
    [[nodiscard]] QFuture<Result<int>> reject(const QList<qint64> &ids, const AuditEntry &entry);
    /// Removes keys that wait or were rejected, as if they had never been shown.
    [[nodiscard]] QFuture<Result<int>> remove(const QList<qint64> &ids);
    /// Takes the device's record and its accepted key away and detaches its commands, with the audit entry.
    [[nodiscard]] QFuture<Result<int>> forget(const QString &deviceId, const AuditEntry &entry);

private:
    MusterDatabase &m_database;
};

} // namespace muster::store
