// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QProcessEnvironment>
#include <QStringList>

namespace muster::agent {

/// Where container engines listen on this machine, the likeliest first.
/// @param configured the one to use whatever else is there; empty: look for one
[[nodiscard]] QStringList engineSockets(const QString &configured, const QProcessEnvironment &environment);

/// The first of these sockets that is there and may be used.
/// @return its path; Unavailable where none is there, Forbidden where none may be used: what to do about it
[[nodiscard]] Result<QString> usableEngineSocket(const QStringList &paths);

} // namespace muster::agent
