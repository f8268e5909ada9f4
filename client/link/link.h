// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/subscription.h"
#include "protocol/rpc/result.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QObject>

#include <functional>

namespace muster {

class ServerClock;

/// The connection to one server: how it stands, calls and subscriptions. LiveLink has a real one, MockLink answers out of an invented
/// fleet; nobody else knows which it is. Lives in the thread of the user interface and never blocks it.
class Link : public QObject
{
    Q_OBJECT
    Q_PROPERTY(State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool live READ isLive NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString trouble READ trouble NOTIFY troubleChanged FINAL)
    Q_PROPERTY(qint64 staleSince READ staleSince NOTIFY stateChanged FINAL)
    Q_PROPERTY(qint64 nextAttemptAt READ nextAttemptAt NOTIFY troubleChanged FINAL)
    Q_PROPERTY(int roundTripMs READ roundTripMs NOTIFY roundTripMsChanged FINAL)
    Q_PROPERTY(QString serverAddress READ serverAddress NOTIFY serverAddressChanged FINAL)

public:
    enum class State : quint8 {
        Disconnected, ///< no server is wanted
        Connecting,   ///< for the first time; nothing to show yet
        SignedOut,    ///< the server is there and wants to know who this is
        Ready,        ///< signed in, live
        Reconnecting, ///< was Ready; what is shown is as of staleSince()
    };
    Q_ENUM(State)

    using Reply = std::function<void(const Result<QJsonValue> &)>;

    /// @param clock must outlive this; stands still while this is paused
    explicit Link(ServerClock *clock, QObject *parent = nullptr);
    ~Link() override;

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isLive() const { return m_state == State::Ready; }
    /// Why it is not live, in one sentence; empty when all is well.
    [[nodiscard]] QString trouble() const { return m_trouble; }
    /// Since when the picture stands still, by the server's clock; 0 while it is live.
    [[nodiscard]] qint64 staleSince() const { return m_staleSince; }
    /// When the next attempt to connect is due, by the server's clock; 0 when none is planned.
    [[nodiscard]] qint64 nextAttemptAt() const { return m_nextAttemptAt; }
    /// Of the last Live.Ping; -1 when not known.
    [[nodiscard]] int roundTripMs() const { return m_roundTripMs; }
    /// Host and port, for people to read.
    [[nodiscard]] virtual QString serverAddress() const = 0;

    /// Calls a method of the operator API. `reply` is called once, later, in this thread, unless `context` is gone.
    /// Fails with Unavailable where the connection is not Ready or breaks before the answer.
    virtual void call(const QString &method, const QJsonObject &params, QObject *context, const Reply &reply) = 0;
    /// Subscribes to a topic of the live socket. The subscription belongs to `parent` and follows reconnects by itself.
    [[nodiscard]] Subscription *subscribe(const QString &topic, const QJsonObject &params, QObject *parent,
                                          Subscription::Unseen unseen = Subscription::Unseen::Ends);

    /// Nobody looks: all subscriptions but those that go on unseen are ended on the server, and the clock stands still, so that
    /// nothing is asked again. The connection stays. Afterwards they begin anew, and models take what they missed.
    void setPaused(bool paused);
    [[nodiscard]] bool isPaused() const { return m_paused; }

public slots:
    /// Does not wait for the next attempt.
    virtual void retryNow() = 0;

signals:
    void stateChanged();
    void troubleChanged();
    void roundTripMsChanged();
    void serverAddressChanged();
    void pausedChanged();
    /// Live again, or looked at again: what is not subscribed to may have changed meanwhile.
    void refreshDue();
    /// Live again, at another server than before, which shares its database with that one. @param address host and port, for people
    void movedTo(const QString &address);
    /// The session is over, or no server is wanted any more; just before stateChanged. Whoever keeps what belongs to it lets go of it.
    void left();

protected:
    [[nodiscard]] ServerClock &clock() const { return *m_clock; }
    void setState(State state);
    void setTrouble(const QString &trouble, qint64 nextAttemptAt = 0);
    void setRoundTripMs(int ms);
    /// Hands a Live.* notification to its subscription.
    void deliver(const QString &method, const QJsonObject &params);

private:
    friend class Subscription;
    void drop(Subscription *subscription);
    void unsubscribe(const QString &id);
    /// True where a subscription can be told something, and somebody wants to hear it.
    [[nodiscard]] bool serves(const Subscription &subscription) const;
    void beginAll();

    ServerClock *m_clock;
    State m_state = State::Disconnected;
    QString m_trouble;
    qint64 m_staleSince = 0;
    qint64 m_nextAttemptAt = 0;
    int m_roundTripMs = -1;
    QList<Subscription *> m_subscriptions;
    bool m_paused = false;
};

} // namespace muster
