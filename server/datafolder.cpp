// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/datafolder.h"

#include <QDir>
#include <QFile>

using namespace Qt::Literals::StringLiterals;

namespace muster {

Result<std::unique_ptr<DataLock>> takeDataFolder(const QString &folder)
{
    if (!QDir().mkpath(folder))
        return failure(Unavailable, u"data: the folder %1 cannot be made"_s.arg(folder));
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    auto lock = DataLock::take(folder + "/muster.lock"_L1, u"Muster server"_s);
    if (lock)
        return lock;
    const QString advice = lock.error().code == Conflict ? u"stop it, or give another folder with --data"_s
                                                         : u"give another folder with --data"_s;
    return failure(lock.error().code, u"data: %1: %2"_s.arg(lock.error().message, advice));
}

} // namespace muster
