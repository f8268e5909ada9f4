// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/api/operatorsocket.h"
#include "server/operators/accounts.h"
#include "server/store/eventstore.h"

namespace muster::api {

/// One socket of somebody who reads notifications. What it says itself is not looked at. Lives in the API's thread.
class NotifySession : public OperatorSocket
{
    Q_OBJECT

public:
    /// @param accounts must outlive this
    NotifySession(listen::Connection &connection, transport::WebSocket &webSocket, const operators::Accounts &accounts,
                  const operators::Caller &caller);

    /// Of the session or API key; empty for who came with a name and a password.
    [[nodiscard]] const QString &sessionId() const { return m_caller.session; }
    /// Sends those that may be shown. @param texts as they are sent, one for each event
    void tell(const QList<store::FleetEvent> &events, const QList<QByteArray> &texts);
    /// Ends where what signed in counts no more.
    void checkStanding();
    void signOut(const QString &reason);

private:
    /// As of this moment; not signed in where what signed in counts no more.
    [[nodiscard]] operators::Caller caller() const;

    const operators::Accounts &m_accounts;
    operators::Caller m_caller;
    QString m_password; ///< its hash, of who came with a password: when it changes, that is their end
};

} // namespace muster::api
