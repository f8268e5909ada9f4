// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/tests/testserver.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/methods.h"
#include "protocol/rpc/timestamp.h"

#include <QWebSocket>

using namespace Qt::Literals::StringLiterals;

namespace muster::test {

TestServer::TestServer()
    : TestServer(QSslConfiguration())
{
}

TestServer::TestServer(const QSslConfiguration &tls)
    : m_key(*KeyPair::generate(Algorithm::EdDSA))
    , m_server(u"test"_s, tls.isNull() ? QWebSocketServer::NonSecureMode : QWebSocketServer::SecureMode)
{
    m_server.setSslConfiguration(tls);
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("no port");
    connect(&m_server, &QWebSocketServer::newConnection, this, &TestServer::take);
}

TestServer::~TestServer()
{
    cut();
}

QUrl TestServer::url() const
{
    const QString scheme = m_server.secureMode() == QWebSocketServer::SecureMode ? u"wss"_s : u"ws"_s;
    return QUrl(u"%1://127.0.0.1:%2/device"_s.arg(scheme).arg(m_server.serverPort()));
}

QDateTime TestServer::now() const
{
    return QDateTime::currentDateTimeUtc().addMSecs(clockAhead);
}

void TestServer::take()
{
    cut();
    m_socket = m_server.nextPendingConnection();
    m_socket->setParent(this);
    introduction.reset();
    m_session =
        std::make_unique<SignedSession>(SignedSession::cloudEnd(SignedSession::newSessionId(), (otherKey ? *otherKey : m_key).signer()));
    connect(m_socket, &QWebSocket::textMessageReceived, this, &TestServer::receive);
    connect(m_socket, &QWebSocket::disconnected, this, [this, socket = m_socket] {
        if (m_socket == socket)
            cut();
    });
    emit connected();
    QJsonObject hello{{"protocol"_L1, 1},
                      {"challenge"_L1, "challenge"_L1},
                      {"session"_L1, m_session->session()},
                      {"server_time"_L1, QString::fromLatin1(toTimestamp(now()))}};
    if (retryAfter >= 0)
        hello.insert("retry_after"_L1, retryAfter);
    if (!leader.isEmpty())
        hello.insert("leader"_L1, leader);
    if (servers)
        hello.insert("servers"_L1, *servers);
    send(Notification{.method = methods::sessionHello, .params = hello});
}

void TestServer::receive(const QString &text)
{
    if (!introduction) {
        auto opened = m_session->openIntroduction(text.toUtf8(), methods::authenticate, now(), limits::messageBytesBeforeAcceptance);
        if (!opened) {
            refused.append(opened.error());
            return;
        }
        introduction = std::make_unique<SignedSession::Introduction>(*opened);
        const auto &request = std::get<Request>(introduction->verified.message);
        if (!firstStatus.isEmpty())
            send(Response{.id = request.id, .result = QJsonObject{{"status"_L1, firstStatus}, {"reason"_L1, "told to"_L1}}});
        emit introduced();
        return;
    }
    const auto opened = m_session->open(text.toUtf8(), now(), limits::messageBytesAfterAcceptance);
    if (!opened) {
        refused.append(opened.error());
    } else if (const auto *request = std::get_if<Request>(&opened->message)) {
        requests.append(*request);
        if (const auto result = answer ? answer(*request) : std::nullopt)
            send(Response{.id = request->id, .result = *result});
    } else if (const auto *notification = std::get_if<Notification>(&opened->message)) {
        notifications.append(*notification);
    } else {
        responses.append(std::get<Response>(opened->message));
    }
    emit received();
}

QByteArray TestServer::send(const Message &message)
{
    const auto text = m_session->seal(message, now());
    if (!text)
        qFatal("%s", qPrintable(text.error().message));
    sendRaw(*text);
    return *text;
}

void TestServer::sendRaw(const QByteArray &text)
{
    sent.append(text);
    if (m_socket)
        m_socket->sendTextMessage(QString::fromUtf8(text));
}

void TestServer::sendStatus(const QString &status)
{
    send(Notification{.method = methods::sessionStatus, .params = {{"status"_L1, status}, {"reason"_L1, "a person decided"_L1}}});
}

void TestServer::cut()
{
    if (QWebSocket *socket = std::exchange(m_socket, nullptr)) {
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
    }
}

void TestServer::stopListening()
{
    m_server.close();
}

} // namespace muster::test
