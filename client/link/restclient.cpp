// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/restclient.h"

#include "protocol/rpc/message.h"
#include "protocol/rpc/serveraddresses.h"

#include <QJsonDocument>
#include <QNetworkReply>
#include <QNetworkRequest>

#include <chrono>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster {

namespace {

// A sign-in hashes a password on purpose slowly; all else answers at once.
constexpr auto restTimeout = 15s;
constexpr int temporaryRedirect = 307;
constexpr int serviceUnavailable = 503;
// Marks a reply whose outcome nobody wants any more.
constexpr const char *dropped = "muster_dropped";
#ifdef Q_OS_WASM
// Pages are not told why a server cannot be reached: Qt calls everything "Not Found".
constexpr bool knowsWhy = false;
#else
constexpr bool knowsWhy = true;
#endif

/// What a server that stands by says of the one that leads (docs/operating.md).
QUrl leaderOf(const QNetworkReply &reply, int status)
{
    const QByteArray named = reply.rawHeader("Muster-Leader");
    const bool standsBy = (status == temporaryRedirect || status == serviceUnavailable) && named.size() <= ServerAddresses::longest;
    return standsBy ? ServerAddresses::parse(QString::fromUtf8(named)) : QUrl();
}

QString whyUnreachable(const QNetworkReply &reply)
{
    if (reply.error() == QNetworkReply::SslHandshakeFailedError)
        return RestClient::tr("%1 (where its certificate is of an authority of your own, --ca-certificate names that one's file)")
            .arg(reply.errorString());
    return reply.errorString();
}

} // namespace

QString RestClient::Answer::why() const
{
    const QString message = body["error"_L1]["message"_L1].toString();
    if (!message.isEmpty())
        return cleanText(message, 500);
    if (status > 0)
        return RestClient::tr("The server answered %1").arg(status);
    return knowsWhy ? networkError : RestClient::tr("The server does not answer");
}

RestClient::RestClient(QObject *parent)
    : QObject(parent)
    , m_patience(restTimeout)
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy); // credentials go to the server that was named, nowhere else
}

RestClient::~RestClient()
{
    // What ends with the members must not tell anybody who is half gone.
    for (QNetworkReply *reply : m_network.findChildren<QNetworkReply *>())
        reply->disconnect(this);
}

void RestClient::setServer(const QUrl &server)
{
    m_server = server.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::StripTrailingSlash);
    if (m_server.path() == "/"_L1)
        m_server.setPath({});
}

void RestClient::ask(const QString &path, const Done &done)
{
    m_question = request("GET"_ba, path, {}, m_patience, done);
}

void RestClient::dropQuestion()
{
    // Let it come to its end: a request that is aborted in a browser calls back into what is gone by then.
    if (m_question)
        m_question->setProperty(dropped, true);
}

void RestClient::send(const QByteArray &verb, const QString &path, const QJsonObject &body, const Done &done)
{
    request(verb, path, QJsonDocument(body).toJson(QJsonDocument::Compact), restTimeout, done);
}

QNetworkReply *RestClient::request(const QByteArray &verb, const QString &path, const QByteArray &body, std::chrono::milliseconds patience,
                                   const Done &done)
{
    QUrl url = m_server;
    url.setPath(url.path() + u"/api/v2"_s + path);
    QNetworkRequest request(url);
    request.setTransferTimeout(patience);
    request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json"_ba);
    if (!m_token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_token.toUtf8());
    QNetworkReply *reply = m_network.sendCustomRequest(request, verb, body);
    connect(reply, &QNetworkReply::finished, this, [reply, done] {
        reply->deleteLater();
        if (reply->property(dropped).toBool())
            return;
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        done({.status = status,
              .body = QJsonDocument::fromJson(reply->readAll()).object(),
              .networkError = whyUnreachable(*reply),
              .leader = leaderOf(*reply, status)});
    });
    return reply;
}

} // namespace muster
