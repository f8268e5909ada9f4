// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/tokenbook.h"

#include <QCryptographicHash>

namespace muster::fleet {

QByteArray TokenBook::hashOf(const QByteArray &token)
{
    return QCryptographicHash::hash(token, QCryptographicHash::Sha256);
}

std::optional<QString> TokenBook::deviceOf(const QByteArray &hash) const
{
    const QReadLocker locker(&m_lock);
    const auto found = m_devices.constFind(hash);
    return found == m_devices.cend() ? std::nullopt : std::optional(*found);
}

void TokenBook::set(const QString &deviceId, const QByteArray &hash)
{
    const QWriteLocker locker(&m_lock);
    m_devices.remove(m_hashes.take(deviceId));
    if (hash.isEmpty())
        return;
    m_devices.insert(hash, deviceId);
    m_hashes.insert(deviceId, hash);
}

} // namespace muster::fleet
