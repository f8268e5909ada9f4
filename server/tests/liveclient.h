// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/testcase.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QWebSocket>

namespace muster::test {

/// The `Cookie` header of a browser that has signed in with this token, on a server without TLS.
inline QByteArray cookieHeader(const QString &url, const QString &token)
{
    return "muster_session_" + QByteArray::number(QUrl(url).port(80)) + '=' + token.toLatin1();
}

/// An operator's live socket.
struct LiveClient
{
    QWebSocket socket;
    QList<QJsonObject> received;
    int lastId = 0;

    LiveClient(const QString &url, const QString &token, const QByteArray &origin = {}, bool asCookie = false)
    {
        QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket,
                         [this](const QString &text) { received.append(QJsonDocument::fromJson(text.toUtf8()).object()); });
        QNetworkRequest request(
            QUrl(QString(url).replace(QLatin1StringView("http"), QLatin1StringView("ws")) + QStringLiteral("/api/v2/live")));
        if (asCookie)
            request.setRawHeader("Cookie", cookieHeader(url, token));
        else if (!token.isEmpty())
            request.setRawHeader("Authorization", "Bearer " + token.toLatin1());
        if (!origin.isEmpty())
            request.setRawHeader("Origin", origin);
        socket.open(request);
    }
    /// Calls a method and waits. @return the whole answer
    QJsonObject ask(const QString &method, const QJsonObject &params = {})
    {
        (void)muster::test::eventually([&] { return socket.state() == QAbstractSocket::ConnectedState; });
        const QString id = QString::number(++lastId);
        socket.sendTextMessage(QString::fromUtf8(QJsonDocument(QJsonObject{{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
                                                                           {QStringLiteral("id"), id},
                                                                           {QStringLiteral("method"), method},
                                                                           {QStringLiteral("params"), params}})
                                                     .toJson(QJsonDocument::Compact)));
        QJsonObject answer;
        (void)muster::test::eventually([&] {
            for (const QJsonObject &message : std::as_const(received)) {
                if (message[QStringLiteral("id")].toString() == id) {
                    answer = message;
                    return true;
                }
            }
            return false;
        });
        return answer;
    }
    [[nodiscard]] QList<QJsonObject> allOf(const QString &method) const
    {
        QList<QJsonObject> all;
        for (const QJsonObject &message : received) {
            if (message[QStringLiteral("method")].toString() == method)
                all.append(message[QStringLiteral("params")].toObject());
        }
        return all;
    }
    [[nodiscard]] QJsonObject lastOf(const QString &method) const
    {
        const auto all = allOf(method);
        return all.isEmpty() ? QJsonObject() : all.last();
    }
};

} // namespace muster::test
