// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/tests/testserver.h"

#include "server/tests/storeplace.h"

#include "tests/support/testcase.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkReply>

using namespace Qt::Literals::StringLiterals;

namespace muster::test {

TestServer::TestServer(Settings wanted)
    : settings(std::move(wanted))
{
    settings.data = folder.filePath(u"data"_s);
    settings.port = 0;
    settings.ioThreads = 2;
    if (onPostgres())
        settings.database = addressFor(folder.path());
    network.setProxy(QNetworkProxy::NoProxy);
}

QString TestServer::start()
{
    server = std::make_unique<Server>(settings);
    if (const auto started = server->start(); !started)
        return started.error().message;
    if (const QString link = server->setupLink(); !link.isEmpty()) {
        const HttpAnswer answer = http("POST", u"/api/v2/setup"_s,
                                       QJsonDocument(QJsonObject{{"token"_L1, link.section('/'_L1, -1)},
                                                                 {"user"_L1, u"admin"_s},
                                                                 {"password"_L1, testPassword},
                                                                 {"want_token"_L1, true}})
                                           .toJson(),
                                       {});
        admin = answer.json.value("token"_L1).toString();
        if (admin.isEmpty())
            return u"no admin: %1"_s.arg(QString::fromUtf8(answer.body));
    }
    return {};
}

HttpAnswer TestServer::http(const QByteArray &verb, const QString &path, const QByteArray &body, const QString &token,
                            const QHash<QByteArray, QByteArray> &headers)
{
    QNetworkRequest request(QUrl(server->url() + path));
    if (!body.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    if (!token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + token.toLatin1());
    for (auto it = headers.begin(); it != headers.end(); ++it)
        request.setRawHeader(it.key(), *it);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    const std::unique_ptr<QNetworkReply> reply(network.sendCustomRequest(request, verb, body));
    if (!settings.tlsCertificate.isEmpty())
        reply->ignoreSslErrors();
    if (!muster::test::eventually([&] { return reply->isFinished(); }))
        return {};
    HttpAnswer answer{.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
                      .body = reply->readAll(),
                      .json = {},
                      .cookie = reply->rawHeader("Set-Cookie")};
    answer.json = QJsonDocument::fromJson(answer.body).object();
    return answer;
}

HttpAnswer TestServer::post(const QString &path, const QJsonObject &body)
{
    return http("POST", path, QJsonDocument(body).toJson(QJsonDocument::Compact), admin);
}

QString TestServer::signedIn(const QString &user, const QString &role)
{
    (void)post(u"/api/v2/users"_s, {{"user"_L1, user}, {"role"_L1, role}, {"password"_L1, testPassword}});
    return http("POST", u"/api/v2/session"_s,
                QJsonDocument(QJsonObject{{"user"_L1, user}, {"password"_L1, testPassword}, {"want_token"_L1, true}}).toJson(), {})
        .json.value("token"_L1)
        .toString();
}

std::unique_ptr<TestDevice> TestServer::device(const QString &id, const KeyPair &key)
{
    return std::make_unique<TestDevice>(QUrl(server->url()), id, key, cloudPem());
}

std::unique_ptr<TestDevice> TestServer::acceptedDevice(const QString &id, const KeyPair &key)
{
    auto made = device(id, key);
    if (made->introduce() != "pending"_L1 || acceptKeyOf(id) != "accepted"_L1)
        return nullptr;
    const auto told = [&] {
        return std::ranges::any_of(made->notificationsOf(u"Session.Status"_s),
                                   [](const QJsonObject &params) { return params["status"_L1] == "accepted"_L1; });
    };
    return muster::test::eventually(told) ? std::move(made) : nullptr;
}

QString TestServer::acceptKeyOf(const QString &id)
{
    const QJsonArray items = get(u"/api/v2/approvals"_s).json.value("items"_L1).toArray();
    for (const auto &item : items) {
        if (item["device_id"_L1] == id) {
            return post(u"/api/v2/approvals/%1/accept"_s.arg(item["id"_L1].toString()), {{"fingerprint"_L1, item["fingerprint"_L1]}})
                .json.value("state"_L1)
                .toString();
        }
    }
    return u"nothing waits"_s;
}

QByteArray TestServer::cloudPem() const
{
    QFile file(settings.data + "/keys/cloud_public.pem"_L1);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace muster::test
