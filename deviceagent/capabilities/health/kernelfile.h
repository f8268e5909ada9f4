// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>

namespace muster::agent {

/// What a file of /proc or /sys says: they have no size, and are read until they end. @return nothing where it cannot be read,
/// also when its driver says so only now (a sensor that is off)
[[nodiscard]] inline QByteArray kernelFile(const QString &path, qint64 mostBytes = 256 * 1024)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly | QIODevice::Unbuffered) ? file.read(mostBytes) : QByteArray();
}

} // namespace muster::agent
