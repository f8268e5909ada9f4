// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/doors/websocketlink.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"
#include "server/network.h"
#include "server/steadytime.h"
#include "transport/closecodes.h"

#include <QLoggingCategory>
#include <QTcpSocket>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::doors {

using fleet::Farewell;
using fleet::Standing;
using listen::Ending;
using listen::Phase;
namespace closecode = transport::closecode;

namespace {

Q_LOGGING_CATEGORY(logDoor, "muster.door")

constexpr int missedPings = 2;
/// A key waits for a person for days, its connection no longer than this: the device comes back, and shows that it is still there.
constexpr std::chrono::milliseconds pendingAtMost = 24h;
/// A megabyte at 8 KiB a second. A pause in the middle of a message is the line's; one of minutes is not.
constexpr qint64 messageWithin = 150'000;
/// What a stranger's slow reading may make us hold; an accepted device has limits::queuedBytesPerConnection.
constexpr qint64 unsentBeforeAcceptance = 64 * 1024;
/// Before it has said who it is, and while a person decides: what an introduction needs.
constexpr DeviceBudget::Rates strangers{.messages = 5, .bytes = 16 * 1024};
/// A connection is more work than a message: a history, a state, and calls that ask what it is.
constexpr int messagesOfConnection = 20;
/// For the other's goodbye.
constexpr std::chrono::milliseconds goodbyeWithin = 5s;
/// Whose place is taken already: long enough to be told, and no longer.
constexpr std::chrono::milliseconds crowdedOutWithin = 1s;
/// Before a deadline cuts the connection, its device is told: links are looked at each second.
constexpr std::chrono::milliseconds toldBefore = 1500ms;

quint16 codeOf(Farewell farewell)
{
    switch (farewell) {
    case Farewell::Refused: return closecode::policy;
    case Farewell::Later: return closecode::tryAgainLater;
    case Farewell::Stopping: break;
    }
    return closecode::goingAway;
}

Ending endingOf(quint16 code)
{
    switch (code) {
    case closecode::goingAway: return Ending::Stopped;
    case closecode::tryAgainLater: return Ending::Crowded;
    default: return Ending::Refused;
    }
}

/// Whose budget it is: who shows another key under the same id spends nothing of its owner's.
QString holderOf(const fleet::Introduction &introduction)
{
    const bool signs = introduction.tokenHash.isEmpty();
    return signs ? introduction.deviceId + u' ' + QString::fromLatin1(introduction.key.id().toHex()) : introduction.deviceId;
}

} // namespace

WebSocketLink::WebSocketLink(listen::Connection &connection, transport::WebSocket &webSocket, listen::Admission::Turn turn,
                             const DoorContext &context)
    : m_connection(&connection)
    , m_webSocket(&webSocket)
    , m_address(connection.address().toString())
    , m_turn(std::move(turn))
    , m_context(context)
    , m_budget(std::make_shared<SharedBudget>(strangers))
    , m_pingedAt(steadyNow())
    , m_aliveAt(QDateTime::currentMSecsSinceEpoch())
{
    ++m_context.counters.connections;
    m_webSocket->setLimits(limits::messageBytesBeforeAcceptance, unsentBeforeAcceptance);
    connect(m_webSocket, &transport::WebSocket::textReceived, this, [this](const QByteArray &text) {
        if (!isLeaving())
            receive(text);
    });
    connect(m_webSocket, &transport::WebSocket::binaryReceived, this, [this] {
        countRefused();
        hangUp(closecode::unsupportedData, u"text frames only"_s);
    });
    connect(m_webSocket, &transport::WebSocket::heard, this, [this] { m_aliveAt = QDateTime::currentMSecsSinceEpoch(); });
    connect(m_webSocket, &transport::WebSocket::pongReceived, this, [this](qint64 elapsed) {
        m_unanswered = 0;
        m_roundTrip = static_cast<int>(std::min<qint64>(elapsed, std::numeric_limits<int>::max()));
    });
    connect(m_webSocket, &transport::WebSocket::finished, this, &WebSocketLink::finished);
    connect(m_connection, &listen::Connection::crowdedOut, this,
            [this] { hangUp(closecode::tryAgainLater, u"too many connections from your address: try again later"_s, crowdedOutWithin); });
    connect(m_connection, &listen::Connection::ended, this, [this](Ending ending) {
        m_connection = nullptr;
        m_webSocket = nullptr;
        finishClosing(m_closeReason.isEmpty() ? reasonOf(ending) : m_closeReason);
    });
}

WebSocketLink::~WebSocketLink()
{
    --m_context.counters.connections;
}

void WebSocketLink::finished()
{
    const quint16 code = m_webSocket->closeCode();
    const bool isGoodbye = code == closecode::normal || code == closecode::goingAway || code == closecode::none;
    const QString said = cleanText(m_webSocket->closeReason(), limits::textLength);
    if (m_closeReason.isEmpty() && isGoodbye)
        m_closeReason = said.isEmpty() ? u"the device said goodbye"_s : u"the device said goodbye: %1"_s.arg(said);
    else if (m_closeReason.isEmpty())
        m_closeReason = u"the connection was closed (%1)"_s.arg(code);
    if (!m_connection)
        return;
    if (closecode::isBrokenRule(code))
        m_connection->finishReading(Ending::Refused); // it may still be sending, and is to read why that was wrong
    else
        m_connection->finish(isGoodbye ? Ending::Done : Ending::Refused);
}

QString WebSocketLink::reasonOf(Ending ending) const
{
    switch (ending) {
    case Ending::Deadline:
        return m_introduced ? u"it took too long"_s : u"No authentication within %1 s."_s.arg(limits::authenticateWithin.count());
    case Ending::Unread: return u"the device reads too slowly"_s;
    case Ending::Crowded: return u"too many connections from its address"_s;
    case Ending::Stopped: return u"the server stops"_s;
    case Ending::Left:
    case Ending::Done:
    case Ending::Refused:
    case Ending::Failed: break;
    }
    return u"the connection was lost"_s;
}

// --- coming in -----------------------------------------------------------------------------------------------------

void WebSocketLink::introduce(const fleet::Introduction &introduction)
{
    m_introduced = true;
    m_deviceId = introduction.deviceId;
    noteEvidence();
    m_budget = m_context.budgets.of(holderOf(introduction));
    if (const auto wait = spend(0, messagesOfConnection))
        return hangUp(closecode::tryAgainLater, u"this device comes too often: try again in %1 ms"_s.arg(wait->count()));
    QMetaObject::invokeMethod(&m_context.fleet, [fleet = &m_context.fleet, link = m_self.lock(), introduction] {
        if (link)
            fleet->introduce(link, introduction);
    });
}

void WebSocketLink::noteEvidence()
{
    ++m_context.counters.messagesIn;
    m_evidenceAt = QDateTime::currentMSecsSinceEpoch();
}

std::optional<std::chrono::milliseconds> WebSocketLink::spend(qsizetype bytes, int messages)
{
    const auto [wait, isDeaf] = m_budget->spend(bytes, messages, steadyNow());
    if (!wait)
        return {};
    ++m_context.counters.messagesOverBudget;
    if (isDeaf)
        refuse({.code = TooMany, .message = u"The device sends more than it may, and goes on though it was told."_s});
    return wait;
}

bool WebSocketLink::finishCall(quint64 id, Answer answer)
{
    const auto waiting = m_calls.find(id);
    if (waiting == m_calls.end())
        return false; // it came after its deadline
    const auto promise = std::move(waiting->second.promise);
    m_calls.erase(waiting);
    promise->addResult(std::move(answer));
    promise->finish();
    return true;
}

// --- going out -----------------------------------------------------------------------------------------------------

bool WebSocketLink::maySend()
{
    if (m_closed || !m_webSocket || m_webSocket->isClosing())
        return false;
    if (m_webSocket->unsentBytes() <= limits::queuedBytesPerConnection)
        return true;
    m_closeReason = u"the device reads too slowly"_s;
    m_connection->end(Ending::Unread);
    return false;
}

void WebSocketLink::sendText(const QByteArray &text)
{
    ++m_context.counters.messagesOut;
    m_webSocket->sendText(text);
}

QFuture<WebSocketLink::Answer> WebSocketLink::call(const QString &method, const QJsonObject &params, std::chrono::milliseconds timeout)
{
    ++m_context.counters.callsToDevices;
    auto promise = std::make_shared<QPromise<Answer>>();
    promise->start();
    const auto future = promise->future();
    QMetaObject::invokeMethod(this, [=, this] { startCall(method, params, timeout, promise); });
    return future;
}

void WebSocketLink::startCall(const QString &method, const QJsonObject &params, std::chrono::milliseconds timeout,
                              const std::shared_ptr<QPromise<Answer>> &promise)
{
    const auto fail = [&promise](int code, const QString &message) {
        promise->addResult(failure(code, message));
        promise->finish();
    };
    if (m_closed || !m_accepted || !m_closeReason.isEmpty())
        return fail(DeviceOffline, u"%1 is not connected"_s.arg(m_deviceId));
    if (m_calls.size() >= limits::callsInFlight)
        return fail(TooMany, u"%1 answers too slowly: %2 calls wait already"_s.arg(m_deviceId).arg(m_calls.size()));
    const quint64 id = nextNumber();
    m_calls.emplace(id, Waiting{.promise = promise, .deadline = steadyNow() + timeout.count()});
    sendCall(id, method, params);
}

void WebSocketLink::tellStanding(Standing standing, const QString &reason)
{
    QMetaObject::invokeMethod(this, [=, this] { applyStanding(standing, reason); });
}

void WebSocketLink::applyStanding(Standing standing, const QString &reason)
{
    if (m_closed || !m_closeReason.isEmpty())
        return;
    m_accepted = standing == Standing::Accepted;
    // Room first: what cannot stay must not be told that it may.
    if (standing != Standing::Rejected && !m_connection->moveInto(m_accepted ? listen::Room::Accepted : listen::Room::Pending)) {
        m_accepted = false;
        m_turn.release();
        return hangUp(closecode::tryAgainLater, u"too many connections: try again later"_s);
    }
    sendStanding(standing, reason);
    m_turn.release();
    if (m_closed || !m_connection)
        return;
    if (m_accepted) {
        m_connection->enter(Phase::Accepted);
        m_webSocket->setLimits(limits::messageBytesAfterAcceptance, limits::queuedBytesPerConnection);
        m_context.known.noteDevice(networkOf(m_address));
        begun();
    } else if (standing == Standing::Pending) {
        m_connection->enter(Phase::Pending, pendingAtMost);
    } else {
        hangUp(closecode::policy, reason);
    }
}

// --- ending --------------------------------------------------------------------------------------------------------

void WebSocketLink::endLateCalls(qint64 now)
{
    // Who waits hears of it last, when the books are in order again: what it does then may end this link.
    std::vector<std::shared_ptr<QPromise<Answer>>> late;
    for (auto it = m_calls.begin(); it != m_calls.end();) {
        if (it->second.deadline > now) {
            ++it;
            continue;
        }
        late.push_back(std::move(it->second.promise));
        it = m_calls.erase(it);
    }
    for (const auto &promise : late) {
        promise->addResult(failure(TimedOut, u"%1 did not answer in time"_s.arg(m_deviceId)));
        promise->finish();
    }
}

void WebSocketLink::tick(qint64 now)
{
    endLateCalls(now);
    if (!m_webSocket || m_webSocket->isClosing())
        return;
    if (m_connection->endsWithin(toldBefore, now)) {
        if (m_connection->phase() == Phase::Pending)
            return hangUp(closecode::tryAgainLater, u"the key waits for a person still: come back"_s);
        return hangUp(m_introduced ? closecode::tryAgainLater : closecode::policy, reasonOf(Ending::Deadline));
    }
    if (m_accepted)
        second(now);
    if (!m_webSocket || m_webSocket->isClosing())
        return;
    if (!m_webSocket->isInMessage())
        m_inMessageSince = 0;
    else if (m_inMessageSince == 0)
        m_inMessageSince = now;
    else if (now - m_inMessageSince > messageWithin)
        return hangUp(closecode::policy, u"a message was begun and not ended"_s);
    if (now - m_pingedAt < std::chrono::milliseconds(limits::pingEvery).count())
        return;
    m_pingedAt = now;
    if (m_unanswered >= missedPings)
        return hangUp(closecode::policy, u"%1 pings stayed unanswered"_s.arg(m_unanswered));
    ++m_unanswered;
    m_webSocket->ping();
}

void WebSocketLink::countRefused()
{
    ++(m_accepted ? m_context.counters.messagesRefused : m_context.counters.strangersRefused);
}

void WebSocketLink::refuse(const Error &error)
{
    countRefused();
    qCInfo(logDoor).noquote() << "connection of" << (m_deviceId.isEmpty() ? m_address : m_deviceId) << "refused:" << error.message;
    hangUp(closecode::policy, error.message);
}

void WebSocketLink::hangUp(quint16 code, const QString &reason)
{
    hangUp(code, reason, goodbyeWithin);
}

void WebSocketLink::hangUp(quint16 code, const QString &reason, std::chrono::milliseconds within)
{
    m_turn.release();
    if (m_closed || !m_connection)
        return;
    m_closeReason = reason;
    m_webSocket->close(code, reason);
    // The device answers the goodbye, or does not.
    m_connection->close(endingOf(code), within);
}

void WebSocketLink::close(Farewell farewell, const QString &reason)
{
    QMetaObject::invokeMethod(this, [this, farewell, reason] {
        if (!m_closed && m_closeReason.isEmpty())
            hangUp(codeOf(farewell), reason);
    });
}

void WebSocketLink::end(const QString &reason)
{
    if (m_closed || !m_connection)
        return;
    m_closeReason = reason;
    m_webSocket->close(closecode::goingAway, reason);
    m_connection->socket().flush();
    if (m_connection) // the line may have turned out to be dead
        m_connection->end(Ending::Stopped);
}

void WebSocketLink::finishClosing(const QString &reason)
{
    if (m_closed.exchange(true))
        return;
    m_turn.release();
    for (auto &[id, waiting] : std::exchange(m_calls, {})) {
        waiting.promise->addResult(failure(DeviceOffline, u"%1 went away before it answered: %2"_s.arg(m_deviceId, reason)));
        waiting.promise->finish();
    }
    ending({.code = DeviceOffline, .message = u"%1 went away: %2"_s.arg(m_deviceId, reason)});
    emit closed(reason);
}

} // namespace muster::doors
