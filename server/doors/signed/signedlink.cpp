// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/doors/signed/signedlink.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/methods.h"
#include "server/deviceerror.h"
#include "server/network.h"
#include "server/steadytime.h"
#include "server/timetext.h"
#include "transport/closecodes.h"

#include <QJsonArray>
#include <QLoggingCategory>
#include <QRandomGenerator>
#include <QTcpSocket>
#include <QTimeZone>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::doors {

using fleet::Farewell;
using fleet::Standing;
using listen::Ending;
using listen::Phase;
namespace closecode = transport::closecode;

namespace {

/// ms within which all devices hear that there are other servers.
constexpr int tellWithin = 5'000;
Q_LOGGING_CATEGORY(logDoor, "muster.door.signed")

constexpr int missedPings = 2;
/// A key waits for a person for days, its connection no longer than this: the device comes back, and shows that it is still there.
constexpr std::chrono::milliseconds pendingAtMost = 24h;
/// A megabyte at 8 KiB a second. A pause in the middle of a message is the line's; one of minutes is not.
constexpr qint64 messageWithin = 150'000;
/// What a stranger's slow reading may make us hold; an accepted device has limits::queuedBytesPerConnection.
constexpr qint64 unsentBeforeAcceptance = 64 * 1024;
/// So many messages over the budget in a row: this device does not listen to what it is told.
constexpr int refusedAtMost = 2000;
/// For the other's goodbye.
constexpr std::chrono::milliseconds goodbyeWithin = 5s;
/// Whose place is taken already: long enough to be told, and no longer.
constexpr std::chrono::milliseconds crowdedOutWithin = 1s;
/// Before a deadline cuts the connection, its device is told: links are looked at each second.
constexpr std::chrono::milliseconds toldBefore = 1500ms;
constexpr auto retryAtLeast = 1s;

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

/// A flat object of short texts and numbers about the machine: anything else in it is not for us.
QJsonObject cleanFacts(const QJsonObject &facts)
{
    constexpr qsizetype mostFacts = 32;
    QJsonObject clean;
    for (auto it = facts.begin(); it != facts.end() && clean.size() < mostFacts; ++it) {
        const QString name = cleanText(it.key(), 64);
        if (it->isString())
            clean.insert(name, cleanText(it->toString(), limits::textLength));
        else if (it->isDouble() || it->isBool())
            clean.insert(name, *it);
    }
    return clean;
}

/// When a machine that has run for so long was started, by the server's clock; 0 for what cannot be.
qint64 bootedAt(const QJsonValue &uptimeSeconds)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const qint64 uptime = uptimeSeconds.toInteger(-1);
    return uptime < 0 || uptime > now / 1000 ? 0 : now - uptime * 1000;
}

} // namespace

SignedLink::SignedLink(listen::Connection &connection, transport::WebSocket &webSocket, listen::Admission::Turn turn,
                       std::shared_ptr<const SignedContext> context)
    : m_connection(&connection)
    , m_webSocket(&webSocket)
    , m_address(connection.address().toString())
    , m_turn(std::move(turn))
    , m_context(std::move(context))
    , m_session(SignedSession::cloudEnd(SignedSession::newSessionId(), m_context->signer))
    , m_startedAt(QDateTime::currentMSecsSinceEpoch())
    , m_startedSteady(steadyNow())
    , m_pingedAt(m_startedSteady)
    , m_budget(m_context->budget)
{
    ++m_context->counters.connections;
    m_aliveAt = m_startedAt;
    m_webSocket->setLimits(limits::messageBytesBeforeAcceptance, unsentBeforeAcceptance);
    connect(m_webSocket, &transport::WebSocket::textReceived, this, &SignedLink::receive);
    connect(m_webSocket, &transport::WebSocket::binaryReceived, this, [this] {
        countRefused();
        hangUp(closecode::unsupportedData, u"text frames only"_s);
    });
    connect(m_webSocket, &transport::WebSocket::heard, this, [this] { m_aliveAt = QDateTime::currentMSecsSinceEpoch(); });
    connect(m_webSocket, &transport::WebSocket::pongReceived, this, [this](qint64 elapsed) {
        m_unanswered = 0;
        m_roundTrip = static_cast<int>(std::min<qint64>(elapsed, std::numeric_limits<int>::max()));
    });
    connect(m_webSocket, &transport::WebSocket::finished, this, [this] {
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
    });
    connect(m_connection, &listen::Connection::crowdedOut, this,
            [this] { hangUp(closecode::tryAgainLater, u"too many connections from your address: try again later"_s, crowdedOutWithin); });
    connect(m_connection, &listen::Connection::ended, this, [this](Ending ending) {
        m_connection = nullptr;
        m_webSocket = nullptr;
        finishClosing(m_closeReason.isEmpty() ? reasonOf(ending) : m_closeReason);
    });
}

SignedLink::~SignedLink()
{
    --m_context->counters.connections;
}

QString SignedLink::reasonOf(Ending ending) const
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

void SignedLink::start(const std::shared_ptr<SignedLink> &self, std::optional<std::chrono::seconds> turnAway)
{
    m_self = self;
    m_challenge = SignedSession::newSessionId();
    QJsonObject params{{"protocol"_L1, 1},
                       {"challenge"_L1, m_challenge},
                       {"session"_L1, m_session.session()},
                       {"server_time"_L1, timestampText(QDateTime::currentMSecsSinceEpoch())}};
    m_toldServers = m_context->servers.version();
    if (turnAway)
        params.insert("retry_after"_L1, static_cast<qint64>(std::max<std::chrono::seconds>(*turnAway, retryAtLeast).count()));
    else if (const QStringList servers = m_context->servers.forDevices(); !servers.isEmpty())
        params.insert("servers"_L1, QJsonArray::fromStringList(servers));
    send(Notification{.method = methods::sessionHello, .params = params});
    if (turnAway)
        hangUp(closecode::tryAgainLater, u"too many devices come at once: try again in %1 s"_s.arg(turnAway->count()));
}

QDateTime SignedLink::sessionTime() const
{
    return QDateTime::fromMSecsSinceEpoch(m_startedAt + steadyNow() - m_startedSteady, QTimeZone::UTC);
}

// --- coming in -----------------------------------------------------------------------------------------------------

void SignedLink::receive(const QByteArray &text)
{
    if (m_closed || !m_closeReason.isEmpty())
        return;
    if (m_introductionId.isNull() && !m_introduced)
        receiveIntroduction(text);
    else
        receiveMessage(text);
}

void SignedLink::receiveIntroduction(const QByteArray &text)
{
    const auto introduction = m_session.openIntroduction(text, m_context->authMethod, sessionTime(), limits::messageBytesBeforeAcceptance);
    if (!introduction)
        return refuse(introduction.error());
    const auto &request = std::get<Request>(introduction->verified.message);
    m_introductionId = request.id;
    if (request.params.value("challenge"_L1).toString() != m_challenge)
        return refuse({.code = StaleSession, .message = u"The challenge is not the one of this session's Session.Hello."_s});
    ++m_context->counters.messagesIn;
    m_evidenceAt = QDateTime::currentMSecsSinceEpoch();
    m_introduced = true;
    m_deviceId = introduction->deviceId;
    m_key = introduction->key;
    const fleet::Introduction shown{.deviceId = m_deviceId,
                                    .key = introduction->key,
                                    .door = u"signed"_s,
                                    .address = m_address,
                                    .bootId = cleanText(request.params.value("boot_id"_L1).toString(), 64),
                                    .bootedAt = bootedAt(request.params.value("uptime_s"_L1)),
                                    .machine = cleanFacts(request.params.value("machine"_L1).toObject()),
                                    .agent = cleanFacts(request.params.value("agent"_L1).toObject()),
                                    .clockAhead = m_session.peerClockAhead()};
    QMetaObject::invokeMethod(&m_context->fleet, [fleet = &m_context->fleet, link = m_self.lock(), shown] {
        if (link)
            fleet->introduce(link, shown);
    });
}

void SignedLink::receiveMessage(const QByteArray &text)
{
    auto verified =
        m_session.open(text, sessionTime(), m_accepted ? limits::messageBytesAfterAcceptance : limits::messageBytesBeforeAcceptance);
    if (!verified)
        return refuse(verified.error());
    ++m_context->counters.messagesIn;
    m_evidenceAt = QDateTime::currentMSecsSinceEpoch();
    if (!isAffordable(verified->message, text.size()))
        return;
    if (auto *request = std::get_if<Request>(&verified->message))
        return handle(std::move(*request), text);
    if (auto *response = std::get_if<Response>(&verified->message))
        return handle(std::move(*response));
    if (m_accepted)
        handle(std::get<Notification>(verified->message));
}

bool SignedLink::isAffordable(const Message &message, qsizetype bytes)
{
    // What the server asked for is paid by who asked: answers that are waited for, and pieces that were granted.
    if (const auto *response = std::get_if<Response>(&message); response && m_calls.contains(response->id))
        return true;
    const auto *notification = std::get_if<Notification>(&message);
    if (notification && notification->method == methods::streamData
        && m_streams.contains(notification->params.value("stream"_L1).toString()))
        return true;
    const auto wait = m_budget.spend(bytes, steadyNow());
    if (!wait)
        return true;
    ++m_context->counters.messagesOverBudget;
    if (m_budget.refusedInRow() > refusedAtMost) {
        refuse({.code = TooMany, .message = u"The device sends more than it may, and goes on though it was told."_s});
    } else if (const auto *request = std::get_if<Request>(&message)) {
        answer(request->id, failure(TooMany, u"The device sends more than it may: try again in %1 ms."_s.arg(wait->count()),
                                    QJsonObject{{"retry_after_ms"_L1, static_cast<qint64>(wait->count())}}));
    }
    return false;
}

void SignedLink::handle(const Notification &notification)
{
    if (notification.method == methods::streamData)
        return takePiece(notification.params);
    if (notification.method == methods::streamClose)
        return endStream(notification.params.value("stream"_L1).toString(), streamCloseError(notification.params).transform(asDeviceError),
                         false);
    m_context->calls.notify(m_deviceId, notification.method, notification.params);
}

void SignedLink::handle(Request &&request, const QByteArray &text)
{
    if (!m_accepted)
        return answer(request.id, failure(Forbidden, u"The key is not accepted yet: a person has to do that first."_s));
    if (m_answering >= limits::callsInFlight)
        return answer(request.id, failure(TooMany, u"%1 calls wait for their answers already."_s.arg(m_answering)));
    // A receipt is kept as it was signed.
    const fleet::SignedText proof = request.method == methods::commandDone ? fleet::SignedText{.text = text, .key = m_key}
                                                                           : fleet::SignedText();
    auto future = m_context->calls.call(m_deviceId, request.method, request.params, proof);
    if (future.isFinished())
        return answer(request.id, future.takeResult());
    ++m_answering;
    future.then(this, [this, id = request.id](const Answer &result) {
        --m_answering;
        answer(id, result);
    });
}

void SignedLink::handle(Response &&response)
{
    const auto waiting = m_calls.find(response.id);
    if (waiting == m_calls.end())
        return; // it came after its deadline
    const auto promise = std::move(waiting->second.promise);
    m_calls.erase(waiting);
    if (!response.result)
        response.result = std::unexpected(asDeviceError(std::move(response.result.error())));
    promise->addResult(std::move(response.result));
    promise->finish();
}

// --- going out -----------------------------------------------------------------------------------------------------

void SignedLink::send(const Message &message)
{
    if (m_closed)
        return;
    if (!m_webSocket || m_webSocket->isClosing())
        return;
    if (m_webSocket->unsentBytes() > limits::queuedBytesPerConnection) {
        m_closeReason = u"the device reads too slowly"_s;
        return m_connection->end(Ending::Unread);
    }
    const auto sealed = m_session.seal(message, sessionTime());
    if (!sealed) {
        qCWarning(logDoor).noquote() << "a message to" << m_deviceId << "could not be signed:" << sealed.error().message;
        return;
    }
    ++m_context->counters.messagesOut;
    m_webSocket->sendText(*sealed);
}

void SignedLink::answer(const QString &id, Answer result)
{
    send(Response{.id = id, .result = std::move(result)});
}

QFuture<SignedLink::Answer> SignedLink::call(const QString &method, const QJsonObject &params, std::chrono::milliseconds timeout)
{
    ++m_context->counters.callsToDevices;
    auto promise = std::make_shared<QPromise<Answer>>();
    promise->start();
    const auto future = promise->future();
    QMetaObject::invokeMethod(this, [=, this] { startCall(method, params, timeout, promise); });
    return future;
}

void SignedLink::startCall(const QString &method, const QJsonObject &params, std::chrono::milliseconds timeout,
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
    const QString id = QString::number(++m_lastCall);
    m_calls.emplace(id, Waiting{.promise = promise, .deadline = steadyNow() + timeout.count()});
    send(Request{.id = id, .method = method, .params = params});
}

// --- streams -------------------------------------------------------------------------------------------------------

QFuture<SignedLink::Answer> SignedLink::openStream(const QString &method, const QJsonObject &params, qint64 credit,
                                                   std::chrono::milliseconds timeout, const std::shared_ptr<fleet::DeviceStream> &stream)
{
    auto promise = std::make_shared<QPromise<Answer>>();
    promise->start();
    const auto future = promise->future();
    QMetaObject::invokeMethod(this, [=, this] { startStream(method, params, credit, timeout, stream, promise); });
    return future;
}

void SignedLink::startStream(const QString &method, QJsonObject params, qint64 credit, std::chrono::milliseconds timeout,
                             const std::shared_ptr<fleet::DeviceStream> &stream, const std::shared_ptr<QPromise<Answer>> &promise)
{
    if (stream->isOver()) {
        promise->addResult(failure(Unavailable, u"nobody reads any more"_s));
        return promise->finish();
    }
    // Ours to read; the server has no method that streams to a device, so that the other way needs no books.
    if (m_streams.size() >= static_cast<size_t>(limits::streamsOpen)) {
        const Error error{.code = TooMany, .message = u"%1 streams of %2 are open already"_s.arg(m_streams.size()).arg(m_deviceId)};
        stream->end(error);
        promise->addResult(std::unexpected(error));
        return promise->finish();
    }
    const QString id = u"s%1"_s.arg(++m_lastCall);
    StreamSink sink(id, credit);
    params.insert("stream"_L1, sink.offer().toJson());
    m_streams.emplace(id, Reading{.sink = std::move(sink), .stream = stream});
    ++m_context->counters.streamsOpen;
    connect(stream.get(), &fleet::DeviceStream::granted, this, [this, id](qint64 bytes) { granted(id, bytes); });
    connect(stream.get(), &fleet::DeviceStream::unwanted, this, [this, id] { endStream(id, {}, true); });
    ++m_context->counters.callsToDevices;
    auto opened = std::make_shared<QPromise<Answer>>();
    opened->start();
    opened->future().then(this, [this, id, promise](const Answer &answer) {
        if (!answer) {
            // A device whose answer is late has the stream open: it must not wait for grants that never come.
            endStream(id, answer.error(), answer.error().code == TimedOut && !isDeviceError(answer.error()));
        } else if (const auto reading = m_streams.find(id); reading != m_streams.end() && reading->second.stream->isOver()) {
            endStream(id, {}, true); // its reader left before the connections above were made
        }
        promise->addResult(answer);
        promise->finish();
    });
    startCall(method, params, timeout, opened);
}

void SignedLink::takePiece(const QJsonObject &params)
{
    const auto reading = m_streams.find(params.value("stream"_L1).toString());
    if (reading == m_streams.end())
        return; // closing crosses on the way
    const auto text = reading->second.sink.take(params);
    if (!text)
        return endStream(reading->first, text.error(), true);
    reading->second.stream->deliver(*text);
}

void SignedLink::granted(const QString &id, qint64 bytes)
{
    const auto reading = m_streams.find(id);
    if (reading == m_streams.end())
        return;
    if (const auto grant = reading->second.sink.consumed(bytes))
        send(Notification{.method = methods::streamCredit, .params = *grant});
}

void SignedLink::endStream(const QString &id, const std::optional<Error> &error, bool tellDevice)
{
    const auto reading = m_streams.find(id);
    if (reading == m_streams.end())
        return;
    const std::shared_ptr<fleet::DeviceStream> stream = reading->second.stream;
    const QString name = reading->first; // `id` may be the key itself
    m_streams.erase(reading);
    --m_context->counters.streamsOpen;
    stream->disconnect(this);
    if (tellDevice)
        send(Notification{.method = methods::streamClose, .params = streamCloseParams(name, error)});
    stream->end(error);
}

void SignedLink::tellStanding(Standing standing, const QString &reason)
{
    QMetaObject::invokeMethod(this, [=, this] { applyStanding(standing, reason); });
}

void SignedLink::applyStanding(Standing standing, const QString &reason)
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
    const QJsonObject told{{"status"_L1, standingName(standing)}, {"reason"_L1, reason}};
    if (!m_introductionId.isNull())
        answer(std::exchange(m_introductionId, QString()), QJsonValue(told));
    else
        send(Notification{.method = methods::sessionStatus, .params = told});
    m_turn.release();
    if (m_closed || !m_connection)
        return;
    if (m_accepted) {
        m_connection->enter(Phase::Accepted);
        m_webSocket->setLimits(limits::messageBytesAfterAcceptance, limits::queuedBytesPerConnection);
        m_context->known.noteDevice(networkOf(m_address));
    } else if (standing == Standing::Pending) {
        m_connection->enter(Phase::Pending, pendingAtMost);
    } else {
        hangUp(closecode::policy, reason);
    }
}

// --- ending --------------------------------------------------------------------------------------------------------

void SignedLink::tick(qint64 now)
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
    if (!m_webSocket || m_webSocket->isClosing())
        return;
    if (m_connection->endsWithin(toldBefore, now)) {
        if (m_connection->phase() == Phase::Pending)
            return hangUp(closecode::tryAgainLater, u"the key waits for a person still: come back"_s);
        return hangUp(m_introduced ? closecode::tryAgainLater : closecode::policy, reasonOf(Ending::Deadline));
    }
    if (m_accepted)
        tellServers(now);
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

void SignedLink::tellServers(qint64 now)
{
    const quint64 version = m_context->servers.version();
    if (version == m_toldServers)
        return;
    // Not all links of a thread in one turn: each message is signed.
    if (m_tellsServersAt == 0)
        m_tellsServersAt = now + QRandomGenerator::global()->bounded(tellWithin);
    if (now < m_tellsServersAt)
        return;
    m_tellsServersAt = 0;
    m_toldServers = version;
    if (const QStringList servers = m_context->servers.forDevices(); !servers.isEmpty())
        send(Notification{.method = methods::sessionServers, .params = {{"servers"_L1, QJsonArray::fromStringList(servers)}}});
}

void SignedLink::countRefused()
{
    ++(m_accepted ? m_context->counters.messagesRefused : m_context->counters.strangersRefused);
}

void SignedLink::refuse(const Error &error)
{
    countRefused();
    qCInfo(logDoor).noquote() << "connection of" << (m_deviceId.isEmpty() ? m_address : m_deviceId) << "refused:" << error.message;
    // The peer may be told why once it has said who it is; the answer is signed like everything.
    if (!m_introduced && m_session.hasPeerId())
        send(Response{.id = m_introductionId, .result = std::unexpected(error)});
    hangUp(closecode::policy, error.message);
}

void SignedLink::hangUp(quint16 code, const QString &reason)
{
    hangUp(code, reason, goodbyeWithin);
}

void SignedLink::hangUp(quint16 code, const QString &reason, std::chrono::milliseconds within)
{
    m_turn.release();
    if (m_closed || !m_connection)
        return;
    m_closeReason = reason;
    m_webSocket->close(code, reason);
    // The device answers the goodbye, or does not.
    m_connection->close(endingOf(code), within);
}

void SignedLink::close(Farewell farewell, const QString &reason)
{
    QMetaObject::invokeMethod(this, [this, farewell, reason] {
        if (!m_closed && m_closeReason.isEmpty())
            hangUp(codeOf(farewell), reason);
    });
}

void SignedLink::end(const QString &reason)
{
    if (m_closed || !m_connection)
        return;
    m_closeReason = reason;
    m_webSocket->close(closecode::goingAway, reason);
    m_connection->socket().flush();
    if (m_connection) // the line may have turned out to be dead
        m_connection->end(Ending::Stopped);
}

void SignedLink::finishClosing(const QString &reason)
{
    if (m_closed.exchange(true))
        return;
    m_turn.release();
    for (auto &[id, waiting] : std::exchange(m_calls, {})) {
        waiting.promise->addResult(failure(DeviceOffline, u"%1 went away before it answered: %2"_s.arg(m_deviceId, reason)));
        waiting.promise->finish();
    }
    const Error gone{.code = DeviceOffline, .message = u"%1 went away: %2"_s.arg(m_deviceId, reason)};
    while (!m_streams.empty())
        endStream(QString(m_streams.begin()->first), gone, false);
    emit closed(reason);
}

} // namespace muster::doors
