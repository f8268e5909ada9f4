// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QByteArray>
#include <QSslConfiguration>
#include <QStringList>

namespace muster {

/// A server's certificate with its chain, and the key that fits it.
struct TlsFiles
{
    QSslConfiguration configuration;
    QStringList warnings; ///< what will keep some clients away, one line each; it can be served all the same
};

/// Reads both PEM files and holds them against each other: a key that does not fit shows only when the first client comes.
/// @return InvalidParams in one line: which file, what is wrong with it, what to do
[[nodiscard]] Result<TlsFiles> readTlsFiles(const QString &certificatePath, const QString &keyPath);

} // namespace muster
