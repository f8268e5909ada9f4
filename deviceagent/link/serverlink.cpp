// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/link/serverlink.h"

#include "deviceagent/boottime.h"
#include "protocol/rpc/methods.h"
#include "protocol/rpc/timestamp.h"
#include "transport/closecodes.h"
#include "transport/tlsadvice.h"
#include "transport/websocketdialler.h"

#include <QLoggingCategory>
#include <QTimeZone>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::agent {

namespace {

Q_LOGGING_CATEGORY(logLink, "muster.agent.link", QtInfoMsg)

/// A session that stood this long was a good one: the next attempt comes soon again.
constexpr qint64 goodSession = 60'000;
/// Below this two clocks are as good as the same to a person who reads logs of both.
constexpr auto notableSkew = 60s;
/// How often deadlines and silence are looked at while something may need it: once in a while is enough for both.
constexpr auto watchEvery = 30s;
constexpr int protocolVersion = 1;
/// Streams wait while this much is unsent: calls and health must not stand behind a whole window of logs on a slow line.
constexpr qint64 unsentForStreams = 64 * 1024;
/// What a server that has not proven its key may make the agent hold unsent.
constexpr qint64 unsentBeforeAcceptance = 64 * 1024;
/// A server may ask to be left alone for so long. One that has not proven its key for less: anybody in between can say that.
constexpr int retryAfterMost = 3600;
constexpr int retryAfterUnproven = 120;

} // namespace

ServerLink::ServerLink(const Identity &identity, const Options &options, Answerer answer, Delays delays, QObject *parent)
    : QObject(parent)
    , m_identity(identity)
    , m_options(options)
    , m_answer(std::move(answer))
    , m_delays(std::move(delays))
    , m_addresses(QList<QUrl>{options.url} + options.others)
    , m_told(options.toldPath)
{
    m_addresses.tell(m_told.load());
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, [this] {
        if (m_state == State::Waiting)
            dial();
        else
            closeLink(u"the server did not answer in time"_s);
    });
    m_watch.setTimerType(Qt::VeryCoarseTimer);
    m_watch.setInterval(std::min<std::chrono::milliseconds>(watchEvery, m_options.pongTimeout));
    connect(&m_watch, &QTimer::timeout, this, &ServerLink::watch);
}

ServerLink::~ServerLink()
{
    stop();
}

void ServerLink::start()
{
    if (m_state == State::Stopped)
        dial();
}

void ServerLink::stop()
{
    if (m_state == State::Stopped)
        return;
    setState(State::Stopped);
    m_next.stop();
    m_watch.stop();
    if (m_dialler) {
        m_dialler->disconnect(this);
        if (transport::WebSocket *webSocket = m_dialler->webSocket()) {
            webSocket->disconnect(this);
            webSocket->close(transport::closecode::goingAway, u"the agent stops"_s);
        }
        std::exchange(m_dialler, nullptr)->leave();
    }
    failWaiting(u"the agent stops"_s);
    endStreams();
}

void ServerLink::dial()
{
    m_session = std::make_unique<SignedSession>(
        SignedSession::deviceEnd(m_identity.deviceId, m_identity.key.signer(), m_identity.cloudKey.verifier()));
    m_authenticationId.clear();
    m_closeReason.clear();
    m_comeBackSlowly = false;
    m_heardOf.reset();
    m_wallClockAtBoot = QDateTime::currentMSecsSinceEpoch() - bootTime();

    m_retryAfter = -1;

    using transport::WebSocketDialler;
    m_dialled = m_addresses.current();
    m_dialler = new WebSocketDialler(m_dialled, m_options.tls, "muster-agent/" MUSTER_VERSION, this);
    connect(m_dialler, &WebSocketDialler::connected, this, &ServerLink::open);
    connect(m_dialler, &WebSocketDialler::bytesSent, this, &ServerLink::resumeStreams);
    connect(m_dialler, &WebSocketDialler::certificateRefused, this, [](const QList<QSslError> &errors) {
        for (const QSslError &error : errors)
            qCWarning(logLink).noquote() << "the server's certificate is refused:"
                                         << cleanText(transport::tlsAdvice(error), limits::textLength);
    });
    connect(m_dialler, &WebSocketDialler::ended, this, [this](const QString &reason, int retryAfter) {
        if (retryAfter >= 0)
            m_retryAfter = std::min(retryAfter, retryAfterUnproven);
        const QString said = cleanText(reason, limits::textLength);
        endLink(m_closeReason.isEmpty() ? said : m_closeReason);
    });

    setState(State::Dialling);
    m_next.start(m_addresses.areSeveral() ? m_options.dialTimeoutOfSeveral : m_options.dialTimeout);
    m_dialler->dial();
}

void ServerLink::open()
{
    using transport::WebSocket;
    WebSocket *webSocket = m_dialler->webSocket();
    webSocket->setLimits(limits::messageBytesBeforeAcceptance, unsentBeforeAcceptance);
    connect(webSocket, &WebSocket::textReceived, this, &ServerLink::receive);
    connect(webSocket, &WebSocket::binaryReceived, this, [this] { closeLink(u"the server sent a binary frame"_s); });
    connect(webSocket, &WebSocket::heard, this, [this] { m_heardAt = bootTime(); });
    setState(State::Authenticating);
}

// --- coming in -----------------------------------------------------------------------------------------------------

void ServerLink::receive(const QByteArray &text)
{
    if (!m_dialler || !m_closeReason.isEmpty())
        return;
    const bool isHello = m_session->session().isEmpty();
    const qsizetype limit = m_state == State::Accepted ? limits::messageBytesAfterAcceptance : limits::messageBytesBeforeAcceptance;
    const Result<Verified> verified = m_session->open(text, sessionNow(), limit);
    if (!verified) {
        const Error &error = verified.error();
        // The algorithm is bound to the key: a hello that names another one was not made with the pinned key either.
        if (isHello && (error.code == BadSignature || error.code == WrongAlgorithm)) {
            qCWarning(logLink).noquote() << "wrong server key: the hello of" << m_addresses.current().toString()
                                         << "was not made with the pinned key" << m_identity.cloudKey.fingerprint()
                                         << "- either this is another server, or its cloud_public.pem has to be handed over again";
            return closeLink(u"the server's key is not the pinned one"_s, true);
        }
        qCWarning(logLink).noquote() << "a message was refused:" << error.message;
        if (isHello || m_state == State::Authenticating || error.code == Skewed)
            closeLink(error.message);
        return;
    }
    if (isHello)
        return welcome(*verified);
    std::visit([this](const auto &message) { handle(message); }, verified->message);
}

void ServerLink::welcome(const Verified &hello)
{
    const QJsonObject params = std::get<Notification>(hello.message).params;
    if (params.value("protocol"_L1).toInt() != protocolVersion) {
        qCWarning(logLink) << "the server speaks version" << params.value("protocol"_L1).toInt() << "of the protocol, this agent"
                           << protocolVersion;
        return closeLink(u"another version of the protocol"_s, true);
    }
    // Signed, so that nobody in between can keep this device away.
    if (const int seconds = params.value("retry_after"_L1).toInt(-1); seconds >= 0) {
        const QUrl leader = ServerAddresses::parse(params.value("leader"_L1).toString());
        if (m_addresses.lead(leader))
            return closeLink(u"it stands by: %1 leads"_s.arg(leader.toString()));
        m_retryAfter = std::min(seconds, retryAfterMost);
        return closeLink(u"the server has too much to do, or stands by: it asks to come back in %1 s"_s.arg(seconds));
    }
    if (const QJsonValue servers = params.value("servers"_L1); servers.isArray())
        m_heardOf = ServerAddresses::parse(servers.toArray());
    const Result<QDateTime> serverTime = timestampFromText(params.value("server_time"_L1).toString());
    m_clock.set(serverTime ? serverTime->toMSecsSinceEpoch() : hello.meta.timestamp.toMSecsSinceEpoch(), bootTime());
    if (const auto ahead = m_session->peerClockAhead(); std::chrono::abs(ahead) > notableSkew)
        qCWarning(logLink) << "clock skew: the server's clock is ahead of this device's by"
                           << std::chrono::duration_cast<std::chrono::seconds>(ahead).count()
                           << "s; samples are sent with the server's time";

    // Unguessable: it is what tells this session's answer from a recorded one.
    m_authenticationId = SignedSession::newSessionId();
    send(Request{.id = m_authenticationId,
                 .method = m_options.authMethod,
                 .params = {{"device_id"_L1, m_identity.deviceId},
                            {"public_key"_L1, QString::fromLatin1(m_identity.key.publicKey().toPem())},
                            {"challenge"_L1, params.value("challenge"_L1).toString()},
                            {"boot_id"_L1, m_identity.bootId},
                            {"uptime_s"_L1, bootTime() / 1000},
                            {"agent"_L1, m_identity.agent},
                            {"machine"_L1, m_identity.machine}}});
}

void ServerLink::decide(const QJsonObject &decision)
{
    const QString status = decision.value("status"_L1).toString();
    m_addresses.worked();
    // It has answered what this session alone asked: its hello was no recording.
    if (const auto servers = std::exchange(m_heardOf, std::nullopt))
        hearOf(*servers);
    const QString reason = cleanText(decision.value("reason"_L1).toString(), limits::textLength);
    if (status == "accepted"_L1) {
        m_next.stop();
        if (m_state == State::Accepted)
            return;
        m_acceptedAt = bootTime();
        m_dialler->webSocket()->setLimits(limits::messageBytesAfterAcceptance, limits::queuedBytesPerConnection);
        qCInfo(logLink).noquote() << "accepted by" << m_addresses.current().toString() << "as" << m_identity.deviceId;
        m_watch.start();
        setState(State::Accepted);
        emit accepted();
    } else if (status == "pending"_L1 && m_state == State::Authenticating) {
        m_next.stop();
        m_watch.start();
        setState(State::Pending);
        const PublicKey &key = m_identity.key.publicKey();
        qCInfo(logLink).noquote() << "waiting for approval:" << m_identity.deviceId << "shows the words" << key.words().join(u' ')
                                  << "and the fingerprint" << key.fingerprint();
    } else if (status == "pending"_L1 && m_state == State::Pending) {
        qCDebug(logLink) << "still pending:" << reason;
    } else if (status == "pending"_L1) {
        closeLink(u"the server wants the key to be approved anew: %1"_s.arg(reason));
    } else if (status == "rejected"_L1) {
        qCWarning(logLink).noquote() << "rejected by" << m_addresses.current().toString() << "-" << reason
                                     << "- trying again every few minutes, in case somebody changes their mind";
        closeLink(u"rejected"_s, true);
    } else {
        closeLink(u"the server answered the authentication with the unknown status \"%1\""_s.arg(cleanText(status, 32)));
    }
}

void ServerLink::handle(const Response &response)
{
    if (m_state == State::Authenticating) {
        if (response.result)
            return decide(response.result->toObject());
        qCWarning(logLink).noquote() << "the server refused the authentication:" << response.result.error().message;
        return closeLink(response.result.error().message);
    }
    const std::shared_ptr<Waiting> waiting = m_calls.take(response.id);
    if (!waiting)
        return; // after its deadline
    waiting->promise.addResult(response.result);
    waiting->promise.finish();
}

void ServerLink::hearOf(const QList<QUrl> &servers)
{
    m_addresses.tell(servers);
    m_told.keep(servers);
}

void ServerLink::handle(const Notification &notification)
{
    const auto stream = [this, &notification] { return m_streams.value(notification.params.value("stream"_L1).toString()); };
    if (notification.method == methods::sessionStatus) {
        decide(notification.params);
    } else if (notification.method == methods::sessionServers) {
        if (const QJsonValue servers = notification.params.value("servers"_L1); m_state == State::Accepted && servers.isArray())
            hearOf(ServerAddresses::parse(servers.toArray()));
    } else if (notification.method == methods::streamCredit) {
        if (OutgoingStream *const granted = stream())
            granted->grant(notification.params);
    } else if (notification.method == methods::streamClose) {
        if (OutgoingStream *const closed = stream()) {
            m_streams.remove(closed->id());
            closed->end();
        }
    } else {
        qCDebug(logLink) << "ignored the notification" << notification.method;
    }
}

void ServerLink::handle(const Request &request)
{
    if (m_state != State::Accepted)
        return (void)send(Response{request.id, failure(Unauthenticated, u"Nobody has accepted this device yet."_s)});
    if (m_answering >= limits::callsInFlight)
        return (void)send(Response{request.id, failure(TooMany, u"%1 calls wait for their answers already."_s.arg(m_answering))});
    ++m_answering;
    const QString streamId = request.params.value("stream"_L1).toObject().value("id"_L1).toString();
    m_answer(request.method, request.params)
        .then(this, [this, id = request.id, streamId, session = m_session->session()](const Answer &answer) {
            --m_answering;
            // An answer must not slip into a session that never asked.
            if (!m_session || m_session->session() != session)
                return;
            send(Response{id, answer});
            if (OutgoingStream *const stream = m_streams.value(streamId); stream && answer)
                stream->begin();
        });
}

// --- going out -----------------------------------------------------------------------------------------------------

bool ServerLink::send(const Message &message)
{
    if (!m_dialler || !m_dialler->webSocket() || !m_closeReason.isEmpty())
        return false;
    if (unsentBytes() > limits::queuedBytesPerConnection) {
        closeLink(u"the server reads too slowly"_s);
        return false;
    }
    Result<QByteArray> text = m_session->seal(message, sessionNow());
    if (text && text->size() > limits::messageBytesAfterAcceptance)
        text = failure(TooLarge, u"The message has %1 bytes."_s.arg(text->size()));
    if (text) {
        m_dialler->webSocket()->sendText(*text);
        return true;
    }
    qCWarning(logLink).noquote() << "a message could not be sent:" << text.error().message;
    // The caller still waits: it is told, as long as that can be said.
    const auto *response = std::get_if<Response>(&message);
    return response && response->result && send(Response{response->id, failure(InternalError, text.error().message)});
}

QFuture<Answer> ServerLink::call(const QString &method, const QJsonObject &params, std::chrono::milliseconds timeout)
{
    if (m_state != State::Accepted)
        return QtFuture::makeReadyValueFuture(Answer(failure(DeviceOffline, u"There is no session with the server."_s)));
    if (m_calls.size() >= limits::callsInFlight)
        return QtFuture::makeReadyValueFuture(Answer(failure(TooMany, u"%1 calls wait for the server already."_s.arg(m_calls.size()))));
    const QString id = QString::number(++m_lastCall);
    if (!send(Request{id, method, params}))
        return QtFuture::makeReadyValueFuture(Answer(failure(DeviceOffline, u"The call could not be sent."_s)));
    const auto waiting = std::make_shared<Waiting>();
    waiting->deadline = bootTime() + timeout.count();
    waiting->promise.start();
    m_calls.insert(id, waiting);
    return waiting->promise.future();
}

void ServerLink::notify(const QString &method, const QJsonObject &params)
{
    if (m_state == State::Accepted)
        send(Notification{method, params});
}

// --- streams -------------------------------------------------------------------------------------------------------

Result<std::unique_ptr<OutgoingStream>> ServerLink::openStream(const QJsonValue &value)
{
    const Result<StreamOffer> offer = StreamOffer::fromJson(value);
    if (!offer)
        return std::unexpected(offer.error());
    if (m_state != State::Accepted)
        return failure(DeviceOffline, u"There is no session with the server."_s);
    if (m_streams.contains(offer->id))
        return failure(Conflict, u"The stream \"%1\" is open already."_s.arg(offer->id));
    if (m_streams.size() >= limits::streamsOpen)
        return failure(TooMany, u"%1 streams are open already: close one first."_s.arg(limits::streamsOpen));
    std::unique_ptr<OutgoingStream> stream(new OutgoingStream(this, *offer));
    m_streams.insert(offer->id, stream.get());
    return stream;
}

qint64 ServerLink::unsentBytes() const
{
    return m_dialler->webSocket()->unsentBytes();
}

bool ServerLink::isCongested() const
{
    return !m_dialler || !m_dialler->webSocket() || unsentBytes() > unsentForStreams;
}

void ServerLink::resumeStreams()
{
    if (m_streams.isEmpty() || isCongested())
        return;
    const QList<OutgoingStream *> streams = m_streams.values();
    for (OutgoingStream *stream : streams) {
        // One that writes may end another one.
        if (std::ranges::contains(m_streams, stream))
            emit stream->writable();
    }
}

void ServerLink::endStreams()
{
    while (!m_streams.isEmpty())
        m_streams.take(*m_streams.keyBegin())->end();
}

// --- ending --------------------------------------------------------------------------------------------------------

/// Ends the connection from this side; endLink() follows when the socket is done.
void ServerLink::closeLink(const QString &reason, bool slowly)
{
    if (!m_dialler || !m_closeReason.isEmpty())
        return;
    m_closeReason = reason;
    m_comeBackSlowly = slowly;
    // No goodbye: that waits for a peer which may be gone, or is not the one we want.
    m_dialler->abort();
    endLink(reason);
}

void ServerLink::endLink(const QString &reason)
{
    if (!m_dialler)
        return;
    m_dialler->disconnect(this);
    if (transport::WebSocket *webSocket = m_dialler->webSocket())
        webSocket->disconnect(this);
    std::exchange(m_dialler, nullptr)->deleteLater();
    m_session.reset();
    m_watch.stop();
    if (m_state == State::Accepted && bootTime() - m_acceptedAt >= goodSession)
        m_delays.reset();
    const bool soon = m_addresses.next();
    const auto delay = soon                ? m_delays.soon()
                       : m_comeBackSlowly  ? m_delays.nextSlow()
                       : m_retryAfter >= 0 ? m_delays.nextAfter(std::chrono::seconds(m_retryAfter))
                                           : m_delays.next();
    qCInfo(logLink).noquote() << "not connected to" << m_dialled.toString() << "-" << reason << "- next attempt in"
                              << QString::number(static_cast<double>(delay.count()) / 1000, 'f', 1) << "s";
    failWaiting(reason);
    endStreams();
    setState(State::Waiting);
    m_next.start(delay);
    emit ended(reason);
}

void ServerLink::failWaiting(const QString &reason)
{
    const auto calls = std::exchange(m_calls, {});
    for (const std::shared_ptr<Waiting> &waiting : calls) {
        waiting->promise.addResult(failure(DeviceOffline, u"The session ended before the answer came: %1."_s.arg(reason)));
        waiting->promise.finish();
    }
}

void ServerLink::watch()
{
    const qint64 now = bootTime();
    const QStringList ids = m_calls.keys();
    for (const QString &id : ids) {
        // Whoever is told may send, and with that end the session and all that waits.
        const std::shared_ptr<Waiting> waiting = m_calls.value(id);
        if (!waiting || waiting->deadline > now)
            continue;
        m_calls.remove(id);
        waiting->promise.addResult(failure(TimedOut, u"The server did not answer in time."_s));
        waiting->promise.finish();
    }
    if (!m_dialler || !m_dialler->webSocket())
        return;
    // Silence alone says nothing: ask.
    if (m_pingedAt > m_heardAt) {
        if (now - m_pingedAt >= m_options.pongTimeout.count())
            closeLink(u"the link is dead: no answer to a ping"_s);
    } else if (now - m_heardAt >= m_options.idleBeforePing.count()) {
        m_pingedAt = now;
        m_dialler->webSocket()->ping();
    }
}

void ServerLink::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged(state);
}

QDateTime ServerLink::sessionNow() const
{
    return QDateTime::fromMSecsSinceEpoch(m_wallClockAtBoot + bootTime(), QTimeZone::UTC);
}

} // namespace muster::agent
