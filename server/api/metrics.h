// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/counters.h"
#include "server/fleet/commands.h"

namespace muster::api {

/// All counts in Prometheus' text exposition format 0.0.4.
/// @param queued jobs that wait in the database's queue, by database
/// @param historyRows written since the start
[[nodiscard]] QByteArray metricsText(const Counters &counters, const fleet::Counts &fleet, const fleet::Homecoming &homecoming, const fleet::Commands::Open &commands,
                                     quint64 historyRows, const QList<std::pair<QByteArray, qsizetype>> &queued);

} // namespace muster::api
