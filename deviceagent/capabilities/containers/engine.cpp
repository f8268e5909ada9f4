// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/containers/engine.h"

#include "deviceagent/capabilities/containers/enginesocket.h"
#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"

#include <QHttp1Configuration>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkProxy>
#include <QPromise>
#include <QVersionNumber>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::agent {

namespace {

/// The versions of the API whose answers this agent knows: 1.41 is Docker 20.10 and every Podman since 3.4.
QVersionNumber oldestApi()
{
    return {1, 41};
}
QVersionNumber newestApi()
{
    return {1, 47};
}

/// Details of many containers are asked for at once; an engine need not see them all at the same moment.
constexpr int connections = 6;
/// After that long without a request, what Qt keeps for HTTP goes: a thread, buffers and connections.
constexpr auto restAfter = 60s;

QFuture<Result<EngineReply>> ready(Result<EngineReply> reply)
{
    return QtFuture::makeReadyValueFuture(std::move(reply));
}

Result<EngineInfo> negotiated(const EngineReply &reply)
{
    const QJsonObject version = QJsonDocument::fromJson(reply.body).object();
    const auto newest = QVersionNumber::fromString(version.value("ApiVersion"_L1).toString());
    const auto oldest = QVersionNumber::fromString(version.value("MinAPIVersion"_L1).toString());
    if (reply.status != 200 || newest.isNull())
        return failure(Unavailable,
                       u"What answers at the container engine's socket is no container engine (status %1)."_s.arg(reply.status));
    EngineInfo info{.name = u"Docker"_s, .version = cleanText(version.value("Version"_L1).toString(), limits::textLength), .api = {}};
    const QJsonArray components = version.value("Components"_L1).toArray();
    for (const QJsonValueConstRef component : components) {
        if (component.toObject().value("Name"_L1).toString().startsWith("Podman"_L1))
            info.name = u"Podman"_s;
    }
    const QVersionNumber common = std::min(newest, newestApi());
    if (common < oldestApi() || common < oldest)
        return failure(Unavailable,
                       u"%1 %2 speaks versions %3 to %4 of the Docker API, and this agent %5 to %6: upgrade the older of the two."_s.arg(
                           info.name, info.version, oldest.toString(), newest.toString(), oldestApi().toString(), newestApi().toString()));
    info.api = common.toString();
    return info;
}

} // namespace

QString engineMessage(const QByteArray &body)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    const QString message = object.value("message"_L1).toString();
    return cleanText(message.isEmpty() ? QString::fromUtf8(body).trimmed() : message, limits::textLength);
}

std::optional<Error> engineError(const EngineReply &reply, const QString &container)
{
    if (reply.status < 400)
        return {};
    const QString says = engineMessage(reply.body);
    switch (reply.status) {
    case 404: return Error{.code = NotFound, .message = u"This device has no container %1."_s.arg(container)};
    case 400: return Error{.code = InvalidParams, .message = u"The container engine refused: %1"_s.arg(says)};
    case 403: return Error{.code = Forbidden, .message = u"The container engine forbids it: %1"_s.arg(says)};
    case 409: return Error{.code = Conflict, .message = u"The container engine refused: %1"_s.arg(says)};
    default: return Error{.code = Unavailable, .message = u"The container engine failed (status %1): %2"_s.arg(reply.status).arg(says)};
    }
}

Engine::Engine(const QStringList &sockets, QObject *parent)
    : QObject(parent)
    , m_sockets(sockets)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(restAfter);
    m_rest.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_rest, &QTimer::timeout, this, &Engine::restIfIdle);
}

Engine::~Engine() = default;

bool Engine::isThere() const
{
    return usableEngineSocket(m_sockets).has_value();
}

QFuture<Result<EngineInfo>> Engine::info()
{
    const Result<QString> socket = usableEngineSocket(m_sockets);
    if (!socket) {
        m_info.reset();
        return QtFuture::makeReadyValueFuture(Result<EngineInfo>(std::unexpected(socket.error())));
    }
    if (m_info && m_socket == *socket)
        return QtFuture::makeReadyValueFuture(Result<EngineInfo>(*m_info));
    m_socket = *socket;
    m_info.reset();
    return wholeAnswer({.path = u"/version"_s}, {})
        .then(this, [this, path = *socket](const Result<EngineReply> &reply) -> Result<EngineInfo> {
            if (!reply)
                return std::unexpected(reply.error());
            Result<EngineInfo> info = negotiated(*reply);
            if (info && m_socket == path)
                m_info = *info;
            return info;
        });
}

QFuture<Result<EngineReply>> Engine::call(const EngineRequest &request)
{
    return info()
        .then(this,
              [this, request](const Result<EngineInfo> &info) {
                  return info ? wholeAnswer(request, "/v"_L1 + info->api) : ready(std::unexpected(info.error()));
              })
        .unwrap();
}

Result<std::unique_ptr<EngineStream>> Engine::open(const QString &path, const QUrlQuery &query)
{
    const Result<QString> socket = usableEngineSocket(m_sockets);
    if (!socket)
        return std::unexpected(socket.error());
    if (!m_info)
        return failure(Unavailable, u"The container engine has gone meanwhile: try again."_s);
    QUrl target;
    target.setPath("/v"_L1 + m_info->api + path);
    target.setQuery(query);
    return std::make_unique<EngineStream>(*socket, target.toEncoded());
}

Result<QNetworkReply *> Engine::begin(const EngineRequest &request, const QString &prefix)
{
    const Result<QString> socket = usableEngineSocket(m_sockets);
    if (!socket)
        return std::unexpected(socket.error());
    if (!m_network) {
        m_network = std::make_unique<QNetworkAccessManager>();
        m_network->setProxy(QNetworkProxy::NoProxy);
        m_network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
        m_network->setAutoDeleteReplies(false);
    }
    m_rest.start();
    QUrl url;
    url.setScheme(u"unix+http"_s);
    url.setHost(u"localhost"_s);
    url.setPath(prefix + request.path);
    url.setQuery(request.query);
    QNetworkRequest http(url);
    http.setAttribute(QNetworkRequest::FullLocalServerNameAttribute, *socket);
    http.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    http.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    http.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    http.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    http.setRawHeader("Accept-Encoding", "identity");
    http.setRawHeader("User-Agent", "muster-agent/" MUSTER_VERSION);
    QHttp1Configuration http1;
    http1.setNumberOfConnectionsPerHost(connections);
    http.setHttp1Configuration(http1);
    http.setTransferTimeout(request.silence);
    if (request.verb == "GET")
        return m_network->get(http);
    http.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    return m_network->post(http, QByteArray());
}

QFuture<Result<EngineReply>> Engine::wholeAnswer(const EngineRequest &request, const QString &prefix)
{
    Result<QNetworkReply *> begun = begin(request, prefix);
    if (!begun)
        return ready(std::unexpected(begun.error()));
    QNetworkReply *const reply = *begun;
    const auto promise = std::make_shared<QPromise<Result<EngineReply>>>();
    const auto isTooLarge = std::make_shared<bool>(false);
    promise->start();
    connect(reply, &QNetworkReply::readyRead, this, [reply, isTooLarge, most = request.mostBytes] {
        if (reply->bytesAvailable() > most && !std::exchange(*isTooLarge, true))
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this, [this, reply, promise, isTooLarge] {
        reply->deleteLater();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const bool isAnswer = status > 0 && (status >= 400 || reply->error() == QNetworkReply::NoError);
        if (*isTooLarge)
            promise->addResult(failure(TooLarge, u"The container engine's answer is too long."_s));
        else if (isAnswer)
            promise->addResult(EngineReply{.status = status, .body = reply->readAll()});
        else
            promise->addResult(std::unexpected(errorOf(*reply)));
        promise->finish();
        if (!isAnswer)
            m_info.reset(); // whatever comes back may be another engine
    });
    return promise->future();
}

Error Engine::errorOf(const QNetworkReply &reply) const
{
    switch (reply.error()) {
    case QNetworkReply::OperationCanceledError:
    case QNetworkReply::TimeoutError: return {.code = TimedOut, .message = u"The container engine did not answer in time."_s};
    case QNetworkReply::RemoteHostClosedError:
        return {.code = Unavailable,
                .message = u"The container engine ended the connection, perhaps because it was restarted: try again."_s};
    case QNetworkReply::ConnectionRefusedError:
        return {.code = Unavailable, .message = u"No container engine answers at %1: is its service running?"_s.arg(m_socket)};
    default:
        return {.code = Unavailable,
                .message = u"The container engine cannot be reached: %1"_s.arg(cleanText(reply.errorString(), limits::textLength))};
    }
}

void Engine::restIfIdle()
{
    const QList<QNetworkReply *> open = m_network ? m_network->findChildren<QNetworkReply *>() : QList<QNetworkReply *>();
    if (open.isEmpty())
        m_network.reset();
    else
        m_rest.start();
}

} // namespace muster::agent
