// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/rpc/result.h"

#include <QHash>
#include <QNetworkAccessManager>
#include <QSslConfiguration>
#include <QTimer>
#include <QUrl>

namespace muster::simulator {

/// Accepts the simulated devices' keys, and no others, through the operator API.
class Acceptor : public QObject
{
    Q_OBJECT

public:
    /// @param fingerprints of each device id
    Acceptor(const QUrl &server, const QString &apiKey, const QHash<QString, QString> &fingerprints, const QSslConfiguration &tls,
             QObject *parent = nullptr);

    /// Reads {"server", "api_key"}. @return what is wrong with the file, naming it
    [[nodiscard]] static Result<std::pair<QUrl, QString>> readProfile(const QString &path);

    void start();
    void stop();

signals:
    /// It is tried again.
    void failed(const QString &problem);
    /// The server knows the key, or does not, and lets it accept nothing: there is no use in another try.
    void refused(const QString &problem);

private:
    void look();
    void accept(const QString &id, const QString &fingerprint);
    [[nodiscard]] bool isRefused(QNetworkReply &reply);
    [[nodiscard]] QNetworkRequest request(const QString &path) const;

    const QUrl m_server;
    const QString m_apiKey;
    const QHash<QString, QString> m_fingerprints;
    const QSslConfiguration m_tls;
    QNetworkAccessManager m_network;
    QTimer m_looking;
    int m_underWay = 0;
    bool m_isRefused = false;
};

} // namespace muster::simulator
