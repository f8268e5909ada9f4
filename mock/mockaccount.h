// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/account.h"

namespace muster {

class MockFleet;
class MockLink;

/// Lets everybody in who does not say "wrong". One thread.
class MockAccount : public Account
{
    Q_OBJECT

public:
    /// @param fleet knows who is signed in; it and `link` must outlive this
    MockAccount(MockFleet *fleet, MockLink *link, QObject *parent = nullptr);

    /// What the role of who is signed in allows, from the next sign-in on: "viewer", "operator" or "admin".
    void setRole(const QString &role) { m_role = role; }
    /// Nobody has an account yet.
    void needSetup() { setSetupNeeded(true); }
    /// Signs in without being asked who this is.
    void become(const QString &user);

public slots:
    void signIn(const QString &user, const QString &password) override;
    void redeem(const QString &tokenOrLink) override;
    void completeSetup(const QString &tokenOrLink, const QString &user, const QString &password) override;
    void signOut() override;

private:
    MockFleet *m_fleet;
    MockLink *m_link;
    QString m_role = QStringLiteral("admin");
};

} // namespace muster
