// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/notify.h"

#include "server/api/closecodes.h"
#include "server/api/eventjson.h"
#include "server/api/livelimits.h"
#include "server/api/notifysession.h"
#include "server/network.h"
#include "transport/closecodes.h"

#include <QJsonDocument>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;

namespace muster::api {

using operators::Caller;

NotifyHub::NotifyHub(operators::Gate &gate, operators::Accounts &accounts, const fleet::EventStream &events, listen::KnownNetworks &known,
                     Counters &counters, const Ways &ways)
    : m_gate(gate)
    , m_accounts(accounts)
    , m_known(known)
    , m_counters(counters)
    , m_ways(ways)
{
    connect(&events, &fleet::EventStream::happened, this, &NotifyHub::happened);
    // Queued: whoever ends the own session or key hears first that it is done.
    connect(
        &m_accounts, &operators::Accounts::sessionEnded, this,
        [this](const QString &id, const QString &reason) {
            forEach([&](NotifySession *session) {
                if (session->sessionId() == id)
                    session->signOut(reason);
            });
        },
        Qt::QueuedConnection);
}

NotifyHub::~NotifyHub()
{
    for (NotifySession *session : std::exchange(m_sessions, {}))
        delete session;
}

Result<Credentials> NotifyHub::credentialsOf(const transport::HttpHead &head) const
{
    QUrl url = QUrl::fromEncoded(head.pathAndQuery());
    const auto inAddress = takeAccessToken(url, m_ways.accessTokens);
    if (!inAddress)
        return std::unexpected(inAddress.error());
    if (!inAddress->isEmpty())
        return Credentials{.token = *inAddress};
    const SenderHeaders headers = senderHeaders(head);
    Credentials credentials =
        api::credentialsOf(head.value("Authorization"), head.value("Cookie"), sessionCookieName(m_ways.secure, headers.host));
    const Sender sender = senderOf(headers, m_ways.secure);
    // A browser sends both along with every page's socket.
    if ((credentials.fromCookie && sender != Sender::OwnPage) || (credentials.basic && sender == Sender::Other))
        return failure(Forbidden, u"this connection comes from another site's page"_s);
    return credentials;
}

void NotifyHub::take(listen::HttpFront &front)
{
    const OpenedSocket opened = openSocket(front, livelimits::notifyMessageBytes, livelimits::notifyUnsentAtMost);
    const auto credentials = credentialsOf(opened.head);
    if (!credentials)
        return turnAway(opened, credentials.error().code == Forbidden ? liveclose::otherOrigin : liveclose::signedOut,
                        credentials.error().message);
    const QString address = opened.connection.address().toString();
    const QString client = QString::fromLatin1(opened.head.value("User-Agent"));
    const std::optional<std::pair<QString, QString>> basic = credentials->basic;
    if (!basic)
        return begin(opened, m_accounts.callerOf(credentials->token, address, client));
    const auto &[user, password] = *basic;
    // Whoever leaves meanwhile takes the socket along, and what would have followed.
    m_accounts.callerOf(user, password, address, client).then(&opened.webSocket, [this, opened](const Result<Caller> &caller) {
        begin(opened, caller);
    });
}

void NotifyHub::begin(const OpenedSocket &opened, const Result<Caller> &caller)
{
    if (opened.connection.hasEnded() || opened.webSocket.isClosing())
        return opened.connection.end(listen::Ending::Done);
    if (!caller)
        return turnAway(opened,
                        caller.error().code == TooMany || caller.error().code == Unavailable ? transport::closecode::tryAgainLater
                                                                                             : liveclose::signedOut,
                        caller.error().message);
    if (const auto allowed = m_gate.check(*caller, operators::permission::devicesRead); !allowed)
        return turnAway(opened, liveclose::signedOut, allowed.error().message);
    if (m_sessions.size() >= livelimits::sessions || !opened.connection.moveInto(listen::Room::Operators))
        return turnAway(opened, transport::closecode::tryAgainLater, u"too many connections"_s);
    m_known.noteOperator(networkOf(opened.connection.address()));
    auto *session = new NotifySession(opened.connection, opened.webSocket, m_accounts, *caller);
    m_sessions.insert(session);
    ++m_counters.notifySockets;
    connect(session, &NotifySession::ended, this, [this, session] {
        if (m_sessions.erase(session) == 0)
            return;
        --m_counters.notifySockets;
        session->deleteLater();
    });
}

void NotifyHub::happened(const QList<store::FleetEvent> &events)
{
    if (m_sessions.empty())
        return;
    // Written once for all.
    QList<QByteArray> texts;
    texts.reserve(events.size());
    for (const store::FleetEvent &event : events)
        texts.append(QJsonDocument(mdashEvent(event)).toJson(QJsonDocument::Compact));
    forEach([&](NotifySession *session) { session->tell(events, texts); });
}

void NotifyHub::tick(qint64 now)
{
    forEach([now](NotifySession *session) {
        session->checkStanding();
        session->tick(now);
    });
}

void NotifyHub::shutDown()
{
    forEach([](NotifySession *session) { session->goAway(); });
}

} // namespace muster::api
