// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/backend.h"
#include "mock/mockconnection.h"

#include <memory>
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
    ~MockBackend() override;

    /// The mode of that name ("default", "empty", …, "signed-out", "setup").
    [[nodiscard]] static std::optional<Mode> modeFromName(QStringView name);
    [[nodiscard]] static QStringList modeNames();

    /// Connects; call it once the screens are there, as with a real server.
    void start();
    [[nodiscard]] MockFleet &fleet() { return *m_fleet; }
    /// What the role of who is signed in allows, from the next sign-in on: "viewer", "operator" or "admin".
    void setRole(const QString &role) { m_role = role; }
    /// Breaks the connection, and mends it by retryNow().
    void breakConnection();
    /// Lets the fleet change once, now.
    void step();

    [[nodiscard]] QString serverAddress() const override;
    [[nodiscard]] qint64 now() const override;
    void call(const QString &method, const QJsonObject &params, QObject *context, const Reply &reply) override;

public slots:
    void signIn(const QString &user, const QString &password) override;
    void redeem(const QString &tokenOrLink) override;
    void completeSetup(const QString &tokenOrLink, const QString &user, const QString &password) override;
    void signOut() override;
    void retryNow() override;

private:
    void becomeReady(const QString &user);

    Mode m_mode;
    bool m_moving;
    QString m_role = QStringLiteral("admin");
    std::unique_ptr<MockFleet> m_fleet;
    std::unique_ptr<MockConnection> m_connection;
    QTimer m_live;
};

} // namespace muster
