// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/simulator/acceptor.h"

#include "protocol/rpc/message.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkReply>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::simulator {

Acceptor::Acceptor(const QUrl &server, const QString &apiKey, const QHash<QString, QString> &fingerprints, const QSslConfiguration &tls,
                   QObject *parent)
    : QObject(parent)
    , m_server(server)
    , m_apiKey(apiKey)
    , m_fingerprints(fingerprints)
    , m_tls(tls)
{
    m_looking.setSingleShot(true);
    connect(&m_looking, &QTimer::timeout, this, &Acceptor::look);
}

Result<std::pair<QUrl, QString>> Acceptor::readProfile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(InvalidParams, u"%1: %2."_s.arg(path, file.errorString()));
    const Result<QJsonObject> profile = parseJsonObject(file.read(64 * 1024));
    if (!profile)
        return failure(InvalidParams, u"%1: %2"_s.arg(path, profile.error().message));
    const QUrl server(profile->value("server"_L1).toString(), QUrl::StrictMode);
    const QString apiKey = profile->value("api_key"_L1).toString();
    if (!server.isValid() || !server.scheme().startsWith("http"_L1) || apiKey.isEmpty())
        return failure(InvalidParams, u"%1: needs \"server\", an http address, and \"api_key\"."_s.arg(path));
    return std::pair(server, apiKey);
}

void Acceptor::start()
{
    m_looking.start(0);
}

void Acceptor::stop()
{
    m_looking.stop();
}

QNetworkRequest Acceptor::request(const QString &path) const
{
    QNetworkRequest request(m_server.resolved(QUrl(path)));
    request.setRawHeader("Authorization", "Bearer " + m_apiKey.toLatin1());
    request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json"_L1);
    request.setSslConfiguration(m_tls);
    request.setTransferTimeout(30s);
    return request;
}

void Acceptor::look()
{
    QNetworkReply *reply = m_network.get(request(u"/api/v2/approvals?state=pending"_s));
    connect(reply, &QNetworkReply::finished, this, [this, reply] {
        reply->deleteLater();
        if (reply->error() != QNetworkReply::NoError) {
            if (!isRefused(*reply)) {
                emit failed(u"the operator API: %1"_s.arg(reply->errorString()));
                m_looking.start(1s);
            }
            return;
        }
        const QJsonArray items = QJsonDocument::fromJson(reply->readAll()).object().value("items"_L1).toArray();
        for (const QJsonValueConstRef item : items) {
            const QString fingerprint = item.toObject().value("fingerprint"_L1).toString();
            if (m_fingerprints.value(item.toObject().value("device_id"_L1).toString()) == fingerprint)
                accept(item.toObject().value("id"_L1).toString(), fingerprint);
        }
        if (m_underWay == 0)
            m_looking.start(200ms);
    });
}

bool Acceptor::isRefused(QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status != 401 && status != 403)
        return false;
    stop();
    if (!std::exchange(m_isRefused, true)) {
        const QJsonObject error = QJsonDocument::fromJson(reply.readAll()).object().value("error"_L1).toObject();
        emit refused(u"the profile's API key may not accept devices: %1"_s.arg(error.value("message"_L1).toString(reply.errorString())));
    }
    return true;
}

void Acceptor::accept(const QString &id, const QString &fingerprint)
{
    ++m_underWay;
    QNetworkReply *reply = m_network.post(request(u"/api/v2/approvals/%1/accept"_s.arg(id)),
                                          QJsonDocument(QJsonObject{{"fingerprint"_L1, fingerprint}}).toJson());
    connect(reply, &QNetworkReply::finished, this, [this, reply, id] {
        reply->deleteLater();
        --m_underWay;
        if (isRefused(*reply))
            return;
        if (reply->error() != QNetworkReply::NoError)
            emit failed(u"the approval %1: %2"_s.arg(id, reply->errorString()));
        if (m_underWay == 0)
            m_looking.start(0);
    });
}

} // namespace muster::simulator
