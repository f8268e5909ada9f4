// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/doors/signed/signedlink.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/methods.h"
#include "server/deviceerror.h"
#include "server/doors/facts.h"
#include "server/steadytime.h"
#include "server/timetext.h"
#include "transport/closecodes.h"

#include <QJsonArray>
#include <QLoggingCategory>
#include <QRandomGenerator>
#include <QTimeZone>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::doors {

using fleet::Standing;
namespace closecode = transport::closecode;

namespace {

/// ms within which all devices hear that there are other servers.
constexpr int tellWithin = 5'000;
Q_LOGGING_CATEGORY(logDoor, "muster.door.signed")

constexpr auto retryAtLeast = 1s;

/// The call that it answers; 0 for none of ours.
quint64 callOf(const Response &response)
{
    const quint64 id = response.id.toULongLong();
    return QString::number(id) == response.id ? id : 0;
}

} // namespace

SignedLink::SignedLink(listen::Connection &connection, transport::WebSocket &webSocket, listen::Admission::Turn turn,
                       std::shared_ptr<const SignedContext> context)
    : WebSocketLink(connection, webSocket, std::move(turn), *context)
    , m_context(std::move(context))
    , m_session(SignedSession::cloudEnd(SignedSession::newSessionId(), m_context->signer))
    , m_startedAt(QDateTime::currentMSecsSinceEpoch())
    , m_startedSteady(steadyNow())
{
}

void SignedLink::start(std::optional<std::chrono::seconds> turnAway)
{
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
    if (m_introductionId.isNull() && !isIntroduced())
        receiveIntroduction(text);
    else
        receiveMessage(text);
}

void SignedLink::receiveIntroduction(const QByteArray &text)
{
    const auto introduction = m_session.openIntroduction(text, m_context->authMethod, sessionTime(), limits::messageBytesBeforeAcceptance);
    if (!introduction)
        return refuseIntroduction(introduction.error());
    const auto &request = std::get<Request>(introduction->verified.message);
    m_introductionId = request.id;
    if (request.params.value("challenge"_L1).toString() != m_challenge)
        return refuseIntroduction({.code = StaleSession, .message = u"The challenge is not the one of this session's Session.Hello."_s});
    m_key = introduction->key;
    introduce({.deviceId = introduction->deviceId,
               .key = introduction->key,
               .tokenHash = {},
               .door = u"signed"_s,
               .address = address(),
               .bootId = cleanText(request.params.value("boot_id"_L1).toString(), 64),
               .bootedAt = bootedAt(request.params.value("uptime_s"_L1)),
               .machine = cleanFacts(request.params.value("machine"_L1).toObject()),
               .agent = cleanFacts(request.params.value("agent"_L1).toObject()),
               .clockAhead = m_session.peerClockAhead()});
}

void SignedLink::refuseIntroduction(const Error &error)
{
    // The peer may be told why once it has said who it is; the answer is signed like everything.
    if (m_session.hasPeerId())
        send(Response{.id = m_introductionId, .result = std::unexpected(error)});
    refuse(error);
}

void SignedLink::receiveMessage(const QByteArray &text)
{
    auto verified =
        m_session.open(text, sessionTime(), isAccepted() ? limits::messageBytesAfterAcceptance : limits::messageBytesBeforeAcceptance);
    if (!verified)
        return refuse(verified.error());
    noteEvidence();
    if (!isAffordable(verified->message, text.size()))
        return;
    if (auto *request = std::get_if<Request>(&verified->message))
        return handle(std::move(*request), text);
    if (auto *response = std::get_if<Response>(&verified->message))
        return handle(std::move(*response));
    if (isAccepted())
        handle(std::get<Notification>(verified->message));
}

bool SignedLink::isAffordable(const Message &message, qsizetype bytes)
{
    // What the server asked for is paid by who asked: answers that are waited for, and pieces that were granted.
    if (const auto *response = std::get_if<Response>(&message); response && isAwaited(callOf(*response)))
        return true;
    const auto *notification = std::get_if<Notification>(&message);
    if (notification && notification->method == methods::streamData
        && m_streams.contains(notification->params.value("stream"_L1).toString()))
        return true;
    const auto wait = spend(bytes);
    if (!wait)
        return true;
    if (const auto *request = std::get_if<Request>(&message); request && !isLeaving()) {
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
    m_context->calls.notify(deviceId(), notification.method, notification.params);
}

void SignedLink::handle(Request &&request, const QByteArray &text)
{
    if (!isAccepted())
        return answer(request.id, failure(Forbidden, u"The key is not accepted yet: a person has to do that first."_s));
    if (m_answering >= limits::callsInFlight)
        return answer(request.id, failure(TooMany, u"%1 calls wait for their answers already."_s.arg(m_answering)));
    // A receipt is kept as it was signed.
    const fleet::SignedText proof = request.method == methods::commandDone ? fleet::SignedText{.text = text, .key = m_key}
                                                                           : fleet::SignedText();
    auto future = m_context->calls.call(deviceId(), request.method, request.params, proof);
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
    if (!response.result)
        response.result = std::unexpected(asDeviceError(std::move(response.result.error())));
    finishCall(callOf(response), std::move(response.result));
}

// --- going out -----------------------------------------------------------------------------------------------------

void SignedLink::send(const Message &message)
{
    if (!maySend())
        return;
    const auto sealed = m_session.seal(message, sessionTime());
    if (!sealed) {
        qCWarning(logDoor).noquote() << "a message to" << deviceId() << "could not be signed:" << sealed.error().message;
        return;
    }
    sendText(*sealed);
}

void SignedLink::answer(const QString &id, Answer result)
{
    send(Response{.id = id, .result = std::move(result)});
}

void SignedLink::sendCall(quint64 id, const QString &method, const QJsonObject &params)
{
    send(Request{.id = QString::number(id), .method = method, .params = params});
}

void SignedLink::sendStanding(Standing standing, const QString &reason)
{
    const QJsonObject told{{"status"_L1, standingName(standing)}, {"reason"_L1, reason}};
    if (!m_introductionId.isNull())
        answer(std::exchange(m_introductionId, QString()), QJsonValue(told));
    else
        send(Notification{.method = methods::sessionStatus, .params = told});
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
        const Error error{.code = TooMany, .message = u"%1 streams of %2 are open already"_s.arg(m_streams.size()).arg(deviceId())};
        stream->end(error);
        promise->addResult(std::unexpected(error));
        return promise->finish();
    }
    const QString id = u"s%1"_s.arg(nextNumber());
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

void SignedLink::second(qint64 now)
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

void SignedLink::ending(const Error &gone)
{
    while (!m_streams.empty())
        endStream(QString(m_streams.begin()->first), gone, false);
}

} // namespace muster::doors
