// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QReadWriteLock>
#include <QString>

#include <optional>

namespace muster::fleet {

/// Whose token is which, so that a door can ask before it lets anybody in. Knows hashes alone. Thread-safe.
class TokenBook
{
public:
    /// What is kept of a token: its SHA-256. It is random, so no slow hash is needed.
    [[nodiscard]] static QByteArray hashOf(const QByteArray &token);

    /// @param hash see hashOf()
    [[nodiscard]] std::optional<QString> deviceOf(const QByteArray &hash) const;
    /// The device has this token from now on, and no other. @param hash empty: none
    void set(const QString &deviceId, const QByteArray &hash);

private:
    mutable QReadWriteLock m_lock;
    QHash<QByteArray, QString> m_devices; ///< by hash
    QHash<QString, QByteArray> m_hashes;  ///< by device
};

} // namespace muster::fleet
