// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/counters.h"
#include "server/fleet/commands.h"

namespace muster::api {

/// One database file, by its two threads.
struct DatabaseFacts
{
    QByteArray name;
    const store::Database &writer;
    const store::Database &reader;
};

/// What a server that stands by says of itself. @param database whether the database answers
[[nodiscard]] QByteArray standbyMetricsText(bool database);

/// All counts in Prometheus' text exposition format 0.0.4.
/// @param historyRows written since the start
/// @param epoch of the lease under which this server leads; 0: it shares its database with nobody
[[nodiscard]] QByteArray metricsText(const Counters &counters, const fleet::Counts &fleet, const fleet::Homecoming &homecoming,
                                     const fleet::Commands::Open &commands, quint64 historyRows, qint64 epoch,
                                     std::initializer_list<DatabaseFacts> databases);

} // namespace muster::api
