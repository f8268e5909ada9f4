// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QString>

namespace muster::store {

/// The folder into which a store is moved: its files are made apart and get their names once they are whole. What was begun and not finished
/// goes with this object, or with the next one.
class FileTarget
{
public:
    explicit FileTarget(QString folder);
    ~FileTarget();
    Q_DISABLE_COPY_MOVE(FileTarget)

    /// @return Conflict where there are such files already
    [[nodiscard]] Result<void> begin();
    /// The folder of files that are not whole yet.
    [[nodiscard]] QString unfinished() const;
    /// Nobody has them open.
    [[nodiscard]] Result<void> finish();

private:
    QString m_folder;
    bool m_hasBegun = false;
    bool m_isNew = false; ///< there was no such folder
};

} // namespace muster::store
