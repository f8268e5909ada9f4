// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/health.h"

#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace muster::agent {

/// The mount points of the file systems of this machine that can fill up: written to, on a disk or on flash, each once however
/// often it is mounted. Not those that are full by design (read-only ones), in memory, or somewhere else in the network.
/// @param mountInfo of /proc/self/mountinfo, see proc_pid_mountinfo(5)
/// @param leaveOut mount points that nobody wants to hear of; one may end in "*"
[[nodiscard]] QStringList mountsThatFill(QIODevice &mountInfo, const QStringList &leaveOut);

/// How full the fullest of them is. Whoever asks a file system may have to wait for ever (a disk that dies, a program behind it
/// that hangs): this is done in a thread of its own, which is left behind then, and the others are measured without that one.
class DiskUse
{
public:
    /// Used share of a mounted file system in permille, as df counts it. @return nothing for one without blocks
    using Measure = std::function<std::optional<qint64>(const QString &mountPoint)>;

    /// @param root the folder that holds /proc; empty but for tests
    DiskUse(const QString &root, const QStringList &leaveOut, Measure measure);
    /// Gives a measurement that is under way a moment to end.
    ~DiskUse();
    Q_DISABLE_COPY_MOVE(DiskUse)

    /// Begins to measure anew. One that is under way still by then hangs.
    void refresh();
    /// Permille, of the last measurement that ended; HealthSample::missing before.
    [[nodiscard]] qint64 fullest();

private:
    struct Round;

    const QString m_root;
    const QStringList m_leaveOut;
    const Measure m_measure;
    qint64 m_fullest = HealthSample::missing;
    std::shared_ptr<Round> m_round;
    QList<std::shared_ptr<Round>> m_hanging;
};

} // namespace muster::agent
