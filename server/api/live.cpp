// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/live.h"

#include "server/api/closecodes.h"
#include "server/api/credentials.h"
#include "server/api/livelimits.h"
#include "server/api/livesession.h"
#include "server/network.h"
#include "transport/closecodes.h"
#include "transport/upgrade.h"
#include "transport/websocket.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::api {

using transport::WebSocket;

namespace {

/// Whoever is turned away answers the goodbye, or does not.
constexpr std::chrono::milliseconds goodbyeWithin = 5s;

void turnAway(listen::Connection &connection, WebSocket &webSocket, quint16 code, const QString &reason)
{
    QObject::connect(&webSocket, &WebSocket::finished, &connection, [&connection] { connection.finish(listen::Ending::Refused); });
    webSocket.close(code, reason);
    connection.close(listen::Ending::Refused, goodbyeWithin);
}

} // namespace

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
    listen::Connection &connection = front.connection();
    const transport::HttpHead head = front.head();
    front.write(transport::upgradeAnswer(head));
    front.deleteLater();
    auto *webSocket = new WebSocket(connection.socket(), WebSocket::Role::Server, &connection);
    webSocket->setLimits(livelimits::messageBytes, livelimits::unsentAtMost);
    connection.enter(listen::Phase::Live);

    const QByteArray host = head.value("Host");
    const Credentials credentials = credentialsOf(head.value("Authorization"), head.value("Cookie"), sessionCookieName(m_secure, host));
    // A cookie travels with every page's socket; only our own page may use it.
    const SenderHeaders sender{.host = host, .site = head.value("Sec-Fetch-Site"), .origin = head.value("Origin"), .referer = {}};
    if (credentials.fromCookie && senderOf(sender, m_secure) != Sender::OwnPage)
        return turnAway(connection, *webSocket, liveclose::otherOrigin, u"this connection comes from another site's page"_s);
    const QString address = connection.address().toString();
    const operators::Caller caller = m_accounts.callerOf(credentials.token, address, QString::fromLatin1(head.value("User-Agent")));
    if (!caller.isSignedIn())
        return turnAway(connection, *webSocket, liveclose::signedOut, u"sign in first"_s);
    if (m_sessions.size() >= livelimits::sessions || !connection.moveInto(listen::Room::Operators))
        return turnAway(connection, *webSocket, transport::closecode::tryAgainLater, u"too many live connections"_s);
    m_known.noteOperator(networkOf(connection.address()));
    auto *session = new LiveSession(*this, connection, *webSocket, caller.session, address);
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
