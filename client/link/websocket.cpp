// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/socket.h"

#include <QCoreApplication>
#include <QNetworkRequest>
#include <QRegularExpression>
#include <QWebSocket>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

// The largest answers are windows of 500 rows with their trends, about half a megabyte.
constexpr quint64 largestMessage = 8 * 1024 * 1024;

class QtSocket : public Socket
{
    Q_DECLARE_TR_FUNCTIONS(muster::QtSocket)

public:
    QtSocket()
    {
        m_socket.setMaxAllowedIncomingMessageSize(largestMessage);
        m_socket.setMaxAllowedIncomingFrameSize(largestMessage);
        connect(&m_socket, &QWebSocket::connected, this, &Socket::opened);
        connect(&m_socket, &QWebSocket::textMessageReceived, this, &Socket::received);
        connect(&m_socket, &QWebSocket::disconnected, this, [this] { end(m_socket.closeCode(), m_socket.closeReason()); });
        connect(&m_socket, &QWebSocket::errorOccurred, this, [this] { end(0, why()); });
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
    /// What Qt says of an answer that opens nothing is for who knows its classes.
    [[nodiscard]] QString why() const
    {
        static const QRegularExpression status(u"http status code: ([0-9]{3})"_s);
        QString said = m_socket.errorString();
        if (const auto match = status.matchView(said); match.hasMatch())
            return tr("The server answered with HTTP status %1 instead of a live connection").arg(match.captured(1));
        if (said.contains("processHandshake"_L1))
            return tr("What answers there opens no live connection: it is another server, or a proxy that lets no WebSocket through");
        return said;
    }
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
