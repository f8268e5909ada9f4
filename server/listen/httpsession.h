// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/listen/httpfront.h"
#include "server/listen/pipesocket.h"

#include <QElapsedTimer>
#include <QPointer>

namespace muster::listen {

/// Between a connection's front and QHttpServer: hands it one tidy request after the other, and carries its answers out, with what Qt's
/// server does not do: HEAD, HTTP/1.0, `Connection: close`. Hangs below the connection. Lives in the API's thread.
class HttpSession : public QObject
{
    Q_OBJECT

public:
    explicit HttpSession(HttpFront &front);
    ~HttpSession() override;

    [[nodiscard]] Connection &connection() { return m_front.connection(); }
    /// What Qt's server has instead of the socket; null before the first request, and when it went away.
    [[nodiscard]] PipeSocket *pipe() const { return m_pipe; }

signals:
    /// A new pipe for Qt's server, which owns it from then on.
    void piped(muster::listen::PipeSocket *pipe);

private:
    void ask();
    void take(const QByteArray &answer);
    void sendHead();
    void pipeClosed();
    void noteUnsent();

    HttpFront &m_front;
    QPointer<PipeSocket> m_pipe;
    transport::HttpReader m_answer;
    QByteArray m_method;
    QByteArray m_target;
    QElapsedTimer m_took;
    qint64 m_bodyBytes = 0;
    bool m_isAsking = false;
    bool m_isHeadSent = false;
};

} // namespace muster::listen
