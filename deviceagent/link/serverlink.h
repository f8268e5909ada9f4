// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deviceagent/identity.h"
#include "deviceagent/link/delays.h"
#include "deviceagent/link/outgoingstream.h"
#include "deviceagent/link/serverclock.h"
#include "deviceagent/link/toldservers.h"
#include "protocol/rpc/limits.h"
#include "protocol/rpc/serveraddresses.h"
#include "protocol/signing/envelope.h"

#include <QFuture>
#include <QHash>
#include <QPromise>
#include <QSslConfiguration>
#include <QTimer>
#include <QUrl>

#include <optional>

namespace muster::transport {
class WebSocketDialler;
}

namespace muster::agent {

using Answer = Result<QJsonValue>;

/// Keeps one signed session with the server: dials, proves who this device is, carries calls both ways, and dials again.
/// Lives in one thread with an event loop.
class ServerLink : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        QUrl url;                ///< ws:// or wss://, path /device
        QList<QUrl> others = {}; ///< of servers that share a database with that one
        QString toldPath = {};   ///< where it is kept which others the server told of; empty: nowhere
        QString authMethod;      ///< AUTH_RPC_METHOD
        QSslConfiguration tls;
        std::chrono::milliseconds dialTimeout = std::chrono::seconds(30);         ///< until the server has answered the authentication
        std::chrono::milliseconds dialTimeoutOfSeveral = std::chrono::seconds(8); ///< the same where another one may have taken over
        std::chrono::milliseconds idleBeforePing = std::chrono::minutes(2);
        std::chrono::milliseconds pongTimeout = std::chrono::seconds(30);
    };

    enum class State {
        Stopped,
        Waiting, ///< for the next attempt
        Dialling,
        Authenticating, ///< connected; the hello or the answer is still to come
        Pending,        ///< a person has to accept the key
        Accepted,
    };
    Q_ENUM(State)

    /// @param answer is asked for every call of the server; it must not block
    using Answerer = std::function<QFuture<Answer>(const QString &method, const QJsonObject &params)>;

    ServerLink(const Identity &identity, const Options &options, Answerer answer, Delays delays = Delays(), QObject *parent = nullptr);
    ~ServerLink() override;

    void start();
    /// Says goodbye to the server and stays stopped.
    void stop();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const ServerClock &clock() const { return m_clock; }

    /// Calls a method of the server. @return its answer; DeviceOffline when there is no accepted session or it ends meanwhile,
    /// TimedOut, TooMany
    [[nodiscard]] QFuture<Answer> call(const QString &method, const QJsonObject &params,
                                       std::chrono::milliseconds timeout = limits::callTimeout);
    /// Sends a notification, or drops it where no session is accepted.
    void notify(const QString &method, const QJsonObject &params);
    /// Opens a stream to the server; to be used while its request is being answered.
    /// @param offer the `stream` member of that request
    /// @return InvalidParams, Conflict for an id that is open, TooMany, DeviceOffline
    [[nodiscard]] Result<std::unique_ptr<OutgoingStream>> openStream(const QJsonValue &offer);

signals:
    void stateChanged(muster::agent::ServerLink::State state);
    /// The server takes calls from now on.
    void accepted();
    /// The connection is gone; another attempt follows.
    void ended(const QString &reason);

private:
    friend class OutgoingStream;

    struct Waiting
    {
        QPromise<Answer> promise;
        qint64 deadline = 0; ///< of the boot clock
    };

    void dial();
    void receive(const QByteArray &text);
    void open();
    void welcome(const Verified &hello);
    void decide(const QJsonObject &decision);
    /// Servers that this one names, once it has proven itself.
    void hearOf(const QList<QUrl> &servers);
    void handle(const Request &request);
    void handle(const Response &response);
    void handle(const Notification &notification);
    bool send(const Message &message);
    [[nodiscard]] qint64 unsentBytes() const;
    [[nodiscard]] bool isCongested() const;
    void resumeStreams();
    void endStreams();
    void closeLink(const QString &reason, bool slowly = false);
    void endLink(const QString &reason);
    void failWaiting(const QString &reason);
    void watch();
    void setState(State state);
    [[nodiscard]] QDateTime sessionNow() const;

    const Identity m_identity;
    const Options m_options;
    const Answerer m_answer;
    Delays m_delays;
    ServerAddresses m_addresses;
    QUrl m_dialled; ///< where this connection, or the last one, went to
    ToldServers m_told;
    ServerClock m_clock;
    State m_state = State::Stopped;

    // Of one connection:
    transport::WebSocketDialler *m_dialler = nullptr;
    std::unique_ptr<SignedSession> m_session; ///< there as long as the dialler
    QString m_authenticationId;
    QString m_closeReason;
    bool m_comeBackSlowly = false;
    std::optional<QList<QUrl>> m_heardOf; ///< servers that the hello named; it may still be a recording
    int m_retryAfter = -1;                ///< seconds, as the server asked; -1: it did not
    qint64 m_wallClockAtBoot = 0;         ///< read when the connection began, so that setting the clock does not skew the session
    qint64 m_acceptedAt = 0;
    qint64 m_heardAt = 0;
    qint64 m_pingedAt = 0;
    int m_answering = 0;
    quint64 m_lastCall = 0;
    QHash<QString, std::shared_ptr<Waiting>> m_calls;
    QHash<QString, OutgoingStream *> m_streams; ///< the open ones; each takes itself out

    QTimer m_next;  ///< the next attempt, or the end of this one
    QTimer m_watch; ///< idle links and calls without an answer
};

} // namespace muster::agent
