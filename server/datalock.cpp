// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/datalock.h"

#include <QFile>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

/// False only where the system says so: process ids stand in /proc on Linux.
bool mayRun(qint64 pid)
{
    return pid <= 0 || !QFile::exists(u"/proc/self"_s) || QFile::exists(u"/proc/%1"_s.arg(pid));
}

} // namespace

Result<std::unique_ptr<QLockFile>> lockData(const QString &folder)
{
    auto lock = std::make_unique<QLockFile>(folder + "/muster.lock"_L1);
    lock->setStaleLockTime(0); // a server may run for longer than any time; its process id says whether it still does
    if (lock->tryLock())
        return lock;
    if (lock->error() != QLockFile::LockFailedError)
        return failure(Unavailable, u"data: the folder %1 cannot be written to"_s.arg(folder));
    qint64 pid = 0;
    QString host;
    QString program;
    lock->getLockInfo(&pid, &host, &program);
    // To replace a lock takes a few bytes, and a full disk has none.
    if (!mayRun(pid))
        return failure(Unavailable,
                       u"data: a server that runs no more left its lock in %1, which cannot be replaced: is the disk full? "
                       "Make room, or remove muster.lock there"_s.arg(folder));
    return failure(Conflict,
                   u"data: another Muster server (process %1) uses %2: stop it, or give another folder with --data"_s.arg(pid).arg(folder));
}

} // namespace muster
