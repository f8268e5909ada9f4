// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/mocklink.h"

#include "client/link/serverclock.h"

#include <QPointer>

#include <chrono>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster {

namespace {

// The pace at which a real server tells about changes.
constexpr auto liveEvery = 2s;
constexpr int pictureRoundTripMs = 12;

} // namespace

MockLink::MockLink(MockFleet *fleet, Manner manner, bool moving, ServerClock *clock, QObject *parent)
    : Link(clock, parent)
    , m_fleet(fleet)
    , m_manner(manner)
    , m_moving(moving)
{
    m_live.setInterval(liveEvery);
    connect(&m_live, &QTimer::timeout, this, &MockLink::step);
}

QString MockLink::serverAddress() const
{
    return u"workshop.local"_s;
}

void MockLink::goLive()
{
    m_connection = std::make_unique<MockConnection>(m_fleet);
    connect(m_connection.get(), &MockConnection::notified, this, &MockLink::deliver);
    setState(State::Ready);
    setRoundTripMs(pictureRoundTripMs);
    if (m_moving)
        m_live.start();
}

void MockLink::leave()
{
    m_live.stop();
    m_connection.reset();
    setState(State::SignedOut);
}

void MockLink::breakConnection()
{
    m_live.stop();
    setState(State::Reconnecting);
    setTrouble(u"The server closed the connection"_s, m_moving ? 0 : clock().now() + 4000);
    m_connection.reset();
}

void MockLink::step()
{
    m_fleet->setNow(m_moving ? clock().now() : m_fleet->now() + std::chrono::milliseconds(liveEvery).count());
    clock().tell();
    if (m_connection && isLive())
        m_connection->tick();
}

void MockLink::call(const QString &method, const QJsonObject &params, QObject *context, const Reply &reply)
{
    if (!m_holder || !m_holder(method, params, context, reply))
        answer(method, params, context, reply);
}

void MockLink::answer(const QString &method, const QJsonObject &params, QObject *context, const Reply &reply)
{
    if (!isLive()) {
        QMetaObject::invokeMethod(
            context, [reply] { reply(failure(Unavailable, u"Not connected to the server"_s)); }, Qt::QueuedConnection);
        return;
    }
    if (m_manner == Manner::Silent && method != "Live.Ping"_L1)
        return;
    if (m_manner == Manner::Fails && params["topic"_L1] != "fleet"_L1) {
        QMetaObject::invokeMethod(
            context, [reply] { reply(failure(Unavailable, u"The database is locked: the server's disk is full"_s)); },
            Qt::QueuedConnection);
        return;
    }
    // Answered later, as from a server: callers must not count on an answer within the call.
    QMetaObject::invokeMethod(
        context,
        [this, guard = QPointer(this), method, params, reply] {
            if (!guard || !m_connection) {
                reply(failure(Unavailable, u"The connection broke before the answer came"_s));
                return;
            }
            reply(m_connection->call(method, params));
        },
        Qt::QueuedConnection);
}

void MockLink::retryNow()
{
    if (state() == State::Reconnecting)
        emit returned();
}

} // namespace muster
