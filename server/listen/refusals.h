// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>

namespace muster::listen {

/// One line in the log for a request that is refused before anybody reads it; a flood of them becomes a count. Thread-safe.
void noteRefusal(const QHostAddress &address, int status, const QString &why);

} // namespace muster::listen
