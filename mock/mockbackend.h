// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/backend.h"
#include "mock/mockaccount.h"
#include "mock/mockfleet.h"
#include "mock/mocklink.h"

#include <optional>

namespace muster {

/// The backend of an invented fleet: for design work, screenshots and tests, and to try Muster without a server.
class MockBackend : public Backend
{
    Q_OBJECT

public:
    enum class Mode : quint8 {
        Default,
        Empty,   ///< a server without devices
        Loading, ///< answers never come
        Error,   ///< every call fails
        Offline, ///< the connection broke after the first answers
        Hostile, ///< nasty texts everywhere
        SignedOut,
        Setup, ///< signed out, and nobody has an account yet
    };
    Q_ENUM(Mode)

    /// @param moving false: the clock stands at MockFleet::pictureTime and nothing changes by itself
    explicit MockBackend(Mode mode = Mode::Default, bool moving = true, int devices = 1204, QObject *parent = nullptr);
    /// The mode of that name ("default", "empty", …, "signed-out", "setup").
    [[nodiscard]] static std::optional<Mode> modeFromName(QStringView name);
    [[nodiscard]] static QStringList modeNames();

    /// Connects; call it once the screens are there, as with a real server.
    void start();
    /// What is behind it all.
    [[nodiscard]] MockFleet &invented() { return m_invented; }
    /// What the role of who is signed in allows, from the next sign-in on: "viewer", "operator" or "admin".
    void setRole(const QString &role) { m_account.setRole(role); }
    /// Breaks the connection, and mends it by Link::retryNow().
    void breakConnection() { m_link.breakConnection(); }
    /// Lets the fleet change once, now.
    void step() { m_link.step(); }

    [[nodiscard]] MockLink *link() override { return &m_link; }
    [[nodiscard]] MockAccount *account() override { return &m_account; }
    [[nodiscard]] ServerClock *clock() override { return &m_clock; }
    [[nodiscard]] FleetWatch *fleet() override { return m_fleet; }

private:
    // Each knows those above it only.
    Mode m_mode;
    bool m_moving;
    MockFleet m_invented;
    ServerClock m_clock;
    MockLink m_link;
    MockAccount m_account{&m_invented, &m_link};
    FleetWatch *m_fleet = new FleetWatch(&m_link);
};

} // namespace muster
