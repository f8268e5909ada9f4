// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/listen/connection.h"
#include "transport/websocket.h"

#include <QPointer>

namespace muster::api {

/// What all WebSockets of people have in common, once it is known whose they are: pings, a bound for what waits unsent, and their end.
/// Lives in the API's thread.
class OperatorSocket : public QObject
{
    Q_OBJECT

public:
    /// @param unsentAtMost with so much unsent it is cut, bytes
    OperatorSocket(listen::Connection &connection, transport::WebSocket &webSocket, qint64 unsentAtMost);

    void goAway();
    /// Judges pings. @param now as steadyNow()
    void tick(qint64 now);

signals:
    void ended();

protected:
    /// Null once it has ended.
    [[nodiscard]] transport::WebSocket *webSocket() const { return m_webSocket; }
    void sendText(const QByteArray &utf8);
    void hangUp(quint16 code, const QString &reason);

private:
    QPointer<listen::Connection> m_connection; ///< null once it has ended
    QPointer<transport::WebSocket> m_webSocket;
    qint64 m_unsentAtMost;
    qint64 m_pingedAt; ///< as steadyNow()
    int m_unanswered = 0;
};

} // namespace muster::api
