// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/doors/signed/standbydoor.h"

#include "protocol/rpc/methods.h"
#include "protocol/signing/envelope.h"
#include "server/listen/connection.h"
#include "server/timetext.h"
#include "transport/closecodes.h"
#include "transport/websocket.h"

#include <QDateTime>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::doors {

namespace closecode = transport::closecode;

namespace {

/// While one takes over from the other there is nobody to go to.
constexpr auto comeBackAfter = 2s;
constexpr auto goodbyeWithin = 5s;

} // namespace

void StandbyDoor::take(listen::Connection &connection, transport::WebSocket &webSocket, listen::Admission::Turn turn,
                       const transport::HttpHead &)
{
    turn.release();
    turnAway(connection, webSocket, comeBackAfter);
}

void StandbyDoor::turnAway(listen::Connection &connection, transport::WebSocket &webSocket, std::chrono::seconds after)
{
    SignedSession session = SignedSession::cloudEnd(SignedSession::newSessionId(), m_signer);
    const QString leader = m_leader();
    QJsonObject params{{"protocol"_L1, 1},
                       {"challenge"_L1, SignedSession::newSessionId()},
                       {"session"_L1, session.session()},
                       {"server_time"_L1, timestampText(QDateTime::currentMSecsSinceEpoch())},
                       {"retry_after"_L1, static_cast<qint64>(std::max(after, std::chrono::seconds(comeBackAfter)).count())}};
    if (!leader.isEmpty())
        params.insert("leader"_L1, leader);
    const auto hello = session.seal(Notification{.method = methods::sessionHello, .params = params}, QDateTime::currentDateTimeUtc());
    if (hello)
        webSocket.sendText(*hello);
    webSocket.close(closecode::tryAgainLater, leader.isEmpty() ? u"this server stands by: nobody leads at this moment"_s
                                                               : u"this server stands by: %1 leads"_s.arg(leader));
    QObject::connect(&webSocket, &transport::WebSocket::finished, &connection, [&connection] { connection.finish(listen::Ending::Done); });
    connection.close(listen::Ending::Refused, goodbyeWithin);
}

} // namespace muster::doors
