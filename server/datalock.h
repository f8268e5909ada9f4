// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QString>

#include <memory>

namespace muster {

/// A data folder that belongs to this process, until it goes away. The system lets it go with the process, however that ends, and
/// taking it needs no room: a server that was killed on a full disk starts there again.
class DataLock
{
public:
    /// From any thread.
    /// @return Conflict where another server uses the folder, Unavailable where its lock cannot be made
    [[nodiscard]] static Result<std::unique_ptr<DataLock>> take(const QString &folder);
    ~DataLock();
    Q_DISABLE_COPY_MOVE(DataLock)

private:
    DataLock(const QByteArray &path, int file);

    const QByteArray m_path;
    const int m_file;
};

} // namespace muster
