// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen/refusals.h"

#include "server/steadytime.h"

#include <QLoggingCategory>
#include <QMutex>

using namespace Qt::Literals::StringLiterals;

namespace muster::listen {

namespace {

Q_LOGGING_CATEGORY(logRefused, "muster.listen.refused")

/// A person reads no more, and a flood must not fill the disk.
constexpr int linesPerSecond = 20;
constexpr qint64 second = 1000;

} // namespace

void noteRefusal(const QHostAddress &address, int status, const QString &why)
{
    static QMutex mutex;
    static qint64 since = 0;
    static int lines = 0;
    static int silent = 0;
    const QMutexLocker lock(&mutex);
    if (const qint64 now = steadyNow(); now - since >= second) {
        if (silent > 0)
            qCInfo(logRefused) << silent << "more requests were refused in that second";
        since = now;
        lines = silent = 0;
    }
    if (++lines > linesPerSecond)
        ++silent;
    else
        qCInfo(logRefused).noquote() << (address.isNull() ? u"-"_s : address.toString()) << status << why;
}

} // namespace muster::listen
