// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/mockaccount.h"

#include "mock/mockfleet.h"
#include "mock/mocklink.h"

#include <QTimer>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

const QString wrongPassword = u"wrong"_s;
constexpr qsizetype shortestPassword = 10;

} // namespace

MockAccount::MockAccount(MockFleet *fleet, MockLink *link, QObject *parent)
    : Account(link, parent)
    , m_fleet(fleet)
    , m_link(link)
{
    connect(link, &MockLink::returned, this, [this] { become(session().user); });
}

void MockAccount::become(const QString &user)
{
    m_fleet->gate().setSignedIn(user, m_role);
    setSession(SessionInfo::fromJson(m_fleet->gate().session(m_fleet->now())));
    setSigningIn(false);
    setSetupNeeded(false);
    m_link->goLive();
}

void MockAccount::signIn(const QString &user, const QString &password)
{
    setSigningIn(true);
    QTimer::singleShot(0, this, [this, user, password] {
        if (user.trimmed().isEmpty() || password.isEmpty() || password == wrongPassword)
            setSigningIn(false, u"Name or password is wrong"_s);
        else
            become(user.trimmed());
    });
}

void MockAccount::redeem(const QString &tokenOrLink)
{
    setSigningIn(true);
    QTimer::singleShot(0, this, [this, token = tokenOf(tokenOrLink)] {
        if (token.isEmpty() || token == wrongPassword)
            setSigningIn(false, u"The link has been used already, or is too old"_s);
        else
            become(u"admin"_s);
    });
}

void MockAccount::completeSetup(const QString &tokenOrLink, const QString &user, const QString &password)
{
    if (tokenOf(tokenOrLink).isEmpty() || tokenOf(tokenOrLink) == wrongPassword) {
        setSigningIn(false, u"This is not the setup link that the server printed"_s);
        return;
    }
    if (password.size() < shortestPassword) {
        setSigningIn(false, u"the password must have 10 to 1024 characters"_s, u"password"_s);
        return;
    }
    signIn(user, password);
}

void MockAccount::signOut()
{
    m_link->leave();
}

} // namespace muster
