// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/listen/connection.h"

#include <QTimer>

#include <set>

namespace muster::listen {

/// The connections of one thread, whose deadlines it has judged each second. Lives in that thread; ends them all when it goes.
class Keeper : public QObject
{
    Q_OBJECT

public:
    Keeper();
    ~Keeper() override;

    /// Takes a connection in that is in this thread already.
    void keep(Connection *connection);
    /// Lets go of one that moves to another thread.
    void release(Connection *connection);

signals:
    /// After the connections were judged. @param now as steadyNow()
    void ticked(qint64 now);

private:
    void tick();
    void trim(qint64 now);

    std::set<Connection *> m_connections;
    QTimer m_ticks;
    int m_endedSince = 0;   ///< connections, since the heap was trimmed
    qint64 m_trimmedAt = 0; ///< as steadyNow()
};

} // namespace muster::listen
