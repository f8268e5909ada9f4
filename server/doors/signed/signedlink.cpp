// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/doors/signed/signedlink.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/methods.h"
#include "server/timetext.h"

#include <QLoggingCategory>
#include <QTimeZone>
#include <QWebSocket>

using namespace Qt::Literals::StringLiterals;

namespace muster::doors {

using fleet::Standing;

namespace {

Q_LOGGING_CATEGORY(logDoor, "muster.door.signed")

/// RFC 6455 section 5.5.1: a close frame holds 125 bytes, two of them the code.
constexpr qsizetype closeReasonBytes = 123;
constexpr int missedPings = 2;

QString fitCloseReason(const QString &reason)
{
    QString fit = reason;
    while (fit.toUtf8().size() > closeReasonBytes)
        fit.chop(1);
    return fit;
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

SignedLink::SignedLink(QWebSocket *socket, const QString &address, listen::ConnectionGuard::Slot slot,
                       std::shared_ptr<const SignedContext> context)
    : m_socket(socket)
    , m_address(address)
    , m_slot(std::move(slot))
    , m_context(std::move(context))
    , m_session(SignedSession::cloudEnd(SignedSession::newSessionId(), m_context->signer))
    , m_startedAt(QDateTime::currentMSecsSinceEpoch())
    , m_pingedAt(m_startedAt)
{
    m_running.start();
    ++m_context->counters.connections;
    m_aliveAt = m_startedAt;
    m_socket->setParent(this);
    setSizeLimit(limits::messageBytesBeforeAcceptance);
    connect(m_socket, &QWebSocket::textMessageReceived, this, &SignedLink::receive);
    connect(m_socket, &QWebSocket::binaryMessageReceived, this, [this] {
        ++m_context->counters.messagesRefused;
        m_socket->close(QWebSocketProtocol::CloseCodeDatatypeNotSupported, u"text frames only"_s);
    });
    connect(m_socket, &QWebSocket::pong, this, [this](quint64 elapsed) {
        m_unanswered = 0;
        m_roundTrip = static_cast<int>(std::min<quint64>(elapsed, std::numeric_limits<int>::max()));
        m_aliveAt = QDateTime::currentMSecsSinceEpoch();
    });
    connect(m_socket, &QWebSocket::disconnected, this, [this] {
        const QString said = cleanText(m_socket->closeReason(), limits::textLength);
        if (!m_closeReason.isEmpty())
            finishClosing(m_closeReason);
        else if (m_socket->closeCode() == QWebSocketProtocol::CloseCodeNormal
                 || m_socket->closeCode() == QWebSocketProtocol::CloseCodeGoingAway)
            finishClosing(said.isEmpty() ? u"the device said goodbye"_s : u"the device said goodbye: %1"_s.arg(said));
        else
            finishClosing(u"the connection was lost"_s);
    });
}

SignedLink::~SignedLink()
{
    --m_context->counters.connections;
}

void SignedLink::setSizeLimit(qsizetype bytes)
{
    m_socket->setMaxAllowedIncomingFrameSize(static_cast<quint64>(bytes));
    m_socket->setMaxAllowedIncomingMessageSize(static_cast<quint64>(bytes));
}

void SignedLink::start(const std::shared_ptr<SignedLink> &self)
{
    m_self = self;
    m_challenge = SignedSession::newSessionId();
    send(Notification{.method = methods::sessionHello,
                      .params = {{"protocol"_L1, 1},
                                 {"challenge"_L1, m_challenge},
                                 {"session"_L1, m_session.session()},
                                 {"server_time"_L1, timestampText(QDateTime::currentMSecsSinceEpoch())}}});
}

QDateTime SignedLink::sessionTime() const
{
    return QDateTime::fromMSecsSinceEpoch(m_startedAt + m_running.elapsed(), QTimeZone::UTC);
}

// --- coming in -----------------------------------------------------------------------------------------------------

void SignedLink::receive(const QString &text)
{
    if (m_closed || !m_closeReason.isEmpty())
        return;
    m_aliveAt = QDateTime::currentMSecsSinceEpoch();
    const QByteArray utf8 = text.toUtf8();
    if (m_introductionId.isNull() && !m_introduced)
        receiveIntroduction(utf8);
    else
        receiveMessage(utf8);
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
    if (auto *request = std::get_if<Request>(&verified->message))
        return handle(std::move(*request), text);
    if (auto *response = std::get_if<Response>(&verified->message))
        return handle(std::move(*response));
    if (m_accepted)
        handle(std::get<Notification>(verified->message));
}

void SignedLink::handle(const Notification &notification)
{
    if (notification.method == methods::streamData)
        return takePiece(notification.params);
    if (notification.method == methods::streamClose)
        return endStream(notification.params.value("stream"_L1).toString(), streamCloseError(notification.params), false);
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
    promise->addResult(std::move(response.result));
    promise->finish();
}

// --- going out -----------------------------------------------------------------------------------------------------

void SignedLink::send(const Message &message)
{
    if (m_closed)
        return;
    if (m_socket->bytesToWrite() > limits::queuedBytesPerConnection) {
        m_closeReason = u"the device reads too slowly"_s;
        m_socket->abort();
        return;
    }
    const auto sealed = m_session.seal(message, sessionTime());
    if (!sealed) {
        qCWarning(logDoor).noquote() << "a message to" << m_deviceId << "could not be signed:" << sealed.error().message;
        return;
    }
    ++m_context->counters.messagesOut;
    m_socket->sendTextMessage(QString::fromUtf8(*sealed));
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
    if (m_closed || !m_accepted)
        return fail(DeviceOffline, u"%1 is not connected"_s.arg(m_deviceId));
    if (m_calls.size() >= limits::callsInFlight)
        return fail(TooMany, u"%1 answers too slowly: %2 calls wait already"_s.arg(m_deviceId).arg(m_calls.size()));
    const QString id = QString::number(++m_lastCall);
    m_calls.emplace(id, Waiting{.promise = promise, .deadline = QDateTime::currentMSecsSinceEpoch() + timeout.count()});
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
            endStream(id, answer.error(), answer.error().code == TimedOut);
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
    const QJsonObject told{{"status"_L1, standingName(standing)}, {"reason"_L1, reason}};
    if (!m_introductionId.isNull())
        answer(std::exchange(m_introductionId, QString()), QJsonValue(told));
    else
        send(Notification{.method = methods::sessionStatus, .params = told});
    if (m_accepted) {
        setSizeLimit(limits::messageBytesAfterAcceptance);
        m_slot.release();
    } else if (standing == Standing::Rejected) {
        m_closeReason = reason;
        m_socket->close(QWebSocketProtocol::CloseCodePolicyViolated, fitCloseReason(reason));
    }
}

// --- ending --------------------------------------------------------------------------------------------------------

void SignedLink::tick(qint64 now)
{
    if (!m_introduced && now - m_startedAt > std::chrono::milliseconds(limits::authenticateWithin).count()) {
        ++m_context->counters.connectionsTimedOut;
        return refuse({.code = TimedOut, .message = u"No authentication within %1 s."_s.arg(limits::authenticateWithin.count())});
    }
    for (auto it = m_calls.begin(); it != m_calls.end();) {
        if (it->second.deadline > now) {
            ++it;
            continue;
        }
        const auto promise = std::move(it->second.promise);
        it = m_calls.erase(it);
        promise->addResult(failure(TimedOut, u"%1 did not answer in time"_s.arg(m_deviceId)));
        promise->finish();
    }
    if (now - m_pingedAt < std::chrono::milliseconds(limits::pingEvery).count())
        return;
    m_pingedAt = now;
    if (m_unanswered >= missedPings) {
        m_closeReason = u"%1 pings stayed unanswered"_s.arg(m_unanswered);
        m_socket->abort();
        return;
    }
    ++m_unanswered;
    m_socket->ping();
}

void SignedLink::refuse(const Error &error)
{
    ++m_context->counters.messagesRefused;
    qCInfo(logDoor).noquote() << "connection of" << (m_deviceId.isEmpty() ? m_address : m_deviceId) << "refused:" << error.message;
    // The peer may be told why once it has said who it is; the answer is signed like everything.
    if (!m_introduced && m_session.hasPeerId())
        send(Response{.id = m_introductionId, .result = std::unexpected(error)});
    m_closeReason = error.message;
    m_socket->close(QWebSocketProtocol::CloseCodePolicyViolated, fitCloseReason(error.message));
}

void SignedLink::close(const QString &reason)
{
    QMetaObject::invokeMethod(this, [this, reason] {
        if (m_closed || !m_closeReason.isEmpty())
            return;
        m_closeReason = reason;
        m_socket->close(QWebSocketProtocol::CloseCodeGoingAway, fitCloseReason(reason));
    });
}

void SignedLink::end(const QString &reason)
{
    if (m_closed)
        return;
    m_closeReason = reason;
    m_socket->close(QWebSocketProtocol::CloseCodeGoingAway, fitCloseReason(reason));
    m_socket->flush();
    m_socket->abort();
    finishClosing(reason);
}

void SignedLink::finishClosing(const QString &reason)
{
    if (m_closed.exchange(true))
        return;
    m_slot.release();
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
