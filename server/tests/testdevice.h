// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/signing/envelope.h"

#include <QObject>
#include <QSslConfiguration>
#include <QWebSocket>

#include <functional>

namespace muster::test {

/// A device at the other end of a real socket, that can also misbehave: sends what it is told to, keeps what comes.
class TestDevice : public QObject
{
    Q_OBJECT

public:
    TestDevice(const QUrl &url, const QString &id, const KeyPair &key, const QByteArray &cloudPem, const QSslConfiguration &tls = {});

    /// Waits for the hello and authenticates. @return the status, or the error's message
    [[nodiscard]] QString introduce();
    /// Sends a request and waits for its answer.
    [[nodiscard]] Result<QJsonValue> ask(const QString &method, const QJsonObject &params = {});
    /// A signed text, ready to be sent or spoiled.
    [[nodiscard]] QString sealed(const Message &message);
    void send(const QString &text) { m_socket.sendTextMessage(text); }
    void send(const QByteArray &binary) { m_socket.sendBinaryMessage(binary); }
    void close() { m_socket.close(); }
    /// Waits for the server to end the connection. @return the close code, or -1
    [[nodiscard]] int closeCode();
    [[nodiscard]] QString closeReason() const { return m_socket.closeReason(); }
    [[nodiscard]] bool isOpen() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    [[nodiscard]] QString challenge() const { return m_hello.value(QLatin1StringView("challenge")).toString(); }
    /// What the server opened with; empty before it came.
    [[nodiscard]] const QJsonObject &hello() const { return m_hello; }
    [[nodiscard]] QWebSocket &socket() { return m_socket; }
    [[nodiscard]] Request introduction(const QString &challenge) const;
    [[nodiscard]] bool waitForHello();
    /// Sends a notification.
    void notify(const QString &method, const QJsonObject &params) { send(sealed(Notification{.method = method, .params = params})); }
    /// The requests of that method that came.
    [[nodiscard]] QList<QJsonObject> requestsOf(const QString &method) const;
    /// The notifications of that method that came.
    [[nodiscard]] QList<QJsonObject> notificationsOf(const QString &method) const;
    /// Answers calls of the server with {echo: params}, or with what `answerWith` gives.
    bool answersCalls = true;
    std::function<Result<QJsonValue>(const Request &)> answerWith;
    /// Called once a request was answered.
    std::function<void(const Request &)> afterwards;

    QList<Message> received; ///< verified, in order

private:
    void receive(const QString &text);

    QString m_id;
    KeyPair m_key;
    SignedSession m_session;
    QWebSocket m_socket;
    QJsonObject m_hello;
    int m_lastId = 0;
};

} // namespace muster::test
