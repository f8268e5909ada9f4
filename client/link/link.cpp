// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/link/link.h"

#include "client/link/serverclock.h"

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace muster {

Link::Link(ServerClock *clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
}

Link::~Link()
{
    // Children end after this body: they must not reach into a half-gone link.
    const QList<Subscription *> subscriptions = std::exchange(m_subscriptions, {});
    for (Subscription *subscription : subscriptions)
        subscription->m_link = nullptr;
}

Subscription *Link::subscribe(const QString &topic, const QJsonObject &params, QObject *parent, Subscription::Unseen unseen)
{
    auto *subscription = new Subscription(this, topic, params, unseen, parent);
    m_subscriptions << subscription;
    // Queued, so that the caller can connect first.
    QMetaObject::invokeMethod(
        subscription,
        [subscription] {
            if (subscription->m_link && subscription->m_link->serves(*subscription) && !subscription->isActive() && !subscription->m_asked)
                subscription->begin();
        },
        Qt::QueuedConnection);
    return subscription;
}

void Link::drop(Subscription *subscription)
{
    m_subscriptions.removeOne(subscription);
    if (isLive() && subscription->isActive())
        unsubscribe(subscription->m_id);
}

void Link::unsubscribe(const QString &id)
{
    call(u"Live.Unsubscribe"_s, {{"subscription"_L1, id}}, this,
         [](const Result<QJsonValue> &) { /* the server may have dropped it first */ });
}

bool Link::serves(const Subscription &subscription) const
{
    return isLive() && (!m_paused || subscription.m_unseen == Subscription::Unseen::GoesOn);
}

void Link::beginAll()
{
    const QList<Subscription *> subscriptions = m_subscriptions;
    for (Subscription *subscription : subscriptions) {
        if (m_subscriptions.contains(subscription) && serves(*subscription) && !subscription->isActive() && !subscription->m_asked)
            subscription->begin();
    }
}

void Link::setPaused(bool paused)
{
    if (m_paused == paused)
        return;
    m_paused = paused;
    if (paused) {
        m_clock->setPaused(true);
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
    m_clock->setPaused(m_paused); // ages are right at once
}

void Link::deliver(const QString &method, const QJsonObject &params)
{
    const QString id = params["subscription"_L1].toString();
    for (Subscription *subscription : std::as_const(m_subscriptions)) {
        if (subscription->m_id == id && !id.isEmpty()) {
            emit subscription->updated(method, params);
            return;
        }
    }
}

void Link::setState(State state)
{
    if (m_state == state)
        return;
    const State before = m_state;
    m_state = state;
    if (state == State::Reconnecting)
        m_staleSince = m_clock->now();
    else if (state != State::Connecting)
        m_staleSince = 0;
    if (state != State::Ready) {
        for (Subscription *subscription : std::as_const(m_subscriptions))
            subscription->forget();
        setRoundTripMs(-1);
    }
    if (state == State::SignedOut || state == State::Disconnected)
        emit left();
    if (state == State::Ready)
        setTrouble({});
    emit stateChanged();
    if (state == State::Ready && before != State::Ready) {
        beginAll();
        if (!m_paused)
            emit refreshDue();
    }
}

void Link::setTrouble(const QString &trouble, qint64 nextAttemptAt)
{
    if (m_trouble == trouble && m_nextAttemptAt == nextAttemptAt)
        return;
    m_trouble = trouble;
    m_nextAttemptAt = nextAttemptAt;
    emit troubleChanged();
}

void Link::setRoundTripMs(int ms)
{
    if (std::exchange(m_roundTripMs, ms) != ms)
        emit roundTripMsChanged();
}

} // namespace muster
