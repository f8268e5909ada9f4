// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/system/smalldisk.h"

#include <QByteArray>
#include <QFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace muster::test {

namespace {

QString because(const char *what)
{
    return u"%1: %2"_s.arg(QLatin1StringView(what), QString::fromLocal8Bit(strerror(errno)));
}

bool writeInto(const char *path, const QByteArray &text)
{
    QFile file(QString::fromLatin1(path));
    return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write(text) == text.size();
}

} // namespace

SmallDisk::SmallDisk(const QString &folder, int mebibytes)
    : m_folder(folder)
    , m_ballast(folder + "/ballast"_L1)
    , m_trouble(mountAt(mebibytes))
{
}

SmallDisk::~SmallDisk()
{
    // Whoever still writes there keeps it for as long.
    if (m_trouble.isEmpty())
        (void)::umount2(QFile::encodeName(m_folder).constData(), MNT_DETACH);
}

QString SmallDisk::mountAt(int mebibytes) const
{
    const auto user = ::geteuid();
    const auto group = ::getegid();
    if (::unshare(user == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS) != 0)
        return because("no namespace for a mount");
    if (user != 0) {
        // Everybody stays who they are.
        const auto same = [](auto id) { return QByteArray::number(id) + ' ' + QByteArray::number(id) + " 1\n"; };
        if (!writeInto("/proc/self/setgroups", "deny") || !writeInto("/proc/self/uid_map", same(user))
            || !writeInto("/proc/self/gid_map", same(group)))
            return because("no users in the namespace");
    }
    // Nobody else is to see it. In a chroot the root is no mount, and tools/toolchain has seen to it before.
    (void)::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
    const QByteArray size = "size=" + QByteArray::number(mebibytes) + "m,mode=700";
    if (::mount("tmpfs", QFile::encodeName(m_folder).constData(), "tmpfs", MS_NOSUID | MS_NODEV, size.constData()) != 0)
        return because("no tmpfs");
    return {};
}

bool SmallDisk::fill() const
{
    const int file = ::open(QFile::encodeName(m_ballast).constData(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0)
        return false;
    const QByteArray block(64 * 1024, 'x');
    bool isFull = false;
    for (auto size = static_cast<size_t>(block.size()); !isFull;) {
        if (::write(file, block.constData(), size) > 0)
            continue;
        if (errno != ENOSPC)
            break;
        isFull = size == 1;
        size = std::max<size_t>(size / 2, 1);
    }
    ::close(file);
    return isFull;
}

void SmallDisk::makeRoom() const
{
    QFile::remove(m_ballast);
}

} // namespace muster::test
