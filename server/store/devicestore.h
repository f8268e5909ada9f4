// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/auditstore.h"
#include "server/store/musterdatabase.h"

#include <QHash>
#include <QSet>

#include <optional>

namespace muster::store {

/// What a device is trusted by.
enum class CredentialKind {
    Signed,      ///< a key of its own, with which it signs every message
    Certificate, ///< a client certificate, in the TLS handshake
    Token,       ///< a secret that it shows
    Secret,      ///< a secret that it signs with, and the server knows as well
};
[[nodiscard]] QString credentialName(CredentialKind kind);

/// What is kept of a device itself.
struct DeviceRecord
{
    QString id;
    QString name; ///< that people gave it; empty: none
    QString door; ///< the protocol that it speaks
    CredentialKind credential = CredentialKind::Signed;
    QByteArray tokenHash; ///< SHA-256; empty: it has none (any more)
    qint64 tokenAt = 0;   ///< when that was given, or taken back, ms since 1970
    QString tokenBy;
    qint64 madeAt = 0;
    QString madeBy;
};

/// The devices' own records in muster.db. KeyStore writes those of accepted keys, and removes all. Thread-safe.
class DeviceStore
{
public:
    explicit DeviceStore(MusterDatabase &database)
        : m_database(database)
    {
    }

    /// All of them; for the start.
    [[nodiscard]] QFuture<Result<QList<DeviceRecord>>> load();
    /// Makes a device without a key, with the audit entry. @return Conflict where there is one of this id
    [[nodiscard]] QFuture<Result<int>> add(const DeviceRecord &record, const AuditEntry &entry);
    /// Gives a device another token, or none (empty), with the audit entry. @return how many devices that were: 0 for one without tokens
    [[nodiscard]] QFuture<Result<int>> setToken(const QString &id, const QByteArray &hash, const AuditEntry &entry);
    /// Gives a device another name, or none (empty), with the audit entry.
    [[nodiscard]] QFuture<Result<int>> rename(const QString &id, const QString &name, const AuditEntry &entry);

    /// Who each device is shared with: accounts by device; for the start.
    [[nodiscard]] QFuture<Result<QHash<QString, QSet<qint64>>>> loadShares();
    /// Shares a device with these accounts and nobody else, with the audit entry. Accounts that are gone are left out.
    /// @return with how many; NotFound where there is no such device
    [[nodiscard]] QFuture<Result<int>> share(const QString &id, const QSet<qint64> &accounts, const AuditEntry &entry);

private:
    MusterDatabase &m_database;
};

} // namespace muster::store
