// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/doors/mdash/mdashlink.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"
#include "protocol/rpc/methods.h"
#include "server/async.h"
#include "server/doors/facts.h"
#include "server/doors/mdash/mongoose.h"
#include "server/steadytime.h"
#include "transport/closecodes.h"

#include <QJsonDocument>
#include <QLoggingCategory>
#include <QRegularExpression>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::doors {

namespace closecode = transport::closecode;

namespace {

Q_LOGGING_CATEGORY(logMdash, "muster.door.mdash")

/// What a device says before the fleet has decided: its heartbeat, and little more.
constexpr qsizetype earlyFrames = 32;
/// A frame that was begun, and of which no more comes, was cut off: what comes after it must not be taken for a part of it. ms
constexpr qint64 frameWithin = 5'000;
/// So many WebSocket messages are one of the budget's: there is firmware that sends its frames character by character.
constexpr int piecesPerMessage = 32;
/// Lines of a device's log that are kept: its history has room for other things as well.
constexpr DeviceBudget::Rates keptLines{.messages = 1, .bytes = 16 * 1024};
constexpr qsizetype methodLength = 128;

/// A member of this protocol's frames.
namespace member {
constexpr QLatin1StringView id("id");
constexpr QLatin1StringView method("method");
constexpr QLatin1StringView params("params");
constexpr QLatin1StringView args("args"); ///< the same, of old
constexpr QLatin1StringView result("result");
constexpr QLatin1StringView error("error");
constexpr QLatin1StringView tag("tag");
constexpr QLatin1StringView key("key"); ///< the token, before 2018
} // namespace member

/// The number in an id, which some clients turn into a text and others back; 0 where it is none of ours.
quint64 numberOf(const QJsonValue &id)
{
    if (id.isString())
        return id.toString().toULongLong();
    return id.isDouble() && id.toDouble() > 0 ? static_cast<quint64>(id.toInteger()) : 0;
}

/// What other methods of a device become: an event of that name. Empty where a name cannot be one.
QString eventNameOf(const QString &method)
{
    QString name = method.left(limits::eventNameLength);
    for (QChar &c : name) {
        if (c.unicode() >= 128 || (!c.isLetterOrNumber() && c != u'.' && c != u'_' && c != u'-'))
            c = u'_';
    }
    return name;
}

bool reportsState(const QString &method)
{
    return method == "Dash.Shadow.Update"_L1 || method == "State.Set"_L1;
}

Error notAllowed(QLatin1StringView what)
{
    return {.code = Forbidden, .message = u"devices with tokens may not %1 here"_s.arg(what)};
}

} // namespace

MdashLink::MdashLink(listen::Connection &connection, transport::WebSocket &webSocket, listen::Admission::Turn turn,
                     std::shared_ptr<const MdashContext> context)
    : WebSocketLink(connection, webSocket, std::move(turn), *context)
    , m_context(std::move(context))
    , m_frames(limits::messageBytesBeforeAcceptance)
    , m_logs(keptLines)
{
}

fleet::Abilities MdashLink::abilities() const
{
    return m_context->rights.calls ? fleet::Ability::Calls : fleet::Abilities();
}

void MdashLink::turnAway(std::chrono::seconds after)
{
    hangUp(closecode::tryAgainLater, u"too many devices come at once: try again in %1 s"_s.arg(after.count()));
}

void MdashLink::present(const QByteArray &token)
{
    const QByteArray hash = fleet::TokenBook::hashOf(token);
    const auto device = m_context->tokens.deviceOf(hash);
    if (!device) // taken back since the request came
        return refuse({.code = Unauthenticated, .message = u"no device has this token (any more)"_s});
    introduce({.deviceId = *device,
               .key = {},
               .tokenHash = hash,
               .door = u"mdash"_s,
               .address = address(),
               .bootId = {},
               .bootedAt = 0,
               .machine = {},
               .agent = {}});
}

void MdashLink::begun()
{
    m_frames.setMost(limits::messageBytesAfterAcceptance);
    // These devices say little by themselves.
    ask(u"Sys.GetInfo"_s).then(this, [this](const Answer &info) {
        if (info)
            takeInfo(info->toObject());
    });
    ask(u"RPC.List"_s).then(this, [this](const Answer &names) {
        if (names && names->isArray())
            intake().methods(deviceId(), mongoose::openRpcOf(names->toArray()));
    });
    const QList<QByteArray> early = std::exchange(m_early, {});
    for (const QByteArray &frame : early) {
        if (!isLeaving())
            handle(frame);
    }
}

QFuture<MdashLink::Answer> MdashLink::ask(const QString &method)
{
    auto promise = std::make_shared<QPromise<Answer>>();
    promise->start();
    ++counters().callsToDevices;
    startCall(method, {}, limits::callTimeout, promise);
    return promise->future();
}

// --- coming in -----------------------------------------------------------------------------------------------------

void MdashLink::receive(const QByteArray &text)
{
    if (++m_pieces >= piecesPerMessage) {
        m_pieces = 0;
        if (spend(0) && isLeaving())
            return;
    }
    const QList<QByteArray> frames = m_frames.take(text);
    for (const QByteArray &frame : frames) {
        if (!isLeaving())
            takeFrame(frame);
    }
    if (const qsizetype dropped = m_frames.takeDropped(); dropped > 0 && !isLeaving()) {
        countRefused(); // no reason to drop the device, but it pays for it
        (void)spend(dropped);
    }
    m_insideAt = m_frames.isInside() ? steadyNow() : 0;
}

void MdashLink::second(qint64 now)
{
    if (m_insideAt == 0 || now - m_insideAt < frameWithin)
        return;
    m_frames.drop();
    m_insideAt = 0;
}

void MdashLink::takeFrame(const QByteArray &frame)
{
    if (isAccepted())
        return handle(frame);
    m_earlyBytes += frame.size();
    if (m_early.size() >= earlyFrames || m_earlyBytes > limits::messageBytesBeforeAcceptance)
        return refuse({.code = TooMany, .message = u"The device says too much before it was let in."_s});
    m_early.append(frame);
    if (isIntroduced())
        return;
    const auto first = parseJsonObject(frame);
    const QString token = first ? first->value(member::key).toString() : QString();
    if (token.isEmpty())
        return refuse(
            {.code = Unauthenticated, .message = u"no token: send Authorization: Bearer with the request, or \"key\" in each frame"_s});
    present(token.toUtf8());
}

void MdashLink::handle(const QByteArray &text)
{
    noteEvidence();
    const auto frame = parseJsonObject(text);
    const bool isCall = frame && frame->value(member::method).isString();
    // What the server asked for is paid by who asked.
    const bool isPaid = frame && !isCall && isAwaited(numberOf(frame->value(member::id)));
    const auto wait = isPaid ? std::nullopt : spend(text.size());
    if (isLeaving())
        return;
    if (!frame)
        return handleGarbage(text);
    if (!isCall)
        return handleAnswer(*frame);
    if (!wait)
        return handleCall(*frame);
    if (frame->contains(member::id))
        answer(frame->value(member::id), frame->value(member::tag),
               failure(TooMany, u"the device sends more than it may: try again in %1 ms"_s.arg(wait->count())));
}

void MdashLink::handleGarbage(const QByteArray &text)
{
    countRefused();
    // Some libraries write no JSON where they have no message: who waits for this must not wait until it is late.
    static const QRegularExpression id(uR"("id"\s*:\s*"?(\d{1,16})\b)"_s);
    const QString readable = QString::fromUtf8(text.left(limits::textLength));
    qCDebug(logMdash).noquote() << deviceId() << "sent what is no JSON";
    const auto found = id.match(readable);
    if (!found.hasMatch())
        return;
    if (readable.contains("\"method\""_L1))
        answer(found.captured(1).toLongLong(), QJsonValue::Undefined, failure(InvalidParams, u"this is no JSON that can be read here"_s));
    else
        finishCall(found.captured(1).toULongLong(),
                   failure(InternalError, u"%1 answered with what is no JSON"_s.arg(deviceId()), QJsonObject{{"source"_L1, "device"_L1}}));
}

void MdashLink::handleAnswer(const QJsonObject &frame)
{
    // Without an id nobody knows what could not be read.
    const quint64 id = numberOf(frame.value(member::id));
    if (id == 0)
        return;
    finishCall(id, mongoose::answerOf(frame.value(member::result), frame.value(member::error)));
}

void MdashLink::handleCall(const QJsonObject &frame)
{
    const QString method = frame.value(member::method).toString().left(methodLength);
    const QJsonObject params = (frame.contains(member::params) ? frame.value(member::params) : frame.value(member::args)).toObject();
    ++counters().callsFromDevices;
    // What it reports of its state is noted where it changes.
    if (m_context->rights.events && !method.isEmpty() && !reportsState(method))
        intake().told(deviceId(), method, params);
    auto future = answerTo(method, params);
    if (!frame.contains(member::id))
        return;
    const QJsonValue id = frame.value(member::id);
    const QJsonValue tag = frame.value(member::tag);
    if (!future)
        return answer(id, tag, failure(MethodNotFound, u"No handler for %1"_s.arg(cleanText(method, methodLength))));
    if (future->isFinished())
        return answer(id, tag, future->result());
    if (m_answering >= limits::callsInFlight)
        return answer(id, tag, failure(TooMany, u"%1 calls wait for their answers already"_s.arg(m_answering)));
    ++m_answering;
    future->then(this, [this, id, tag](const Answer &result) {
        --m_answering;
        answer(id, tag, result);
    });
}

std::optional<QFuture<MdashLink::Answer>> MdashLink::answerTo(const QString &method, const QJsonObject &params)
{
    const TokenRights &rights = m_context->rights;
    if (method == "Dash.Heartbeat"_L1) {
        takeInfo(params);
        return ready<Answer>(true);
    }
    if (method == "Dash.Shadow.Get"_L1 || reportsState(method)) {
        if (!rights.state)
            return ready<Answer>(std::unexpected(notAllowed("report their state"_L1)));
        if (method == "Dash.Shadow.Get"_L1)
            return intake().shadow(deviceId()).then(this, [](const Answer &shadow) -> Answer {
                return shadow ? Answer(mongoose::shadowFor(shadow->toObject())) : shadow;
            });
        const QJsonValue patch = method == "State.Set"_L1 ? QJsonValue(params) : params["state"_L1]["reported"_L1];
        takeHealth(patch["stats"_L1].toObject());
        return intake()
            .state(deviceId(), patch, method == "State.Set"_L1 ? u"params"_s : u"state.reported"_s)
            .then(this, [](const Answer &kept) -> Answer { return kept ? Answer(true) : kept; });
    }
    if (!rights.events)
        return {};
    if (method == "Dash.Log"_L1 || method == "Log"_L1) {
        log(params);
        return ready<Answer>(true);
    }
    tell(eventNameOf(method), params);
    if (method == "Store"_L1 || method == "DB.NewData"_L1)
        return ready<Answer>(true);
    return {};
}

void MdashLink::tell(const QString &name, const QJsonValue &data)
{
    if (name.isEmpty())
        return;
    intake()
        .events(deviceId(), {{.name = name, .time = QDateTime::currentMSecsSinceEpoch(), .data = data, .source = u"mdash"_s}})
        .then(this, [this](const Answer &kept) {
            if (!kept)
                qCInfo(logMdash).noquote() << "an event of" << deviceId() << "was not kept:" << kept.error().message;
        });
}

void MdashLink::log(const QJsonObject &params)
{
    const QString line = params["data"_L1].toString().trimmed();
    if (line.isEmpty() || m_logs.spend(line.size(), steadyNow()))
        return;
    tell(u"log"_s, QJsonObject{{"text"_L1, line}, {"fd"_L1, params["fd"_L1]}, {"seq"_L1, params["seq"_L1]}});
}

void MdashLink::takeInfo(const QJsonObject &info)
{
    if (info.isEmpty())
        return;
    intake().describe(deviceId(), mongoose::machineOf(info), mongoose::agentOf(info), bootedAt(info["uptime"_L1]));
    takeHealth(info);
}

void MdashLink::takeHealth(const QJsonObject &stats)
{
    if (!m_context->rights.health)
        return;
    if (const auto sample = mongoose::healthOf(stats))
        (void)intake().health(deviceId(), {*sample});
}

// --- going out -----------------------------------------------------------------------------------------------------

QFuture<MdashLink::Answer> MdashLink::call(const QString &method, const QJsonObject &params, std::chrono::milliseconds timeout)
{
    if (!m_context->rights.calls)
        return ready<Answer>(std::unexpected(notAllowed("be called"_L1)));
    if (method == methods::rpcDiscover)
        return WebSocketLink::call(u"RPC.List"_s, {}, timeout).then(QtFuture::Launch::Sync, [](const Answer &names) -> Answer {
            return names ? Answer(mongoose::openRpcOf(names->toArray())) : names;
        });
    QFuture<Answer> answer = WebSocketLink::call(method, params, timeout);
    if (method != "Config.Get"_L1)
        return answer;
    return answer.then(QtFuture::Launch::Sync, [key = params["key"_L1].toString()](const Answer &config) -> Answer {
        return config ? Answer(mongoose::masked(*config, key)) : config;
    });
}

QFuture<MdashLink::Answer> MdashLink::openStream(const QString &, const QJsonObject &, qint64, std::chrono::milliseconds,
                                                 const std::shared_ptr<fleet::DeviceStream> &stream)
{
    const Error error{.code = MethodNotFound, .message = u"mDash devices send no streams"_s};
    stream->end(error);
    return ready<Answer>(std::unexpected(error));
}

void MdashLink::sendCall(quint64 id, const QString &method, const QJsonObject &params)
{
    QJsonObject frame{{member::id, static_cast<qint64>(id)}, {member::method, method}};
    if (!params.isEmpty())
        frame.insert(member::params, params);
    send(frame);
}

void MdashLink::answer(const QJsonValue &id, const QJsonValue &tag, const Answer &result)
{
    QJsonObject frame{{member::id, id}};
    if (!tag.isUndefined())
        frame.insert(member::tag, tag);
    if (result)
        frame.insert(member::result, *result);
    else
        frame.insert(member::error, mongoose::errorFor(result.error()));
    send(frame);
}

void MdashLink::send(const QJsonObject &frame)
{
    if (maySend())
        sendText(QJsonDocument(frame).toJson(QJsonDocument::Compact));
}

} // namespace muster::doors
