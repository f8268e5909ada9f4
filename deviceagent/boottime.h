// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

namespace muster::agent {

/// Milliseconds since the machine started, time in suspend included. Nothing sets this clock: it only moves forward.
[[nodiscard]] qint64 bootTime();

} // namespace muster::agent
