// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/socket.h"

#include <QNetworkRequest>
#include <QWebSocket>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

// The largest answers are windows of 500 rows with their trends, about half a megabyte.
constexpr quint64 largestMessage = 8 * 1024 * 1024;

class QtSocket : public Socket
{
public:
    QtSocket()
    {
        m_socket.setMaxAllowedIncomingMessageSize(largestMessage);
        m_socket.setMaxAllowedIncomingFrameSize(largestMessage);
        connect(&m_socket, &QWebSocket::connected, this, &Socket::opened);
        connect(&m_socket, &QWebSocket::textMessageReceived, this, &Socket::received);
        connect(&m_socket, &QWebSocket::disconnected, this, [this] { end(m_socket.closeCode(), m_socket.closeReason()); });
        connect(&m_socket, &QWebSocket::errorOccurred, this, [this] { end(0, m_socket.errorString()); });
    }

    void open(const QUrl &url, const QString &bearer) override
    {
        QNetworkRequest request(url);
        if (!bearer.isEmpty())
            request.setRawHeader("Authorization", "Bearer " + bearer.toUtf8());
        m_socket.open(request);
    }

    void send(const QString &text) override { m_socket.sendTextMessage(text); }
    void close() override { m_socket.close(); }

private:
    void end(int code, const QString &reason)
    {
        if (!std::exchange(m_ended, true))
            emit closed(code, reason);
    }

    QWebSocket m_socket;
    bool m_ended = false;
};

} // namespace

std::unique_ptr<Socket> makeSocket()
{
    return std::make_unique<QtSocket>();
}

} // namespace muster
