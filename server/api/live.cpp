// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/live.h"

#include "protocol/rpc/limits.h"
#include "server/api/closecodes.h"
#include "server/api/livesession.h"
#include "server/api/rest.h"
#include "server/listen/peeraddress.h"

#include <QNetworkRequest>
#include <QWebSocket>

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

namespace {

/// Params of methods, nothing more.
constexpr quint64 messageBytes = 256 * 1024;

void turnAway(QWebSocket *socket, QWebSocketProtocol::CloseCode code, const QString &reason)
{
    QObject::connect(socket, &QWebSocket::disconnected, socket, &QObject::deleteLater);
    socket->close(code, reason);
}

} // namespace

LiveHub::LiveHub(operators::Gate &gate, operators::Accounts &accounts, fleet::Fleet &fleet, fleet::Commands &commands, Counters &counters)
    : m_gate(gate)
    , m_accounts(accounts)
    , m_fleet(fleet)
    , m_commands(commands)
    , m_counters(counters)
    , m_handshakes(u"muster"_s, QWebSocketServer::NonSecureMode, this)
{
    m_handshakes.setHandshakeTimeout(limits::authenticateWithin);
    m_handshakes.setMaxPendingConnections(std::numeric_limits<int>::max());
    connect(&m_handshakes, &QWebSocketServer::newConnection, this, [this] {
        while (QWebSocket *socket = m_handshakes.nextPendingConnection())
            admit(socket);
    });
    connect(&m_fleet, &fleet::Fleet::changed, this, [this] {
        for (LiveSession *session : m_sessions)
            session->fleetChanged();
    });
    connect(&m_fleet, &fleet::Fleet::healthSample, this, [this](const QString &deviceId, const QJsonObject &sample) {
        for (LiveSession *session : m_sessions)
            session->healthSample(deviceId, sample);
    });
    connect(&m_commands, &fleet::Commands::changed, this, [this](const QSet<QString> &devices) {
        for (LiveSession *session : m_sessions)
            session->listChanged(Topic::Commands, devices);
    });
    connect(&m_fleet.history(), &fleet::History::changed, this, [this](const QSet<QString> &devices) {
        for (LiveSession *session : m_sessions)
            session->listChanged(Topic::History, devices);
    });
    connect(&m_accounts, &operators::Accounts::sessionEnded, this, [this](const QString &id, const QString &reason) {
        for (LiveSession *session : std::set(m_sessions)) {
            if (session->sessionId() == id)
                session->signOut(reason);
        }
    });
}

LiveHub::~LiveHub()
{
    for (LiveSession *session : std::exchange(m_sessions, {}))
        delete session;
}

void LiveHub::take(QTcpSocket *socket)
{
    m_handshakes.handleConnection(socket);
}

void LiveHub::admit(QWebSocket *socket)
{
    socket->setMaxAllowedIncomingFrameSize(messageBytes);
    socket->setMaxAllowedIncomingMessageSize(messageBytes);
    const QNetworkRequest request = socket->request();
    const Credentials credentials = credentialsOf(request.rawHeader("Authorization"), request.rawHeader("Cookie"));
    // A cookie travels with every page's socket; only our own page may use it.
    if (credentials.fromCookie && !isSameOrigin(request.rawHeader("Origin"), request.rawHeader("Host")))
        return turnAway(socket, closeCode(LiveClose::OtherOrigin), u"this connection comes from another site's page"_s);
    const QString address = listen::peerOf(*socket).toString();
    const operators::Caller caller = m_accounts.callerOf(credentials.token, address, QString::fromLatin1(request.rawHeader("User-Agent")));
    if (!caller.isSignedIn())
        return turnAway(socket, closeCode(LiveClose::SignedOut), u"sign in first"_s);
    if (m_sessions.size() >= mostSessions)
        return turnAway(socket, QWebSocketProtocol::CloseCodeGoingAway, u"too many live connections"_s);
    auto *session = new LiveSession(*this, socket, caller.session, address);
    m_sessions.insert(session);
    ++m_counters.liveSockets;
    connect(session, &LiveSession::ended, this, [this, session] {
        if (m_sessions.erase(session) == 0)
            return;
        --m_counters.liveSockets;
        session->deleteLater();
    });
}

void LiveHub::shutDown()
{
    for (LiveSession *session : std::set(m_sessions))
        session->goAway();
}

} // namespace muster::api
