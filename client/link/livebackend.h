// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/backend.h"
#include "client/link/liveaccount.h"
#include "client/link/livelink.h"
#include "client/link/restclient.h"

#include <QUrl>

namespace muster {

/// The backend of a real server: REST to sign in, the live socket for all else. Connects again by itself.
class LiveBackend : public Backend
{
    Q_OBJECT

public:
    using Backend::Backend;

    /// @param server http or https; its path is the prefix of /api/v2
    /// @param token a session token or API key; empty where none is known
    void open(const QUrl &server, const QString &token = {}) { m_link.open({server}, token); }
    /// Of several servers that share a database, the one that leads. @param servers the first is tried first
    void open(const QList<QUrl> &servers, const QString &token) { m_link.open(servers, token); }
    void close() { m_link.close(); }
    /// A short-lived session token, for who wants to keep it. Empty when signed out.
    [[nodiscard]] QString token() const { return m_rest.token(); }

    [[nodiscard]] LiveLink *link() override { return &m_link; }
    [[nodiscard]] LiveAccount *account() override { return &m_account; }
    [[nodiscard]] ServerClock *clock() override { return &m_clock; }
    [[nodiscard]] FleetWatch *fleet() override { return m_fleet; }

private:
    // Each knows those above it only.
    ServerClock m_clock;
    RestClient m_rest;
    LiveLink m_link{&m_rest, &m_clock};
    LiveAccount m_account{&m_rest, &m_link};
    FleetWatch *m_fleet = new FleetWatch(&m_link);
};

} // namespace muster
