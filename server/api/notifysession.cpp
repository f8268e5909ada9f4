// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/notifysession.h"

#include "server/api/closecodes.h"
#include "server/api/eventscope.h"
#include "server/api/livelimits.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

using operators::Caller;

NotifySession::NotifySession(listen::Connection &connection, transport::WebSocket &webSocket, const operators::Accounts &accounts,
                             const Caller &caller)
    : OperatorSocket(connection, webSocket, livelimits::notifyUnsentAtMost)
    , m_accounts(accounts)
    , m_caller(caller)
{
    if (const auto *account = m_caller.session.isEmpty() ? m_accounts.accountNamed(m_caller.user) : nullptr)
        m_password = account->password;
}

Caller NotifySession::caller() const
{
    if (!m_caller.session.isEmpty())
        return m_accounts.callerOfSession(m_caller.session, m_caller.address);
    const auto *account = m_accounts.accountNamed(m_caller.user);
    if (!account || account->id != m_caller.account || account->password != m_password)
        return {};
    return m_accounts.callerOfAccount(account->id, m_caller.address, m_caller.client).value_or(Caller());
}

void NotifySession::tell(const QList<store::FleetEvent> &events, const QList<QByteArray> &texts)
{
    const Caller now = caller();
    if (!now.isSignedIn() || !now.may(operators::permission::devicesRead))
        return checkStanding();
    for (qsizetype i = 0; i < events.size(); ++i) {
        if (mayShow(now, events.at(i)))
            sendText(texts.at(i));
    }
}

void NotifySession::checkStanding()
{
    const Caller now = caller();
    if (!now.isSignedIn())
        signOut(u"what signed in here counts no more"_s);
    else if (!now.may(operators::permission::devicesRead))
        signOut(u"the permission %1 was taken away"_s.arg(operators::permission::devicesRead));
}

void NotifySession::signOut(const QString &reason)
{
    // Who does not answer the goodbye is not waited for anew each second.
    if (webSocket() && !webSocket()->isClosing())
        hangUp(liveclose::signedOut, reason);
}

} // namespace muster::api
