// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/listen/listener.h"
#include "server/settings.h"

#include <QMutex>

#include <memory>

namespace muster {

/// What a server that does not lead shows at its port: health checks hear that it stands by, everybody else where to go. Keeps nothing and
/// reads no database. The thread that makes it needs an event loop.
class Standby
{
public:
    /// @param settings outlive this
    Standby(const Settings &settings, std::shared_ptr<const Signer> signer);
    ~Standby();
    Q_DISABLE_COPY_MOVE(Standby)

    [[nodiscard]] Result<void> start();
    /// Who leads, as people reach it; empty: nobody. @param trouble why that is not known; empty: it is. Thread-safe.
    void setLeader(const QString &url, const QString &trouble = {});
    [[nodiscard]] quint16 port() const { return m_listener ? m_listener->serverPort() : 0; }

private:
    struct Leader
    {
        QString url;
        QString trouble;
    };
    [[nodiscard]] Leader leader() const;
    void take(listen::HttpFront &front);
    void answer(listen::HttpFront &front) const;

    const Settings &m_settings;
    std::shared_ptr<const Signer> m_signer;
    mutable QMutex m_mutex;
    Leader m_leader;
    listen::ConnectionCounts m_counts;
    listen::KnownNetworks m_known;
    listen::Keeper m_keeper; ///< of those that are answered, in this object's thread
    std::unique_ptr<listen::Rooms> m_rooms;
    std::vector<std::unique_ptr<listen::IoThread>> m_threads;
    std::unique_ptr<listen::Listener> m_listener;
};

} // namespace muster
