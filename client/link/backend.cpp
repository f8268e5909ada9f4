// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/backend.h"

#include <QDateTime>

#include <chrono>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster {

Backend::Backend(QObject *parent)
    : QObject(parent)
{
    m_tick.setInterval(1s);
    m_tick.start();
    connect(&m_tick, &QTimer::timeout, this, &Backend::nowChanged);

    m_fleet = subscribe(u"fleet"_s, {}, this);
    connect(m_fleet, &Subscription::started, this,
            [this](const QJsonObject &answer) { setCounts(FleetCounts::fromJson(answer["counts"_L1].toObject())); });
    connect(m_fleet, &Subscription::updated, this,
            [this](const QString &, const QJsonObject &params) { setCounts(FleetCounts::fromJson(params["counts"_L1].toObject())); });
}

Backend::~Backend()
{
    // Children end after this body: they must not reach into a half-gone backend.
    const QList<Subscription *> subscriptions = std::exchange(m_subscriptions, {});
    for (Subscription *subscription : subscriptions)
        subscription->m_backend = nullptr;
}

qint64 Backend::now() const
{
    return QDateTime::currentMSecsSinceEpoch() + m_clockAheadMs;
}

Subscription *Backend::subscribe(const QString &topic, const QJsonObject &params, QObject *parent)
{
    auto *subscription = new Subscription(this, topic, params, parent);
    m_subscriptions << subscription;
    // Queued, so that the caller can connect first.
    QMetaObject::invokeMethod(
        subscription,
        [subscription] {
            if (subscription->m_backend && subscription->m_backend->serves(*subscription) && !subscription->isActive()
                && !subscription->m_asked)
                subscription->begin();
        },
        Qt::QueuedConnection);
    return subscription;
}

void Backend::drop(Subscription *subscription)
{
    m_subscriptions.removeOne(subscription);
    if (isLive() && subscription->isActive())
        unsubscribe(subscription->m_id);
}

void Backend::unsubscribe(const QString &id)
{
    call(u"Live.Unsubscribe"_s, {{"subscription"_L1, id}}, this,
         [](const Result<QJsonValue> &) { /* the server may have dropped it first */ });
}

bool Backend::serves(const Subscription &subscription) const
{
    // The counts feed the title, which is what is seen of a page that is hidden.
    return isLive() && (!m_paused || &subscription == m_fleet);
}

void Backend::beginAll()
{
    const QList<Subscription *> subscriptions = m_subscriptions;
    for (Subscription *subscription : subscriptions) {
        if (m_subscriptions.contains(subscription) && serves(*subscription) && !subscription->isActive() && !subscription->m_asked)
            subscription->begin();
    }
}

void Backend::setPaused(bool paused)
{
    if (m_paused == paused)
        return;
    m_paused = paused;
    runClock();
    if (paused) {
        const QList<Subscription *> subscriptions = m_subscriptions;
        for (Subscription *subscription : subscriptions) {
            // What cannot be sent may end the connection, and whoever hears of that a subscription.
            if (!m_subscriptions.contains(subscription) || serves(*subscription))
                continue;
            if (isLive() && subscription->isActive())
                unsubscribe(subscription->m_id);
            if (m_subscriptions.contains(subscription))
                subscription->forget();
        }
    }
    emit pausedChanged();
    if (paused)
        return;
    if (isLive()) {
        beginAll();
        emit refreshDue();
    }
    emit nowChanged();
}

void Backend::deliver(const QString &method, const QJsonObject &params)
{
    const QString id = params["subscription"_L1].toString();
    for (Subscription *subscription : std::as_const(m_subscriptions)) {
        if (subscription->m_id == id && !id.isEmpty()) {
            emit subscription->updated(method, params);
            return;
        }
    }
}

void Backend::setState(State state)
{
    if (m_state == state)
        return;
    const State before = m_state;
    m_state = state;
    if (state == State::Reconnecting)
        m_staleSince = now();
    else if (state != State::Connecting)
        m_staleSince = 0;
    if (state != State::Ready) {
        for (Subscription *subscription : std::as_const(m_subscriptions))
            subscription->forget();
        setRoundTripMs(-1);
    }
    if (state == State::SignedOut || state == State::Disconnected) {
        setSession({});
        setCounts({});
    }
    if (state == State::Ready)
        setTrouble({});
    emit stateChanged();
    if (state == State::Ready && before != State::Ready) {
        beginAll();
        if (!m_paused)
            emit refreshDue();
    }
}

void Backend::setTrouble(const QString &trouble, qint64 nextAttemptAt)
{
    if (m_trouble == trouble && m_nextAttemptAt == nextAttemptAt)
        return;
    m_trouble = trouble;
    m_nextAttemptAt = nextAttemptAt;
    emit troubleChanged();
}

void Backend::setRoundTripMs(int ms)
{
    if (std::exchange(m_roundTripMs, ms) != ms)
        emit roundTripMsChanged();
}

void Backend::setSession(const SessionInfo &session)
{
    if (m_session == session)
        return;
    m_session = session;
    emit sessionChanged();
}

void Backend::setCounts(const FleetCounts &counts)
{
    if (m_counts == counts)
        return;
    m_counts = counts;
    emit countsChanged();
}

void Backend::setSetupNeeded(bool needed)
{
    if (std::exchange(m_setupNeeded, needed) != needed)
        emit setupNeededChanged();
}

void Backend::setSigningIn(bool busy, const QString &error)
{
    if (m_signingIn == busy && m_signInError == error)
        return;
    m_signingIn = busy;
    m_signInError = error;
    emit signingInChanged();
}

void Backend::setTicking(bool on)
{
    m_ticking = on;
    runClock();
}

void Backend::runClock()
{
    if (m_ticking && !m_paused)
        m_tick.start();
    else
        m_tick.stop();
}

QString Backend::tokenOf(const QString &tokenOrLink)
{
    const QString text = tokenOrLink.trimmed();
    return text.mid(text.lastIndexOf(u'/') + 1);
}

} // namespace muster
