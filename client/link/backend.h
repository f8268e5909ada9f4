// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/link/subscription.h"
#include "client/values/values.h"
#include "protocol/rpc/result.h"

#include <QJsonValue>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <functional>

namespace muster {

/// Where models and screens get everything from: one server, seen as a connection state, calls and subscriptions.
/// LiveBackend talks to a real one, MockBackend invents a fleet; nobody else knows which it is.
/// Lives in the thread of the user interface and never blocks it.
class Backend : public QObject
{
    Q_OBJECT
    Q_PROPERTY(State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool live READ isLive NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString trouble READ trouble NOTIFY troubleChanged FINAL)
    Q_PROPERTY(qint64 staleSince READ staleSince NOTIFY stateChanged FINAL)
    Q_PROPERTY(qint64 nextAttemptAt READ nextAttemptAt NOTIFY troubleChanged FINAL)
    Q_PROPERTY(int roundTripMs READ roundTripMs NOTIFY roundTripMsChanged FINAL)
    Q_PROPERTY(muster::SessionInfo session READ session NOTIFY sessionChanged FINAL)
    Q_PROPERTY(muster::FleetCounts counts READ counts NOTIFY countsChanged FINAL)
    Q_PROPERTY(bool setupNeeded READ isSetupNeeded NOTIFY setupNeededChanged FINAL)
    Q_PROPERTY(bool signingIn READ isSigningIn NOTIFY signingInChanged FINAL)
    Q_PROPERTY(QString signInError READ signInError NOTIFY signingInChanged FINAL)
    Q_PROPERTY(QString serverAddress READ serverAddress NOTIFY serverAddressChanged FINAL)
    Q_PROPERTY(qint64 now READ now NOTIFY nowChanged FINAL)

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

    explicit Backend(QObject *parent = nullptr);
    ~Backend() override;

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
    [[nodiscard]] const SessionInfo &session() const { return m_session; }
    [[nodiscard]] const FleetCounts &counts() const { return m_counts; }
    /// The server has no account yet: only its one-time setup link lets anybody in.
    [[nodiscard]] bool isSetupNeeded() const { return m_setupNeeded; }
    [[nodiscard]] bool isSigningIn() const { return m_signingIn; }
    /// Why the last sign-in was refused; empty when it was not.
    [[nodiscard]] QString signInError() const { return m_signInError; }
    /// Host and port, for people to read.
    [[nodiscard]] virtual QString serverAddress() const = 0;
    /// The server's time in milliseconds since 1970, as well as it is known here. nowChanged comes every second.
    [[nodiscard]] virtual qint64 now() const;

    /// Calls a method of the operator API. `reply` is called once, later, in this thread, unless `context` is gone.
    /// Fails with Unavailable where the connection is not Ready or breaks before the answer.
    virtual void call(const QString &method, const QJsonObject &params, QObject *context, const Reply &reply) = 0;
    /// Subscribes to a topic of the live socket. The subscription belongs to `parent` and follows reconnects by itself.
    [[nodiscard]] Subscription *subscribe(const QString &topic, const QJsonObject &params, QObject *parent);

    /// Nobody looks: all subscriptions but the fleet's counts are ended on the server, and the clock stands still, so that
    /// nothing is asked again. The connection stays. Afterwards they begin anew, and models take what they missed.
    void setPaused(bool paused);
    [[nodiscard]] bool isPaused() const { return m_paused; }

public slots:
    virtual void signIn(const QString &user, const QString &password) = 0;
    /// Redeems the token of a one-time sign-in link, or a whole link.
    virtual void redeem(const QString &tokenOrLink) = 0;
    /// Makes the first account with the token of the setup link, or the whole link.
    virtual void completeSetup(const QString &tokenOrLink, const QString &user, const QString &password) = 0;
    virtual void signOut() = 0;
    /// Does not wait for the next attempt.
    virtual void retryNow() = 0;

signals:
    void stateChanged();
    void troubleChanged();
    void roundTripMsChanged();
    void sessionChanged();
    void countsChanged();
    void setupNeededChanged();
    void signingInChanged();
    void serverAddressChanged();
    void nowChanged();
    void pausedChanged();
    /// Live again, or looked at again: what is not subscribed to may have changed meanwhile.
    void refreshDue();

protected:
    void setState(State state);
    void setTrouble(const QString &trouble, qint64 nextAttemptAt = 0);
    void setRoundTripMs(int ms);
    void setSession(const SessionInfo &session);
    void setSetupNeeded(bool needed);
    void setSigningIn(bool busy, const QString &error = {});
    void setClockAhead(qint64 ms) { m_clockAheadMs = ms; }
    /// Whether the clock moves by itself.
    void setTicking(bool on);
    /// Hands a Live.* notification to its subscription.
    void deliver(const QString &method, const QJsonObject &params);

    /// The token in "http://host/#/sign-in/TOKEN" or "…/setup/TOKEN", or the text itself.
    [[nodiscard]] static QString tokenOf(const QString &tokenOrLink);

private:
    friend class Subscription;
    void drop(Subscription *subscription);
    void unsubscribe(const QString &id);
    /// True where a subscription can be told something, and somebody wants to hear it.
    [[nodiscard]] bool serves(const Subscription &subscription) const;
    void beginAll();
    void runClock();
    void setCounts(const FleetCounts &counts);

    State m_state = State::Disconnected;
    QString m_trouble;
    qint64 m_staleSince = 0;
    qint64 m_nextAttemptAt = 0;
    int m_roundTripMs = -1;
    SessionInfo m_session;
    FleetCounts m_counts;
    bool m_setupNeeded = false;
    bool m_signingIn = false;
    QString m_signInError;
    qint64 m_clockAheadMs = 0;
    QList<Subscription *> m_subscriptions;
    Subscription *m_fleet = nullptr;
    bool m_paused = false;
    bool m_ticking = true;
    QTimer m_tick;
};

} // namespace muster
