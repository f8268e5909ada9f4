// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/account.h"

#include "client/link/link.h"

#include <utility>

namespace muster {

Account::Account(Link *link, QObject *parent)
    : QObject(parent)
{
    connect(link, &Link::left, this, [this] { setSession({}); });
}

void Account::setSession(const SessionInfo &session)
{
    if (m_session == session)
        return;
    m_session = session;
    emit sessionChanged();
}

void Account::setSetupNeeded(bool needed)
{
    if (std::exchange(m_setupNeeded, needed) != needed)
        emit setupNeededChanged();
}

void Account::setSigningIn(bool busy, const QString &error, const QString &refusedMember)
{
    if (m_signingIn == busy && m_signInError == error && m_refusedMember == refusedMember)
        return;
    m_signingIn = busy;
    m_signInError = error;
    m_refusedMember = refusedMember;
    emit signingInChanged();
}

QString Account::tokenOf(const QString &tokenOrLink)
{
    const QString text = tokenOrLink.trimmed();
    return text.mid(text.lastIndexOf(u'/') + 1);
}

} // namespace muster
