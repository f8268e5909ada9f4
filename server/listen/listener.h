// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"
#include "server/listen/iothread.h"

#include <QTcpServer>

#include <vector>

namespace muster::listen {

/// The one port: accepts with a long backlog and spreads connections over the I/O threads. Lives in any thread with an event loop.
class Listener : public QTcpServer
{
    Q_OBJECT

public:
    /// @param threads the I/O threads; they outlive the listener
    explicit Listener(std::vector<std::unique_ptr<IoThread>> &threads);

    /// Listens, or says why not and what to do. @param port 0 for a free one
    [[nodiscard]] Result<void> open(const QHostAddress &address, quint16 port);

signals:
    void accepted();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    std::vector<std::unique_ptr<IoThread>> &m_threads;
    size_t m_next = 0;
};

} // namespace muster::listen
