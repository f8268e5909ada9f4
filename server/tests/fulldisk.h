// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <csignal>
#include <sys/resource.h>

namespace muster::test {

/// While it lives, no file of this process can be written behind its first bytes, as on a disk that is full or fails: SQLite is told
/// EFBIG by the kernel. It needs no rights, as a disk of a few MiB would.
class FullDisk
{
public:
    FullDisk()
    {
        (void)std::signal(SIGXFSZ, SIG_IGN);
        if (getrlimit(RLIMIT_FSIZE, &m_before) != 0)
            qFatal("no limit of files");
        rlimit none = m_before;
        none.rlim_cur = 512;
        if (setrlimit(RLIMIT_FSIZE, &none) != 0)
            qFatal("the limit of files stays");
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }
    Q_DISABLE_COPY_MOVE(FullDisk)

private:
    rlimit m_before{};
};

} // namespace muster::test
