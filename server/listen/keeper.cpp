// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen/keeper.h"

#include "server/steadytime.h"

#include <vector>

#ifdef __GLIBC__
#include <malloc.h>
#endif

using namespace std::chrono_literals;

namespace muster::listen {

namespace {

/// Deadlines are seconds: one timer for all of a thread's connections.
constexpr auto every = 1s;
/// After so many connections what they held is worth giving back to the system, which takes some milliseconds.
constexpr int endedBeforeTrim = 200;
constexpr qint64 trimAtMostEvery = 5'000;

} // namespace

Keeper::Keeper()
    : m_ticks(this)
{
    connect(&m_ticks, &QTimer::timeout, this, &Keeper::tick);
    m_ticks.start(every);
}

Keeper::~Keeper()
{
    const auto connections = std::exchange(m_connections, {});
    for (Connection *connection : connections) {
        connection->disconnect(this);
        connection->end(Ending::Stopped);
        delete connection;
    }
}

void Keeper::keep(Connection *connection)
{
    m_connections.insert(connection);
    connect(connection, &Connection::ended, this, [this, connection] {
        m_connections.erase(connection);
        ++m_endedSince;
    });
}

void Keeper::release(Connection *connection)
{
    connection->disconnect(this);
    m_connections.erase(connection);
}

void Keeper::tick()
{
    const qint64 now = steadyNow();
    // One that ends leaves, and may take others along.
    const std::vector<Connection *> connections(m_connections.cbegin(), m_connections.cend());
    for (Connection *connection : connections) {
        if (m_connections.contains(connection))
            connection->tick(now);
    }
    trim(now);
    emit ticked(now);
}

void Keeper::trim(qint64 now)
{
    if (m_endedSince < endedBeforeTrim || now - m_trimmedAt < trimAtMostEvery)
        return;
    m_endedSince = 0;
    m_trimmedAt = now;
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

} // namespace muster::listen
