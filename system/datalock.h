// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QString>

#include <memory>

namespace muster {

/// A data folder that belongs to this process, until it goes away. The system lets it go with the process, however that ends, and
/// taking it needs no room: a program that was killed on a full disk starts there again.
class DataLock
{
public:
    /// From any thread. The file goes with the lock.
    /// @param path of the lock's file; its folder is there
    /// @param owner what such programs are called, for the messages
    /// @return Conflict where another one uses the folder, Unavailable where its lock cannot be made; a sentence without its end, for the
    ///         caller's advice
    [[nodiscard]] static Result<std::unique_ptr<DataLock>> take(const QString &path, const QString &owner);
    ~DataLock();
    Q_DISABLE_COPY_MOVE(DataLock)

private:
    DataLock(const QByteArray &path, int file);

    const QByteArray m_path;
    const int m_file;
};

} // namespace muster
