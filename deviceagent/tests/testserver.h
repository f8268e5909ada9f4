// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/signing/envelope.h"

#include <QJsonArray>
#include <QSslConfiguration>
#include <QWebSocketServer>

#include <optional>

QT_FORWARD_DECLARE_CLASS(QWebSocket)

namespace muster::test {

/// The server's end of the signed protocol on loopback, for one device at a time. It does as it is told and decides nothing.
class TestServer : public QObject
{
    Q_OBJECT

public:
    TestServer();
    /// Speaks TLS with this certificate and key.
    explicit TestServer(const QSslConfiguration &tls);
    ~TestServer() override;

    [[nodiscard]] QUrl url() const;
    [[nodiscard]] const PublicKey &publicKey() const { return m_key.publicKey(); }
    [[nodiscard]] bool isConnected() const { return m_socket != nullptr; }

    // How it behaves towards the next device:
    QString firstStatus = QStringLiteral("accepted");                         ///< of the answer to the authentication; empty: no answer
    std::optional<KeyPair> otherKey;                                          ///< signs with this instead of the pinned one
    QString leader;                                                           ///< of the hello, with retryAfter
    std::optional<QJsonArray> servers;                                        ///< of the hello
    int retryAfter = -1;                                                      ///< of the hello, seconds; -1: none
    qint64 clockAhead = 0;                                                    ///< ms
    std::function<std::optional<Result<QJsonValue>>(const Request &)> answer; ///< to the device's calls; nothing: no answer

    // What came in:
    QList<Request> requests;
    QList<Notification> notifications;
    QList<Response> responses;
    QList<Error> refused;
    std::unique_ptr<SignedSession::Introduction> introduction;
    QList<QByteArray> sent; ///< every text that went out

    /// Seals and sends. @return the text
    QByteArray send(const Message &message);
    void sendRaw(const QByteArray &text);
    void sendStatus(const QString &status);
    /// Drops the connection without a word.
    void cut();
    void stopListening();
    [[nodiscard]] QDateTime now() const;

signals:
    void connected();
    void introduced();
    void received();

private:
    void take();
    void receive(const QString &text);

    KeyPair m_key;
    QWebSocketServer m_server;
    QWebSocket *m_socket = nullptr;
    std::unique_ptr<SignedSession> m_session;
};

} // namespace muster::test
