// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/signing/keyfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

constexpr qsizetype secretBytes = 64 * 1024;

class Descriptor
{
public:
    explicit Descriptor(int fd)
        : m_fd(fd)
    {
    }
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Q_DISABLE_COPY_MOVE(Descriptor)

    [[nodiscard]] int get() const { return m_fd; }

private:
    int m_fd;
};

QString systemError()
{
    return QString::fromLocal8Bit(std::strerror(errno));
}

std::unexpected<Error> badFile(const QString &path, const QString &problem)
{
    return failure(BadKey, u"%1: %2."_s.arg(path, problem));
}

bool writeAll(int fd, const QByteArray &bytes)
{
    qsizetype written = 0;
    while (written < bytes.size()) {
        const ssize_t n = ::write(fd, bytes.constData() + written, static_cast<size_t>(bytes.size() - written));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        written += n;
    }
    return true;
}

/// Makes the folder and the ones above it, each for its owner alone.
bool makeFolder(const QString &folder)
{
    if (QFileInfo(folder).isDir())
        return true;
    const QString above = QFileInfo(folder).path();
    if (above != folder && !makeFolder(above))
        return false;
    return ::mkdir(QFile::encodeName(folder).constData(), 0700) == 0 || errno == EEXIST;
}

} // namespace

Result<QByteArray> readSecretFile(const QString &path)
{
    const Descriptor file(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.get() < 0) {
        if (errno == ENOENT)
            return failure(NotFound, u"%1: there is no such file."_s.arg(path));
        return badFile(path, u"cannot be read: %1"_s.arg(systemError()));
    }
    // The open file is asked, not its name: nobody can exchange it in between.
    struct stat about = {};
    if (::fstat(file.get(), &about) != 0 || !S_ISREG(about.st_mode))
        return badFile(path, u"is not a plain file"_s);
    if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return badFile(
            path,
            u"others than its owner can get at this private key (mode %1): run chmod 600 on it, and make a new key if it may have been read"_s
                .arg(about.st_mode & 07777, 4, 8, QLatin1Char('0')));
    if (about.st_uid != ::geteuid() && about.st_uid != 0)
        return badFile(path, u"belongs to another user (uid %1)"_s.arg(about.st_uid));
    if (about.st_size > secretBytes)
        return badFile(path, u"is too long for a key (%1 bytes)"_s.arg(about.st_size));

    QByteArray bytes(secretBytes, Qt::Uninitialized);
    qsizetype size = 0;
    while (size < bytes.size()) {
        const ssize_t n = ::read(file.get(), bytes.data() + size, static_cast<size_t>(bytes.size() - size));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return badFile(path, u"cannot be read: %1"_s.arg(systemError()));
        if (n == 0)
            break;
        size += n;
    }
    bytes.truncate(size);
    return bytes;
}

Result<void> writeSecretFile(const QString &path, const QByteArray &bytes)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (!makeFolder(folder))
        return badFile(folder, u"cannot be made: %1"_s.arg(systemError()));

    QByteArray temporary = QFile::encodeName(folder) + "/.key-XXXXXX";
    const QByteArray name = QFile::encodeName(path);
    const Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC)); // mode 0600
    if (file.get() < 0)
        return badFile(folder, u"cannot be written to: %1"_s.arg(systemError()));
    if (!writeAll(file.get(), bytes) || ::fsync(file.get()) != 0) {
        const QString problem = systemError();
        ::unlink(temporary.constData());
        return badFile(path, u"cannot be written: %1"_s.arg(problem));
    }
    // link() refuses an existing name where rename() would replace it; file systems without hard links get the latter.
    if (::link(temporary.constData(), name.constData()) == 0) {
        ::unlink(temporary.constData());
    } else if (errno == EEXIST) {
        ::unlink(temporary.constData());
        return failure(Conflict, u"%1: exists already."_s.arg(path));
    } else if (::rename(temporary.constData(), name.constData()) != 0) {
        const QString problem = systemError();
        ::unlink(temporary.constData());
        return badFile(path, u"cannot be written: %1"_s.arg(problem));
    }
    // The name is durable only when the folder is.
    const Descriptor directory(::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.get() >= 0)
        ::fsync(directory.get());
    return {};
}

} // namespace muster
