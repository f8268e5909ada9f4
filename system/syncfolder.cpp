// SPDX-License-Identifier: GPL-3.0-or-later
#include "system/syncfolder.h"

#include <QFile>

#include <fcntl.h>
#include <unistd.h>

namespace muster {

bool syncFolder(const QString &folder)
{
    const int file = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0)
        return false;
    const bool isSynced = ::fsync(file) == 0;
    ::close(file);
    return isSynced;
}

} // namespace muster
