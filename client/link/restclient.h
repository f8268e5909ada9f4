// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QObject>
#include <QPointer>
#include <QUrl>

#include <chrono>
#include <functional>

class QNetworkReply;

namespace muster {

/// What is asked of a server before its live socket opens: who this is, by a token or by the browser's cookie. Knows the server's address
/// and the token. One thread.
class RestClient : public QObject
{
    Q_OBJECT

public:
    struct Answer
    {
        int status = 0; ///< of HTTP; 0: none came
        QJsonObject body;
        QString networkError;
        QUrl leader; ///< where a server that stands by sends to; empty: it is none, or does not know

        /// Why it is no good, for people to read.
        [[nodiscard]] QString why() const;
    };
    using Done = std::function<void(const Answer &)>;

    explicit RestClient(QObject *parent = nullptr);
    ~RestClient() override;

    /// @param server http or https; its path is the prefix of /api/v2
    void setServer(const QUrl &server);
    [[nodiscard]] const QUrl &server() const { return m_server; }
    /// How long ask() waits for its answer; 15 s unless it is set.
    void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }
    /// A session token or API key; empty where none is known, as in the browser, where scripts must not hold one.
    void setToken(const QString &token) { m_token = token; }
    [[nodiscard]] const QString &token() const { return m_token; }

    /// @param path below /api/v2
    /// @param done called once, later, unless the question is dropped before
    void ask(const QString &path, const Done &done);
    /// The last question is nobody's any more.
    void dropQuestion();
    /// @param verb other than GET
    void send(const QByteArray &verb, const QString &path, const QJsonObject &body, const Done &done);

private:
    QNetworkReply *request(const QByteArray &verb, const QString &path, const QByteArray &body, std::chrono::milliseconds patience,
                           const Done &done);

    QUrl m_server;
    QString m_token;
    std::chrono::milliseconds m_patience;
    QNetworkAccessManager m_network;
    QPointer<QNetworkReply> m_question;
};

} // namespace muster
