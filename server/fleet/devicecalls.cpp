// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/devicecalls.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/methods.h"
#include "protocol/signing/canonical.h"
#include "server/fleet/reported.h"
#include "server/timetext.h"

#include <QJsonArray>

using namespace Qt::Literals::StringLiterals;

namespace muster::fleet {

namespace {

/// A device may be this much ahead of us: its time comes from us, but it may have been long ago.
constexpr qint64 aheadAtMost = 10 * 60'000;

/// The program that tells an event.
constexpr qsizetype sourceLength = 64;

bool isPossible(qint64 time, qint64 now, qint64 kept)
{
    return time <= now + aheadAtMost && time >= now - kept;
}

bool isPossible(const HealthSample &sample, qint64 now)
{
    return isPossible(sample.time, now, store::tiers.back().keep);
}

bool isEventName(const QString &name)
{
    return !name.isEmpty() && name.size() <= limits::eventNameLength && std::ranges::all_of(name, [](QChar c) {
        return (c.unicode() < 128 && c.isLetterOrNumber()) || c == u'.' || c == u'_' || c == u'-';
    });
}

/// As it is sent, like the agent counts it.
qsizetype sizeOf(const QJsonValue &value)
{
    return value.isUndefined() ? 0 : canonicalJson(value).value_or(QByteArray()).size();
}

/// One of the events of Event.Report. @param number counted from 1, for messages
Result<store::HistoryRow> eventOf(const QString &deviceId, const QJsonValue &value, qsizetype number)
{
    const auto wrong = [number](int code, const QString &what) { return failure(code, u"event %1: %2"_s.arg(number).arg(what)); };
    if (!value.isObject())
        return wrong(InvalidParams, u"it must be an object"_s);
    const QJsonObject event = value.toObject();
    const QString name = event.value("name"_L1).toString();
    if (!isEventName(name))
        return wrong(InvalidParams, u"\"name\" must have 1 to %1 of A-Z a-z 0-9 . _ -"_s.arg(limits::eventNameLength));
    const QJsonValue at = event.value("time"_L1);
    const qint64 time = at.toInteger();
    if (!at.isDouble() || at.toDouble() != static_cast<double>(time))
        return wrong(InvalidParams, u"\"time\" must be milliseconds since 1970"_s);
    const QJsonValue data = event.value("data"_L1);
    if (const qsizetype bytes = sizeOf(data); bytes > limits::eventBytes)
        return wrong(TooLarge, u"\"data\" has %1 bytes: %2 are allowed"_s.arg(bytes).arg(limits::eventBytes));
    const QJsonValue source = event.value("source"_L1);
    if (!source.isUndefined() && !source.isString())
        return wrong(InvalidParams, u"\"source\" must be a text"_s);
    if (source.toString().size() > sourceLength)
        return wrong(InvalidParams, u"\"source\" has %1 characters: %2 are allowed"_s.arg(source.toString().size()).arg(sourceLength));
    return store::HistoryRow{.deviceId = deviceId,
                             .time = time,
                             .kind = store::historykind::event,
                             .name = name,
                             .text = {},
                             .data = data.isUndefined() ? data : cleanValue(data),
                             .source = cleanText(source.toString(), sourceLength),
                             .by = {}};
}

/// What ails a database is for those who operate it: the log and /metrics say it. A device learns whether to come again.
Error forDevice(const Error &error)
{
    if (error.code == Unavailable)
        return {.code = Unavailable, .message = u"the server cannot keep this now: send it again later"_s, .detail = error.detail};
    if (error.code == InternalError)
        return {.code = InternalError, .message = u"the server failed at this: its log says why"_s};
    return error;
}

} // namespace

DeviceCalls::DeviceCalls(Fleet &fleet, Commands &commands, store::TelemetryStore &telemetry, Counters &counters)
    : m_fleet(fleet)
    , m_commands(commands)
    , m_telemetry(telemetry)
    , m_counters(counters)
{
}

QFuture<Result<QJsonValue>> DeviceCalls::call(const QString &deviceId, const QString &method, const QJsonObject &params,
                                              const SignedText &proof)
{
    ++m_counters.callsFromDevices;
    return answer(deviceId, method, params, proof).then(QtFuture::Launch::Sync, [](const Result<QJsonValue> &answered) {
        return answered ? answered : Result<QJsonValue>(std::unexpected(forDevice(answered.error())));
    });
}

QFuture<Result<QJsonValue>> DeviceCalls::answer(const QString &deviceId, const QString &method, const QJsonObject &params,
                                                const SignedText &proof)
{
    if (method == methods::healthReport)
        return healthReport(deviceId, params);
    if (method == methods::eventReport)
        return eventReport(deviceId, params);
    if (method == methods::stateReport)
        return stateReport(deviceId, params.value("state"_L1), u"state"_s);
    if (method == methods::shadowUpdate)
        return shadowUpdate(deviceId, params);
    if (method == methods::shadowGet)
        return inThreadOf(&m_fleet, [fleet = &m_fleet, deviceId]() -> Result<QJsonValue> {
            const auto document = fleet->shadows().fetch(deviceId);
            return document ? Result<QJsonValue>(*document) : std::unexpected(document.error());
        });
    if (method == methods::commandDone)
        return commandDone(deviceId, params, proof);
    if (method == methods::timeNow)
        return ready<Result<QJsonValue>>(QJsonObject{{"server_time"_L1, timestampText(QDateTime::currentMSecsSinceEpoch())}});
    return ready<Result<QJsonValue>>(failure(MethodNotFound, u"the server has no method \"%1\" for devices"_s.arg(method.left(80))));
}

void DeviceCalls::notify(const QString &deviceId, const QString &method, const QJsonObject &params)
{
    if (method != methods::healthSample)
        return;
    const auto sample = healthSampleFromJson(params);
    if (!sample || !isPossible(*sample, QDateTime::currentMSecsSinceEpoch())) {
        ++m_counters.samplesDropped;
        return;
    }
    QMetaObject::invokeMethod(&m_fleet, [fleet = &m_fleet, deviceId, sample = *sample] { fleet->health().note(deviceId, {sample}, true); });
}

QFuture<Result<QJsonValue>> DeviceCalls::healthReport(const QString &deviceId, const QJsonObject &params)
{
    auto samples = decodeHealthBatch(params);
    if (!samples)
        return ready<Result<QJsonValue>>(std::unexpected(samples.error()));
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const auto impossible = samples->removeIf([now](const HealthSample &sample) { return !isPossible(sample, now); });
    m_counters.samplesDropped += static_cast<quint64>(impossible);
    const auto answer = [impossible](qsizetype stored) {
        return QJsonValue(QJsonObject{{"stored"_L1, stored}, {"dropped"_L1, impossible}});
    };
    if (samples->isEmpty())
        return ready<Result<QJsonValue>>(answer(0));
    return m_telemetry.append(deviceId, *samples)
        .then(QtFuture::Launch::Sync, [this, deviceId, samples = *samples, answer](const Result<qsizetype> &stored) -> Result<QJsonValue> {
            if (!stored)
                return std::unexpected(stored.error());
            m_counters.samplesStored += static_cast<quint64>(*stored);
            QMetaObject::invokeMethod(&m_fleet, [fleet = &m_fleet, deviceId, samples] { fleet->health().note(deviceId, samples, false); });
            return answer(*stored);
        });
}

QFuture<Result<QJsonValue>> DeviceCalls::eventReport(const QString &deviceId, const QJsonObject &params)
{
    using Answer = Result<QJsonValue>;
    const QJsonArray events = params.value("events"_L1).toArray();
    if (events.isEmpty() || events.size() > limits::eventsPerReport)
        return ready<Answer>(failure(InvalidParams, u"\"events\" must be an array of 1 to %1 events"_s.arg(limits::eventsPerReport)));
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    QList<store::HistoryRow> rows;
    for (const auto &event : events) {
        auto row = eventOf(deviceId, event, rows.size() + 1);
        if (!row)
            return ready<Answer>(std::unexpected(row.error()));
        rows.append(std::move(*row));
    }
    // Refused whole, they would come again and again: what cannot have happened is dropped, and the rest is kept.
    const auto impossible = rows.removeIf([now](const store::HistoryRow &row) { return !isPossible(row.time, now, store::historyKept); });
    const QJsonObject answer{{"stored"_L1, rows.size()}, {"dropped"_L1, impossible}};
    if (rows.isEmpty())
        return ready<Answer>(answer);
    // Through the fleet's thread, so that it stands after what happened before.
    return inThreadOf(&m_fleet, [fleet = &m_fleet, rows, answer] {
        return fleet->history().append(rows).then(fleet, [answer](const Result<int> &added) -> Answer {
            return added ? Answer(answer) : Answer(std::unexpected(added.error()));
        });
    });
}

QFuture<Result<QJsonValue>> DeviceCalls::stateReport(const QString &deviceId, const QJsonValue &patch, const QString &name)
{
    using Answer = Result<QJsonValue>;
    if (!patch.isObject())
        return ready<Answer>(failure(InvalidParams, u"\"%1\" must be an object: a merge patch (RFC 7396)"_s.arg(name)));
    const QJsonObject state = patch.toObject();
    if (const qsizetype bytes = jsonBytes(state); bytes > limits::stateBytes)
        return ready<Answer>(failure(TooLarge, u"\"%1\" has %2 bytes: %3 are allowed"_s.arg(name).arg(bytes).arg(limits::stateBytes)));
    // As it is, so that it can be what is wanted: whoever shows it sees to what it may do there.
    return inThreadOf(&m_fleet, [fleet = &m_fleet, deviceId, state] { return fleet->shadows().report(deviceId, state); });
}

QFuture<Result<QJsonValue>> DeviceCalls::shadowUpdate(const QString &deviceId, const QJsonObject &params)
{
    const QJsonValue state = params.value("state"_L1);
    const auto isReported = [](const QString &name) { return name == "reported"_L1; };
    if (!state.isObject() || !std::ranges::all_of(state.toObject().keys(), isReported))
        return ready<Result<QJsonValue>>(
            failure(InvalidParams, u"\"state\" must be {\"reported\": {…}}: what is desired is for people to say"_s));
    return stateReport(deviceId, state["reported"_L1], u"state.reported"_s);
}

QFuture<Result<QJsonValue>> DeviceCalls::commandDone(const QString &deviceId, const QJsonObject &params, const SignedText &proof)
{
    using Answer = Result<QJsonValue>;
    const auto receipt = receiptFromJson(deviceId, params);
    if (!receipt || proof.text.isEmpty()) {
        ++m_counters.receiptsRefused;
        return ready<Answer>(receipt ? failure(InvalidRequest, u"a receipt has to be signed"_s) : std::unexpected(receipt.error()));
    }
    const QJsonValue outcome = receipt->outcome ? *receipt->outcome : params.value("error"_L1);
    if (const qsizetype bytes = sizeOf(outcome); bytes > limits::resultBytes) {
        ++m_counters.receiptsRefused;
        return ready<Answer>(failure(
            TooLarge,
            u"the outcome has %1 bytes: %2 are allowed; send the error TooLarge in its place"_s.arg(bytes).arg(limits::resultBytes)));
    }
    return inThreadOf(&m_commands, [commands = &m_commands, receipt = *receipt, proof] {
        return commands->takeReceipt(receipt, QString::fromUtf8(proof.text), proof.key.spki());
    });
}

} // namespace muster::fleet
