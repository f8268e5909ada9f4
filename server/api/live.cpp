// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/live.h"

#include "server/api/closecodes.h"
#include "server/api/livelimits.h"
#include "server/api/livesession.h"
#include "server/api/socketopening.h"
#include "server/network.h"
#include "transport/closecodes.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

LiveHub::LiveHub(operators::Gate &gate, operators::Accounts &accounts, fleet::Fleet &fleet, fleet::Commands &commands,
                 listen::KnownNetworks &known, Counters &counters, bool secure)
    : m_gate(gate)
    , m_accounts(accounts)
    , m_fleet(fleet)
    , m_commands(commands)
    , m_known(known)
    , m_counters(counters)
    , m_secure(secure)
{
    connect(&m_fleet.registry(), &fleet::Registry::changed, this,
            [this] { forEach([](LiveSession *session) { session->fleetChanged(); }); });
    connect(&m_fleet.health(), &fleet::HealthBoard::sample, this, [this](const QString &deviceId, const QJsonObject &sample) {
        forEach([&](LiveSession *session) { session->healthSample(deviceId, sample); });
    });
    connect(&m_commands, &fleet::Commands::changed, this, [this](const QSet<QString> &devices) {
        forEach([&](LiveSession *session) { session->listChanged(Topic::Commands, devices); });
    });
    connect(&m_fleet.history(), &fleet::History::changed, this, [this](const QSet<QString> &devices) {
        forEach([&](LiveSession *session) { session->listChanged(Topic::History, devices); });
    });
    connect(&m_fleet.events(), &fleet::EventStream::happened, this,
            [this](const QList<store::FleetEvent> &events) { forEach([&](LiveSession *session) { session->eventsHappened(events); }); });
    // Queued: whoever ends the own session or key hears first that it is done.
    connect(
        &m_accounts, &operators::Accounts::sessionEnded, this,
        [this](const QString &id, const QString &reason) {
            forEach([&](LiveSession *session) {
                if (session->sessionId() == id)
                    session->signOut(reason);
            });
        },
        Qt::QueuedConnection);
}

void LiveHub::scopesChanged()
{
    forEach([](LiveSession *session) { session->fleetChanged(); });
}

LiveHub::~LiveHub()
{
    for (LiveSession *session : std::exchange(m_sessions, {}))
        delete session;
}

void LiveHub::take(listen::HttpFront &front)
{
    const OpenedSocket opened = openSocket(front, livelimits::messageBytes, livelimits::unsentAtMost);
    listen::Connection &connection = opened.connection;
    const transport::HttpHead &head = opened.head;
    const SenderHeaders sender = senderHeaders(head);
    const Credentials credentials =
        credentialsOf(head.value("Authorization"), head.value("Cookie"), sessionCookieName(m_secure, sender.host));
    // A cookie travels with every page's socket; only our own page may use it.
    if (credentials.fromCookie && senderOf(sender, m_secure) != Sender::OwnPage)
        return turnAway(opened, liveclose::otherOrigin, u"this connection comes from another site's page"_s);
    const QString address = connection.address().toString();
    const operators::Caller caller = m_accounts.callerOf(credentials.token, address, QString::fromLatin1(head.value("User-Agent")));
    if (!caller.isSignedIn())
        return turnAway(opened, liveclose::signedOut, u"sign in first"_s);
    if (m_sessions.size() >= livelimits::sessions || !connection.moveInto(listen::Room::Operators))
        return turnAway(opened, transport::closecode::tryAgainLater, u"too many live connections"_s);
    m_known.noteOperator(networkOf(connection.address()));
    auto *session = new LiveSession(*this, connection, opened.webSocket, caller.session, address);
    m_sessions.insert(session);
    ++m_counters.liveSockets;
    connect(session, &LiveSession::ended, this, [this, session] {
        if (m_sessions.erase(session) == 0)
            return;
        --m_counters.liveSockets;
        session->deleteLater();
    });
}

void LiveHub::tick(qint64 now)
{
    forEach([now](LiveSession *session) { session->tick(now); });
}

void LiveHub::shutDown()
{
    forEach([](LiveSession *session) { session->goAway(); });
}

} // namespace muster::api
