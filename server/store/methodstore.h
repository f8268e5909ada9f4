// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/musterdatabase.h"

#include <QJsonObject>

namespace muster::store {

/// What devices can be asked to do, as they last said it. Thread-safe. KeyStore::forget() removes a device's.
class MethodStore
{
public:
    explicit MethodStore(MusterDatabase &database)
        : m_database(database)
    {
    }

    struct Seen
    {
        QJsonObject document; ///< OpenRPC
        qint64 at = 0;        ///< ms since 1970, UTC
    };
    /// Keeps what a device has just said.
    [[nodiscard]] QFuture<Result<int>> keep(const QString &deviceId, const QJsonObject &document, qint64 at);
    /// @return NotFound where it has never said anything
    [[nodiscard]] QFuture<Result<Seen>> find(const QString &deviceId);

private:
    MusterDatabase &m_database;
};

} // namespace muster::store
