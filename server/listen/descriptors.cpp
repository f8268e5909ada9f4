// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen/descriptors.h"

#include <QtGlobal>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

namespace muster::listen {

namespace {

/// More than any machine serves from one process; some systems say "infinite".
constexpr qint64 most = 1'048'576;
/// Where the system has no such limit.
constexpr qint64 guessed = 16'384;

} // namespace

qint64 raiseDescriptorLimit()
{
#ifdef Q_OS_UNIX
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return guessed;
    const rlim_t wanted = std::min<rlim_t>(limit.rlim_max, static_cast<rlim_t>(most));
    if (limit.rlim_cur < wanted) {
        rlimit raised = limit;
        raised.rlim_cur = wanted;
        if (setrlimit(RLIMIT_NOFILE, &raised) == 0)
            limit = raised;
    }
    return static_cast<qint64>(std::min<rlim_t>(limit.rlim_cur, static_cast<rlim_t>(most)));
#else
    return guessed;
#endif
}

} // namespace muster::listen
