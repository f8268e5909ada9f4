// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/intake.h"

#include "protocol/rpc/limits.h"
#include "protocol/signing/canonical.h"
#include "server/fleet/reported.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::fleet {

using Answer = Intake::Answer;

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

Result<store::HistoryRow> rowOf(const QString &deviceId, const DeviceEvent &event)
{
    if (!isEventName(event.name))
        return failure(InvalidParams, u"\"name\" must have 1 to %1 of A-Z a-z 0-9 . _ -"_s.arg(limits::eventNameLength));
    if (const qsizetype bytes = sizeOf(event.data); bytes > limits::eventBytes)
        return failure(TooLarge, u"\"data\" has %1 bytes: %2 are allowed"_s.arg(bytes).arg(limits::eventBytes));
    if (event.source.size() > sourceLength)
        return failure(InvalidParams, u"\"source\" has %1 characters: %2 are allowed"_s.arg(event.source.size()).arg(sourceLength));
    return store::HistoryRow{.deviceId = deviceId,
                             .time = event.time,
                             .kind = store::historykind::event,
                             .name = event.name,
                             .text = {},
                             .data = event.data.isUndefined() ? event.data : cleanValue(event.data),
                             .source = cleanText(event.source, sourceLength),
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

QFuture<Answer> answered(QFuture<Answer> answer)
{
    return answer.then(QtFuture::Launch::Sync,
                       [](const Answer &answered) { return answered ? answered : Answer(std::unexpected(forDevice(answered.error()))); });
}

} // namespace

Intake::Intake(Fleet &fleet, Commands &commands, store::TelemetryStore &telemetry, store::MethodStore &methods, Counters &counters)
    : m_fleet(fleet)
    , m_commands(commands)
    , m_telemetry(telemetry)
    , m_methods(methods)
    , m_counters(counters)
{
}

QFuture<Answer> Intake::health(const QString &deviceId, QList<HealthSample> samples)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const auto impossible = samples.removeIf([now](const HealthSample &sample) { return !isPossible(sample, now); });
    m_counters.samplesDropped += static_cast<quint64>(impossible);
    const auto answer = [impossible](qsizetype stored) {
        return QJsonValue(QJsonObject{{"stored"_L1, stored}, {"dropped"_L1, impossible}});
    };
    if (samples.isEmpty())
        return ready<Answer>(answer(0));
    return answered(m_telemetry.append(deviceId, samples)
                        .then(QtFuture::Launch::Sync, [this, deviceId, samples, answer](const Result<qsizetype> &stored) -> Answer {
                            if (!stored)
                                return std::unexpected(stored.error());
                            m_counters.samplesStored += static_cast<quint64>(*stored);
                            QMetaObject::invokeMethod(
                                &m_fleet, [fleet = &m_fleet, deviceId, samples] { fleet->health().note(deviceId, samples, false); });
                            return answer(*stored);
                        }));
}

void Intake::live(const QString &deviceId, const HealthSample &sample)
{
    if (!isPossible(sample, QDateTime::currentMSecsSinceEpoch())) {
        ++m_counters.samplesDropped;
        return;
    }
    QMetaObject::invokeMethod(&m_fleet, [fleet = &m_fleet, deviceId, sample] { fleet->health().note(deviceId, {sample}, true); });
}

QFuture<Answer> Intake::events(const QString &deviceId, const QList<DeviceEvent> &events)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    QList<store::HistoryRow> rows;
    for (const DeviceEvent &event : events) {
        auto row = rowOf(deviceId, event);
        if (!row)
            return ready<Answer>(failure(row.error().code, u"event %1: %2"_s.arg(rows.size() + 1).arg(row.error().message)));
        rows.append(std::move(*row));
    }
    // Refused whole, they would come again and again: what cannot have happened is dropped, and the rest is kept.
    const auto impossible = rows.removeIf([now](const store::HistoryRow &row) { return !isPossible(row.time, now, store::historyKept); });
    const QJsonObject answer{{"stored"_L1, rows.size()}, {"dropped"_L1, impossible}};
    if (rows.isEmpty())
        return ready<Answer>(answer);
    // Through the fleet's thread, so that it stands after what happened before.
    return answered(inThreadOf(&m_fleet, [fleet = &m_fleet, rows, answer] {
        return fleet->history().append(rows).then(fleet, [answer](const Result<int> &added) -> Answer {
            return added ? Answer(answer) : Answer(std::unexpected(added.error()));
        });
    }));
}

void Intake::told(const QString &deviceId, const QString &method, const QJsonValue &data)
{
    const FleetEvent event{
        .deviceId = deviceId, .kind = EventKind::Told, .method = cleanText(method, limits::deviceIdLength), .data = cleanValue(data)};
    QMetaObject::invokeMethod(&m_fleet, [fleet = &m_fleet, event] {
        if (fleet->registry().knows(event.deviceId)) // it may have been forgotten on the way
            fleet->events().note(event);
    });
}

QFuture<Answer> Intake::state(const QString &deviceId, const QJsonValue &patch, const QString &name)
{
    if (!patch.isObject())
        return ready<Answer>(failure(InvalidParams, u"\"%1\" must be an object: a merge patch (RFC 7396)"_s.arg(name)));
    const QJsonObject state = patch.toObject();
    if (const qsizetype bytes = jsonBytes(state); bytes > limits::stateBytes)
        return ready<Answer>(failure(TooLarge, u"\"%1\" has %2 bytes: %3 are allowed"_s.arg(name).arg(bytes).arg(limits::stateBytes)));
    // As it is, so that it can be what is wanted: whoever shows it sees to what it may do there.
    return answered(inThreadOf(&m_fleet, [fleet = &m_fleet, deviceId, state] { return fleet->shadows().report(deviceId, state); }));
}

QFuture<Answer> Intake::shadow(const QString &deviceId)
{
    return answered(inThreadOf(&m_fleet, [fleet = &m_fleet, deviceId]() -> Answer {
        const auto document = fleet->shadows().fetch(deviceId);
        return document ? Answer(*document) : std::unexpected(document.error());
    }));
}

QFuture<Answer> Intake::receipt(const QString &deviceId, const QJsonObject &params, const SignedText &proof)
{
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
    return answered(inThreadOf(&m_commands, [commands = &m_commands, receipt = *receipt, proof] {
        return commands->takeReceipt(receipt, QString::fromUtf8(proof.text), proof.key.spki());
    }));
}

void Intake::describe(const QString &deviceId, const QJsonObject &machine, const QJsonObject &agent, qint64 bootedAt)
{
    QMetaObject::invokeMethod(
        &m_fleet, [fleet = &m_fleet, deviceId, machine, agent, bootedAt] { fleet->describe(deviceId, machine, agent, bootedAt); });
}

void Intake::methods(const QString &deviceId, const QJsonObject &document)
{
    // Nobody waits for it: where it cannot be written, the health of the databases says so.
    (void)m_methods.keep(deviceId, document, QDateTime::currentMSecsSinceEpoch());
}

} // namespace muster::fleet
