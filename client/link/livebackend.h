// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/backend.h"
#include "client/link/socket.h"

#include <QHash>
#include <QNetworkAccessManager>

#include <chrono>
#include <functional>
#include <memory>

class QNetworkReply;

namespace muster {

/// The backend of a real server: REST to sign in, the live socket for all else. Connects again by itself, with growing
/// pauses and jitter. A refused session and an unreachable server are told apart by GET /api/v2/session.
class LiveBackend : public Backend
{
    Q_OBJECT

public:
    struct Pace
    {
        std::chrono::milliseconds firstPause{500}; ///< before the second attempt; doubled from there
        std::chrono::milliseconds longestPause{30'000};
        std::chrono::milliseconds opening{15'000}; ///< until the socket is open
        std::chrono::milliseconds ping{4'000};     ///< between two Live.Ping
        std::chrono::milliseconds answer{4'000};   ///< a ping that nothing follows for so long: the connection counts as lost
        std::chrono::milliseconds call{35'000};    ///< a call that nobody answers; above the server's own 30 s
    };

    explicit LiveBackend(QObject *parent = nullptr);
    ~LiveBackend() override;

    /// @param server http or https; its path is the prefix of /api/v2
    /// @param token a session token or API key; empty where none is known
    void open(const QUrl &server, const QString &token = {});
    void close();
    void setPace(const Pace &pace) { m_pace = pace; }
    void setSocketMaker(const std::function<std::unique_ptr<Socket>()> &make) { m_makeSocket = make; }
    /// Milliseconds that never go back, for tests of what a machine that slept has in store.
    void setClock(const std::function<qint64()> &monotonic) { m_clock = monotonic; }
    /// A short-lived session token, for who wants to keep it. Empty when signed out.
    [[nodiscard]] QString token() const { return m_token; }
    [[nodiscard]] QString serverAddress() const override;

    void call(const QString &method, const QJsonObject &params, QObject *context, const Reply &reply) override;

public slots:
    void signIn(const QString &user, const QString &password) override;
    void redeem(const QString &tokenOrLink) override;
    void completeSetup(const QString &tokenOrLink, const QString &user, const QString &password) override;
    void signOut() override;
    void retryNow() override;

signals:
    void tokenChanged();
    /// An attempt to connect has failed; the next one is planned.
    void attemptFailed(const muster::Error &error);

private:
    struct Pending
    {
        QPointer<QObject> context;
        Reply reply;
        qint64 deadline = 0;
    };
    using RestReply = std::function<void(int status, const QJsonObject &body, const QString &networkError)>;

    void rest(const QByteArray &verb, const QString &path, const QJsonObject &body, const RestReply &done);
    void attempt();
    void askSession();
    void askSetup();
    void openSocket();
    void onOpened();
    void onReceived(const QString &text);
    void onClosed(int code, const QString &reason);
    void lost(const QString &why);
    void refused(const QString &why);
    void dropSocket();
    void ping();
    void judge();
    void expect(std::chrono::milliseconds within);
    void send(const QString &method, const QJsonObject &params, QObject *context, const Reply &reply);
    void failPending(const Error &error);
    void expire();
    void credentials(const QString &path, const QJsonObject &body);
    void setToken(const QString &token);

    QUrl m_server;
    QString m_token;
    Pace m_pace;
    std::function<std::unique_ptr<Socket>()> m_makeSocket = makeSocket;
    std::function<qint64()> m_clock;
    std::unique_ptr<Socket> m_socket;
    QNetworkAccessManager m_network;
    QPointer<QNetworkReply> m_attempt;
    QTimer m_retry;
    QTimer m_ping;
    QTimer m_answer; // runs while something is due: the opening, or the answer to a ping
    qint64 m_due = 0;
    QTimer m_expiry;
    QHash<QString, Pending> m_pending;
    quint64 m_nextId = 0;
    int m_failures = 0;
    qint64 m_lastHeard = 0; // as m_due by m_clock
};

} // namespace muster
