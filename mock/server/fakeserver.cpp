// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/server/fakeserver.h"

#include "protocol/rpc/message.h"

#include <QHttpServerResponse>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSslServer>
#include <QTcpServer>

using namespace Qt::Literals::StringLiterals;

namespace muster::test {

namespace {

using Status = QHttpServerResponder::StatusCode;

QHttpServerResponse refusal(Status status, int code, const QString &message)
{
    return {QJsonObject{{"error"_L1, QJsonObject{{"code"_L1, code}, {"message"_L1, message}}}}, status};
}

} // namespace

FakeServer::FakeServer(MockFleet::Kind kind)
    : fleet(kind)
{
}

FakeServer::~FakeServer()
{
    stop();
}

bool FakeServer::listen(quint16 port, const std::optional<QSslConfiguration> &tls)
{
    m_http = std::make_unique<QHttpServer>();
    if (leader)
        standBy();
    else
        addRoutes();
    std::unique_ptr<QTcpServer> listener = std::make_unique<QTcpServer>();
    m_secure = tls.has_value();
    if (tls) {
        auto secure = std::make_unique<QSslServer>();
        secure->setSslConfiguration(*tls);
        listener = std::move(secure);
    }
    if (!listener->listen(QHostAddress::LocalHost, port))
        return false;
    m_port = listener->serverPort();
    // bind() takes it over when it succeeds.
    if (!m_http->bind(listener.get()))
        return false;
    Q_UNUSED(listener.release())
    m_http->addWebSocketUpgradeVerifier(this, [this](const QHttpServerRequest &request) {
        if (noSockets)
            return QHttpServerWebSocketUpgradeResponse::deny(403, "Forbidden"_ba);
        return !leader && isKnown(request) && request.url().path() == "/api/v2/live"_L1
                   ? QHttpServerWebSocketUpgradeResponse::accept()
                   : QHttpServerWebSocketUpgradeResponse::deny(401, "Unauthorized"_ba);
    });
    connect(m_http.get(), &QHttpServer::newWebSocketConnection, this, &FakeServer::accept);
    return true;
}

void FakeServer::stop()
{
    breakConnections();
    m_http.reset();
    m_links.clear();
}

QUrl FakeServer::url() const
{
    return QUrl(u"%1://127.0.0.1:%2"_s.arg(m_secure ? u"https"_s : u"http"_s).arg(m_port));
}

/// As a musterd on a shared database that does not lead.
void FakeServer::standBy()
{
    m_http->setMissingHandler(this, [this](const QHttpServerRequest &request, QHttpServerResponder &responder) {
        (void)isKnown(request);
        QHttpHeaders headers;
        if (!leader->isEmpty()) {
            headers.append("Muster-Leader"_ba, *leader);
            headers.append(QHttpHeaders::WellKnownHeader::Location, *leader + request.url().path().toUtf8());
        }
        headers.append(QHttpHeaders::WellKnownHeader::ContentType, "application/json"_ba);
        responder.write(R"({"error":{"code":-32000,"message":"this server stands by"}})"_ba, headers,
                        leader->isEmpty() ? Status::ServiceUnavailable : Status::TemporaryRedirect);
    });
}

bool FakeServer::isKnown(const QHttpServerRequest &request)
{
    const QByteArray given = request.headers().combinedValue(QHttpHeaders::WellKnownHeader::Authorization);
    credentials << QString::fromUtf8(given);
    const QString token = QString::fromUtf8(given.startsWith("Bearer ") ? given.sliced(7) : QByteArray());
    return token == apiKey || m_tokens.contains(token);
}

void FakeServer::addRoutes()
{
    const auto signIn = [this](const QJsonObject &body) -> QHttpServerResponse {
        m_tokens << u"token-%1"_s.arg(m_tokens.size() + 1);
        QJsonObject answer{{"session"_L1, fleet.gate().session(fleet.now())}};
        if (body["want_token"_L1].toBool())
            answer["token"_L1] = m_tokens.last();
        return QHttpServerResponse(answer);
    };
    using Method = QHttpServerRequest::Method;
    m_http->route(u"/api/v2/session"_s, Method::Get, this, [this](const QHttpServerRequest &request) -> QHttpServerResponse {
        ++sessionQuestions;
        if (sessionStatus != 0)
            return refusal(Status(sessionStatus), Unavailable, u"The server is being looked after"_s);
        return isKnown(request) ? QHttpServerResponse(fleet.gate().session(fleet.now()))
                                : refusal(Status::Unauthorized, Unauthenticated, u"Not signed in"_s);
    });
    m_http->route(u"/api/v2/session"_s, Method::Delete, this, [this](const QHttpServerRequest &) {
        m_tokens.clear();
        return QHttpServerResponse(QJsonObject{});
    });
    m_http->route(u"/api/v2/session"_s, Method::Post, this, [signIn](const QHttpServerRequest &request) {
        const QJsonObject body = QJsonDocument::fromJson(request.body()).object();
        return body["user"_L1] == "admin"_L1 && body["password"_L1] == "correct horse"_L1
                   ? signIn(body)
                   : refusal(Status::Unauthorized, Unauthenticated, u"Name or password is wrong"_s);
    });
    m_http->route(u"/api/v2/session/redeem"_s, Method::Post, this, [signIn](const QHttpServerRequest &request) {
        const QJsonObject body = QJsonDocument::fromJson(request.body()).object();
        return body["token"_L1] == linkToken
                   ? signIn(body)
                   : refusal(Status::Unauthorized, Unauthenticated, u"The link has been used already, or is too old"_s);
    });
    m_http->route(u"/api/v2/setup"_s, Method::Get, this, [this](const QHttpServerRequest &request) {
        return QHttpServerResponse(QJsonObject{{"needed"_L1, setupNeeded}, {"signed_in"_L1, isKnown(request)}});
    });
    m_http->route(u"/api/v2/setup"_s, Method::Post, this, [this, signIn](const QHttpServerRequest &request) {
        const QJsonObject body = QJsonDocument::fromJson(request.body()).object();
        if (!setupNeeded || body["token"_L1] != setupToken)
            return refusal(Status::Forbidden, Forbidden, u"This is not the setup link"_s);
        setupNeeded = false;
        return signIn(body);
    });
}

void FakeServer::accept()
{
    while (m_http && m_http->hasPendingWebSocketConnections()) {
        QWebSocket *socket = m_http->nextPendingWebSocketConnection().release();
        socket->setParent(this);
        Link &link = m_links.emplace_back(Link{socket, std::make_unique<MockConnection>(&fleet)});
        connect(link.connection.get(), &MockConnection::notified, socket, [socket](const QString &method, const QJsonObject &params) {
            socket->sendTextMessage(QString::fromUtf8(
                QJsonDocument(toJson(Message(Notification{.method = method, .params = params}))).toJson(QJsonDocument::Compact)));
        });
        connect(socket, &QWebSocket::textMessageReceived, this, [this, at = &link](const QString &text) { receive(*at, text); });
        connect(socket, &QWebSocket::disconnected, this, [this, socket] {
            m_links.remove_if([socket](const Link &one) { return one.socket == socket; });
            socket->deleteLater();
        });
    }
}

void FakeServer::receive(Link &link, const QString &text)
{
    if (mute)
        return;
    const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
    const QString method = object["method"_L1].toString();
    called << method;
    if (method == "Live.Subscribe"_L1)
        subscribed << object["params"_L1]["topic"_L1].toString();
    if (unanswered.contains(method))
        return;
    Response response{.id = object["id"_L1].toString(), .result = link.connection->call(method, object["params"_L1].toObject())};
    if (method == "Server.Info"_L1 && !servers.isEmpty() && response.result) {
        QJsonObject info = response.result->toObject();
        info["servers"_L1] = QJsonArray::fromStringList(servers);
        response.result = info;
    }
    link.socket->sendTextMessage(QString::fromUtf8(QJsonDocument(toJson(Message(response))).toJson(QJsonDocument::Compact)));
}

QList<QWebSocket *> FakeServer::sockets() const
{
    QList<QWebSocket *> found;
    for (const Link &link : m_links)
        found << link.socket;
    return found;
}

void FakeServer::breakConnections()
{
    // Closing takes a link out of the list.
    const QList<QWebSocket *> all = sockets();
    for (QWebSocket *socket : all)
        socket->close(QWebSocketProtocol::CloseCodeGoingAway);
}

void FakeServer::signOutAll(const QString &reason)
{
    m_tokens.clear();
    const Message message = Notification{.method = u"Live.SignedOut"_s, .params = {{"reason"_L1, reason}}};
    const QList<QWebSocket *> all = sockets();
    for (QWebSocket *socket : all) {
        socket->sendTextMessage(QString::fromUtf8(QJsonDocument(toJson(message)).toJson(QJsonDocument::Compact)));
        socket->close(static_cast<QWebSocketProtocol::CloseCode>(4401), reason);
    }
}

QStringList FakeServer::topics() const
{
    QStringList all;
    for (const Link &link : m_links)
        all << link.connection->topics();
    return all;
}

void FakeServer::tick()
{
    for (Link &link : m_links)
        link.connection->tick();
}

} // namespace muster::test
