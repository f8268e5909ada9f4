// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/link.h"
#include "client/link/pendingcalls.h"
#include "client/link/socket.h"
#include "protocol/rpc/serveraddresses.h"

#include <QTimer>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>

namespace muster {

class RestClient;

/// The connection to a real server: attempts, with growing pauses and jitter, and the live socket, by which all is asked. Of several servers
/// that share a database it finds the one that leads. Who this is it leaves to whoever hears identityRequested(), and who then calls
/// goLive(), refuse() or lose().
class LiveLink : public Link
{
    Q_OBJECT

public:
    struct Pace
    {
        std::chrono::milliseconds firstPause{500}; ///< before the second attempt; doubled from there
        std::chrono::milliseconds longestPause{30'000};
        std::chrono::milliseconds opening{15'000};         ///< until the socket is open
        std::chrono::milliseconds openingOfSeveral{5'000}; ///< the same where another server may have taken over
        std::chrono::milliseconds ping{4'000};             ///< between two Live.Ping
        std::chrono::milliseconds answer{4'000};           ///< a ping that nothing follows for so long: the connection counts as lost
        std::chrono::milliseconds call{35'000};            ///< a call that nobody answers; above the server's own 30 s
    };

    /// @param rest has the server's address and the token; it and `clock`, which is set by the server's answers, must outlive this
    LiveLink(RestClient *rest, ServerClock *clock, QObject *parent = nullptr);
    ~LiveLink() override;

    /// @param servers http or https, at least one, of one fleet; the first is tried first. A path is the prefix of /api/v2
    /// @param token a session token or API key, which each of them gets to see; empty where none is known
    void open(const QList<QUrl> &servers, const QString &token);
    void close();
    /// Where the server that answers says that all servers of its fleet are: they are tried as well, the token with them. Nothing where
    /// anybody on the way to it could have said so; see ServerAddresses.
    void setTold(const QList<QUrl> &servers);
    /// Those of setTold() that are tried.
    [[nodiscard]] QList<QUrl> told() const { return m_addresses.told(); }
    void setPace(const Pace &pace) { m_pace = pace; }
    void setSocketMaker(const std::function<std::unique_ptr<Socket>()> &make) { m_makeSocket = make; }
    /// Milliseconds that never go back, for tests of what a machine that slept has in store.
    void setMonotonic(const std::function<qint64()> &monotonic) { m_monotonic = monotonic; }

    /// The server knows who this is: the live socket is opened.
    void goLive();
    /// The server does not know who this is, or not any more. Nothing is tried again by itself, and the token goes.
    /// @param why in one sentence; empty where it is nobody's fault
    void refuse(const QString &why);
    /// An attempt came to nothing, or the connection broke: the next one is planned, at another server where there is one.
    /// @param leader that the server named, which stands by; empty: it did not
    void lose(const QString &why, const QUrl &leader = {});
    /// The server that is asked now does not answer, or stands by for another one: the next question goes to another.
    /// @param leader as of lose()
    /// @return whether one is left that was not asked since one answered
    [[nodiscard]] bool moveOn(const QUrl &leader);
    /// Ends what is under way, so that its outcome is not taken for the one of what is asked now. No next attempt is planned, and there is
    /// no trouble any more.
    void halt();

    [[nodiscard]] QString serverAddress() const override;
    void call(const QString &method, const QJsonObject &params, QObject *context, const Reply &reply) override;

public slots:
    void retryNow() override;

signals:
    /// An attempt begins: the server is to be asked who this is.
    void identityRequested();
    /// The server answers on the live socket: it becomes Ready now.
    void welcomed();
    /// The connection is lost, or the attempt; before it is said why.
    void lost();
    /// An attempt to connect has failed; the next one is planned.
    /// @param at host and port that it was made at
    /// @param triesAnother that one is made at another server, soon
    void attemptFailed(const muster::Error &error, const QString &at, bool triesAnother);

private:
    void attempt();
    void onOpened();
    void onReceived(const QString &text);
    void onClosed(int code, const QString &reason);
    void dropSocket();
    void ping();
    void judge();
    void expect(std::chrono::milliseconds within);
    void send(const QString &method, const QJsonObject &params, QObject *context, const Reply &reply);

    [[nodiscard]] std::chrono::milliseconds patience() const { return m_addresses.areSeveral() ? m_pace.openingOfSeveral : m_pace.opening; }
    void goTo(const QUrl &server);

    RestClient *m_rest;
    ServerAddresses m_addresses;
    QString m_liveAt; // where it was live last
    Pace m_pace;
    std::function<std::unique_ptr<Socket>()> m_makeSocket = makeSocket;
    std::function<qint64()> m_monotonic;
    std::unique_ptr<Socket> m_socket;
    QTimer m_retry;
    QTimer m_ping;
    QTimer m_answer; // runs while something is due: the opening, or the answer to a ping
    qint64 m_due = 0;
    QTimer m_expiry;
    PendingCalls m_pending;
    int m_failures = 0;
    qint64 m_lastHeard = 0; // as m_due by m_monotonic
};

} // namespace muster
