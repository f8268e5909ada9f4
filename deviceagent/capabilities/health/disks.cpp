// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/health/disks.h"

#include "deviceagent/capabilities/patterns.h"

#include <QFile>
#include <QLoggingCategory>
#include <QSet>
#include <QThreadPool>

#include <array>
#include <condition_variable>
#include <mutex>

#include <sys/statvfs.h>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

Q_LOGGING_CATEGORY(logDisks, "muster.agent.health", QtInfoMsg)

/// A host of containers has tens of thousands of mounts; a line is as long as the options of an overlay.
constexpr qint64 mostMountBytes = 16LL * 1024 * 1024;
constexpr qint64 lineBytes = 64LL * 1024;
/// Threads that wait for a dead file system each; with more of them, nothing is measured any more.
constexpr qsizetype mostHanging = 3;
constexpr int restAfterMs = 1000;
constexpr auto momentToEnd = std::chrono::milliseconds(200);

/// In memory: full is their normal state, and no disk is.
constexpr std::array<QByteArrayView, 4> inMemory{"tmpfs", "ramfs", "devtmpfs", "rootfs"};
/// On flash without a block device, and pools of disks: their sources are no files of /dev.
constexpr std::array<QByteArrayView, 5> withoutDevice{"ubifs", "jffs2", "yaffs", "yaffs2", "zfs"};
/// Somewhere else, also where the root of the machine is.
constexpr std::array<QByteArrayView, 8> elsewhere{"nfs", "nfs4", "cifs", "smb3", "9p", "virtiofs", "ceph", "autofs"};

struct Mount
{
    QByteArray device; ///< "major:minor" of the file system, the same for all its mounts and subvolumes
    QByteArray point;  ///< as it is escaped
};

/// mountinfo writes blanks and backslashes in octal.
QString unescape(const QByteArray &field)
{
    QByteArray plain;
    for (qsizetype i = 0; i < field.size(); ++i) {
        bool isOctal = false;
        const int code = field[i] == '\\' && i + 3 < field.size() ? field.sliced(i + 1, 3).toInt(&isOctal, 8) : 0;
        if (isOctal)
            i += 3;
        plain.append(isOctal ? static_cast<char>(code) : field[i]);
    }
    return QFile::decodeName(plain);
}

bool canFill(const QByteArray &kind, const QByteArray &source, const QByteArray &point, const QByteArray &superOptions)
{
    // The file system's own option: a unit's ProtectSystem= mounts everything read-only for this process alone.
    if (superOptions.split(',').contains("ro"))
        return false;
    if (std::ranges::contains(inMemory, kind) || std::ranges::contains(elsewhere, kind) || kind == "fuse" || kind.startsWith("fuse."))
        return false;
    if (source.startsWith("/dev/zram") || source.startsWith("/dev/ram"))
        return false;
    // The root of an embedded system is often an overlay.
    return source.startsWith("/dev/") || std::ranges::contains(withoutDevice, kind) || point == "/";
}

/// Never deleted: who deletes a pool waits for its threads, and one of these may never come back.
QThreadPool &threads()
{
    static QThreadPool *const pool = [] {
        auto *made = new QThreadPool;
        made->setMaxThreadCount(static_cast<int>(mostHanging) + 1);
        made->setExpiryTimeout(restAfterMs);
        return made;
    }();
    return *pool;
}

std::optional<qint64> statDisk(const QString &mountPoint)
{
    struct statvfs about = {};
    if (::statvfs(QFile::encodeName(mountPoint).constData(), &about) != 0 || about.f_blocks == 0)
        return {};
    // What root keeps for itself counts neither as used nor as free.
    const quint64 used = about.f_blocks - about.f_bfree;
    const quint64 whole = used + about.f_bavail;
    return whole == 0 ? 1000 : static_cast<qint64>((used * 1000 + whole - 1) / whole);
}

} // namespace

QStringList mountsThatFill(QIODevice &mountInfo, const QStringList &leaveOut)
{
    QList<Mount> mounts;
    qint64 bytes = 0;
    bool isBegin = true;
    while (bytes < mostMountBytes) {
        const QByteArray line = mountInfo.readLine(lineBytes);
        if (line.isEmpty())
            break;
        bytes += line.size();
        // The rest of a line that was too long tells nothing.
        if (!std::exchange(isBegin, line.endsWith('\n')))
            continue;
        // ID parent major:minor root point options [fields…] - kind source super-options
        const QList<QByteArray> fields = line.trimmed().split(' ');
        const qsizetype dash = fields.indexOf("-", 6);
        if (dash < 0 || dash + 3 >= fields.size())
            continue;
        const QByteArray &point = fields[4];
        // What was mounted there before cannot be seen any more.
        mounts.removeIf([&point](const Mount &hidden) { return hidden.point == point; });
        if (canFill(fields[dash + 1], fields[dash + 2], point, fields[dash + 3]))
            mounts.append({.device = fields[2], .point = point});
    }
    QStringList points;
    QSet<QByteArray> seen;
    for (const Mount &mount : std::as_const(mounts)) {
        const QString point = unescape(mount.point);
        if (matchesOne(leaveOut, point) || seen.contains(mount.device))
            continue;
        seen.insert(mount.device);
        points.append(point);
    }
    return points;
}

/// One measurement: shared with its thread, and left to it where that does not come back.
struct DiskUse::Round
{
    std::mutex mutex;
    std::condition_variable ended;
    QString at; ///< the mount point that is being asked
    qint64 fullest = HealthSample::missing;
    bool isDone = false;

    [[nodiscard]] bool hasEnded()
    {
        const std::lock_guard lock(mutex);
        return isDone;
    }

    void run(const QString &root, const QStringList &leaveOut, const QStringList &hanging, const Measure &measure)
    {
        QFile mountInfo(root + "/proc/self/mountinfo"_L1);
        QStringList points;
        if (mountInfo.open(QIODevice::ReadOnly))
            points = mountsThatFill(mountInfo, leaveOut);
        qint64 most = HealthSample::missing;
        for (const QString &point : std::as_const(points)) {
            if (hanging.contains(point))
                continue;
            {
                const std::lock_guard lock(mutex);
                at = point;
            }
            if (const std::optional<qint64> used = measure(point))
                most = qMax(most, *used);
        }
        {
            const std::lock_guard lock(mutex);
            fullest = most;
            isDone = true;
        }
        ended.notify_all();
    }
};

DiskUse::DiskUse(const QString &root, const QStringList &leaveOut, Measure measure)
    : m_root(root)
    , m_leaveOut(leaveOut)
    , m_measure(measure ? std::move(measure) : statDisk)
{
}

DiskUse::~DiskUse()
{
    if (!m_round)
        return;
    std::unique_lock lock(m_round->mutex);
    m_round->ended.wait_for(lock, momentToEnd, [this] { return m_round->isDone; });
}

void DiskUse::refresh()
{
    m_fullest = fullest();
    m_hanging.removeIf([](const std::shared_ptr<Round> &round) { return round->hasEnded(); });
    if (m_round && !m_round->hasEnded()) {
        const std::lock_guard lock(m_round->mutex);
        qCWarning(logDisks).noquote() << "the file system at" << m_round->at << "does not answer: it is left out until it does";
        m_hanging.append(m_round);
    }
    m_round.reset();
    if (m_hanging.size() >= mostHanging) {
        m_fullest = HealthSample::missing;
        return;
    }
    QStringList hanging;
    for (const std::shared_ptr<Round> &round : std::as_const(m_hanging)) {
        const std::lock_guard lock(round->mutex);
        hanging.append(round->at);
    }
    m_round = std::make_shared<Round>();
    if (!threads().tryStart([round = m_round, root = m_root, leaveOut = m_leaveOut, hanging, measure = m_measure] {
            round->run(root, leaveOut, hanging, measure);
        }))
        m_round.reset(); // the next time
}

qint64 DiskUse::fullest()
{
    if (m_round) {
        const std::lock_guard lock(m_round->mutex);
        if (m_round->isDone)
            m_fullest = m_round->fullest;
    }
    return m_fullest;
}

} // namespace muster::agent
