// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/statetree.h"
#include "server/store/auditstore.h"
#include "server/store/musterdatabase.h"

#include <QHash>

#include <functional>

namespace muster::store {

/// What people want a device to be.
struct Desired
{
    StateTree state;
    qint64 version = 0;   ///< rises with each change; 0: nothing was ever wanted
    qint64 changedAt = 0; ///< ms since 1970
    QString changedBy;
};

/// What people want devices to be. Thread-safe. KeyStore::forget() removes a device's.
class ShadowStore
{
public:
    explicit ShadowStore(MusterDatabase &database)
        : m_database(database)
    {
    }

    /// Everything there is, by device; for the start.
    [[nodiscard]] QFuture<Result<QHash<QString, Desired>>> load();
    /// Changes what is wanted of a device, and writes it into the audit, in one commit. Changes of one device follow each other.
    /// @param change gives what takes the place of what is there; its error changes nothing. Runs in the database's thread, maybe again
    /// @return what is there now; NotFound where there is no such device
    [[nodiscard]] QFuture<Result<Desired>> change(const QString &deviceId, const std::function<Result<Desired>(const Desired &)> &change,
                                                  const AuditEntry &entry);

private:
    MusterDatabase &m_database;
};

} // namespace muster::store
