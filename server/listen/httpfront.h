// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/listen/connection.h"
#include "transport/httpreader.h"

namespace muster::listen {

/// Stands before everything that speaks HTTP on a connection: reads one request after the other, whole and strictly, each within its
/// deadline and its limits, and refuses the rest in words. Hangs below its connection. The answer goes out through it, so that the next
/// request is not read before this one is answered and on its way.
class HttpFront : public QObject
{
    Q_OBJECT

public:
    /// For whatever a request asks, an upgrade or a page.
    static constexpr qsizetype headBytes = 64 * 1024;
    /// The largest honest body is a method's params.
    static constexpr qsizetype bodyBytes = 256 * 1024;

    /// @param securityLines fields that each refusal carries, as they go over the line
    HttpFront(Connection &connection, const QByteArray &securityLines);

    [[nodiscard]] Connection &connection() { return m_connection; }
    [[nodiscard]] const transport::HttpHead &head() const { return m_request.head(); }
    [[nodiscard]] QByteArray takeBody() { return m_request.takeBody(); }

    /// Reads on, from what the socket holds. Called first when the connection is ready for a request.
    void read();
    /// Nothing is read until resume(): the connection moves to another thread.
    void hold() { m_isHeld = true; }
    void resume();
    /// Nothing more is read as HTTP: the request was an upgrade, and the socket holds what follows it.
    void handOver();

    /// Answers in the place of whom the request is for, and closes. @param status of HTTP
    void refuse(int status, const QString &message, const QByteArray &moreHeaders = {});
    /// The same where nothing was wrong with the request: nothing is noted.
    void turnAway(int status, const QString &message, const QByteArray &moreHeaders);
    /// Answers with a page that says how this server itself is, and closes.
    void answer(int status, const QByteArray &type, const QByteArray &body, const QByteArray &moreHeaders = {});
    /// Refuses a request for a WebSocket's path that asks for none, or wrongly: 426 with what it should say (RFC 9110 section 15.5.22).
    void refuseUpgrade();
    /// A part of the answer, as bytes of the line.
    void write(const QByteArray &bytes);
    /// The answer is whole. @param keeps whether the connection stays for another request
    void answered(bool keeps);
    /// Whether the connection may stay after the answer to this request.
    [[nodiscard]] bool keepsAlive() const { return m_request.head().keepsAlive; }

signals:
    /// The head of a request is there; what it announces of a body is still to come. A receiver may hand the connection over.
    void headCame();
    /// The request is whole.
    void requestCame();

private:
    void begin();
    [[nodiscard]] bool checkHead();
    void afterAnswer();

    Connection &m_connection;
    QByteArray m_securityLines;
    transport::HttpReader m_request;
    bool m_headTold = false;
    bool m_isAnswering = false;
    bool m_isOver = false;
    bool m_isHeld = false;
};

} // namespace muster::listen
