// SPDX-License-Identifier: GPL-3.0-or-later
#include "system/datalock.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSysInfo>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

/// Whoever holds the lock removes the file when it stops: what was opened before that may have a name no more.
constexpr int attempts = 100;
/// A process id and two names.
constexpr size_t noteBytes = 1024;

bool isStillNamed(int file, const QByteArray &path)
{
    struct stat opened{};
    struct stat named{};
    return ::fstat(file, &opened) == 0 && ::stat(path.constData(), &named) == 0 && opened.st_dev == named.st_dev
           && opened.st_ino == named.st_ino;
}

/// Who holds it, in the words of QLockFile, which kept this lock before and would take an empty file for one that is held for ever.
/// Only people read it: where the disk has no room for it, the lock is as good.
void note(int file)
{
    const QByteArray text = QByteArray::number(QCoreApplication::applicationPid()) + '\n' + QCoreApplication::applicationName().toUtf8()
                            + '\n' + QSysInfo::machineHostName().toUtf8() + '\n' + QSysInfo::machineUniqueId() + '\n'
                            + QSysInfo::bootUniqueId() + '\n';
    // Over what stands there, whose place on the disk is there already.
    if (::pwrite(file, text.constData(), static_cast<size_t>(text.size()), 0) == text.size())
        (void)!::ftruncate(file, text.size());
    else
        (void)!::ftruncate(file, 0);
}

QString holder(int file)
{
    QByteArray text(noteBytes, '\0');
    const auto length = ::pread(file, text.data(), noteBytes, 0);
    const qint64 pid = length > 0 ? text.first(length).split('\n').first().toLongLong() : 0;
    return pid > 0 ? u" (process %1)"_s.arg(pid) : QString();
}

} // namespace

DataLock::DataLock(const QByteArray &path, int file)
    : m_path(path)
    , m_file(file)
{
}

DataLock::~DataLock()
{
    // While it is held: another one that has the file open finds that it has no name any more, and opens the next.
    if (isStillNamed(m_file, m_path))
        ::unlink(m_path.constData());
    ::close(m_file);
}

Result<std::unique_ptr<DataLock>> DataLock::take(const QString &name, const QString &owner)
{
    const QByteArray path = QFile::encodeName(name);
    const QString folder = QFileInfo(name).path();
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const int file = ::open(path.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
        if (file < 0)
            return failure(Unavailable, u"the folder %1 cannot be written to (%2)"_s.arg(folder, QString::fromLocal8Bit(strerror(errno))));
        if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
            const int why = errno;
            const QString who = holder(file);
            ::close(file);
            if (why == EINTR)
                continue;
            if (why == EWOULDBLOCK)
                return failure(Conflict, u"another %1%2 uses %3"_s.arg(owner, who, folder));
            return failure(Unavailable, u"%1 is on a file system without locks (%2)"_s.arg(folder, QString::fromLocal8Bit(strerror(why))));
        }
        if (isStillNamed(file, path)) {
            note(file);
            return std::unique_ptr<DataLock>(new DataLock(path, file));
        }
        ::close(file);
    }
    return failure(Conflict, u"one %1 after another starts and stops in %2"_s.arg(owner, folder));
}

} // namespace muster
