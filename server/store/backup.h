// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QFuture>
#include <QJsonObject>

namespace muster::store {

/// A copy of everything that a server cannot make again, and what shows that it is whole.
struct BackupReport
{
    struct File
    {
        QString name; ///< below the backup's folder
        qint64 bytes = 0;
        QString sha256; ///< in hex, as sha256sum writes it
    };

    QString folder;
    qint64 madeAt = 0; ///< ms since 1970, UTC
    QList<File> files;
    qint64 devices = 0; ///< accepted keys in the copy
    qint64 accounts = 0;

    [[nodiscard]] QJsonObject toJson() const;
};

/// Copies the databases of a running server (SQLite's VACUUM INTO: a consistent picture, while others write) and its keys into a new
/// folder below `data`/backups, reads the copies back (PRAGMA integrity_check, sums, counts) and writes what it found as backup.json
/// and SHA256SUMS beside them. What is begun and fails is removed. Works in a thread of its own; one at a time.
/// @param data the server's data folder
/// @param kept so many backups are left: the oldest go, in that thread too
/// @return what stood in the way: a full disk, a copy that is damaged, another backup that is being made
[[nodiscard]] QFuture<Result<BackupReport>> makeBackup(const QString &data, int kept);

} // namespace muster::store
