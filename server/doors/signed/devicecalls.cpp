// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/doors/signed/devicecalls.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/methods.h"
#include "server/timetext.h"

#include <QJsonArray>

using namespace Qt::Literals::StringLiterals;

namespace muster::doors {

using Answer = Result<QJsonValue>;

namespace {

/// One of the events of Event.Report.
Result<fleet::DeviceEvent> eventOf(const QJsonValue &value)
{
    if (!value.isObject())
        return failure(InvalidParams, u"it must be an object"_s);
    const QJsonObject event = value.toObject();
    const QJsonValue at = event.value("time"_L1);
    const qint64 time = at.toInteger();
    if (!at.isDouble() || at.toDouble() != static_cast<double>(time))
        return failure(InvalidParams, u"\"time\" must be milliseconds since 1970"_s);
    const QJsonValue source = event.value("source"_L1);
    if (!source.isUndefined() && !source.isString())
        return failure(InvalidParams, u"\"source\" must be a text"_s);
    return fleet::DeviceEvent{
        .name = event.value("name"_L1).toString(), .time = time, .data = event.value("data"_L1), .source = source.toString()};
}

} // namespace

DeviceCalls::DeviceCalls(fleet::Intake &intake, Counters &counters)
    : m_intake(intake)
    , m_counters(counters)
{
}

QFuture<Answer> DeviceCalls::call(const QString &deviceId, const QString &method, const QJsonObject &params, const fleet::SignedText &proof)
{
    ++m_counters.callsFromDevices;
    if (method == methods::healthReport)
        return healthReport(deviceId, params);
    if (method == methods::eventReport)
        return eventReport(deviceId, params);
    if (method == methods::stateReport)
        return m_intake.state(deviceId, params.value("state"_L1), u"state"_s);
    if (method == methods::shadowUpdate)
        return shadowUpdate(deviceId, params);
    if (method == methods::shadowGet)
        return m_intake.shadow(deviceId);
    if (method == methods::commandDone)
        return m_intake.receipt(deviceId, params, proof);
    if (method == methods::timeNow)
        return ready<Answer>(QJsonObject{{"server_time"_L1, timestampText(QDateTime::currentMSecsSinceEpoch())}});
    return ready<Answer>(failure(MethodNotFound, u"the server has no method \"%1\" for devices"_s.arg(method.left(80))));
}

void DeviceCalls::notify(const QString &deviceId, const QString &method, const QJsonObject &params)
{
    if (method != methods::healthSample)
        return;
    if (const auto sample = healthSampleFromJson(params))
        m_intake.live(deviceId, *sample);
    else
        ++m_counters.samplesDropped;
}

QFuture<Answer> DeviceCalls::healthReport(const QString &deviceId, const QJsonObject &params)
{
    const auto samples = decodeHealthBatch(params);
    return samples ? m_intake.health(deviceId, *samples) : ready<Answer>(std::unexpected(samples.error()));
}

QFuture<Answer> DeviceCalls::eventReport(const QString &deviceId, const QJsonObject &params)
{
    const QJsonArray values = params.value("events"_L1).toArray();
    if (values.isEmpty() || values.size() > limits::eventsPerReport)
        return ready<Answer>(failure(InvalidParams, u"\"events\" must be an array of 1 to %1 events"_s.arg(limits::eventsPerReport)));
    QList<fleet::DeviceEvent> events;
    for (const auto &value : values) {
        auto event = eventOf(value);
        if (!event)
            return ready<Answer>(failure(event.error().code, u"event %1: %2"_s.arg(events.size() + 1).arg(event.error().message)));
        events.append(std::move(*event));
    }
    // Told once it is kept: what is not comes again.
    return m_intake.events(deviceId, events).then(QtFuture::Launch::Sync, [this, deviceId, values](const Answer &kept) {
        if (kept) {
            for (const auto &value : values)
                m_intake.told(deviceId, methods::eventReport, value);
        }
        return kept;
    });
}

QFuture<Answer> DeviceCalls::shadowUpdate(const QString &deviceId, const QJsonObject &params)
{
    const QJsonValue state = params.value("state"_L1);
    const auto isReported = [](const QString &name) { return name == "reported"_L1; };
    if (!state.isObject() || !std::ranges::all_of(state.toObject().keys(), isReported))
        return ready<Answer>(failure(InvalidParams, u"\"state\" must be {\"reported\": {…}}: what is desired is for people to say"_s));
    return m_intake.state(deviceId, state["reported"_L1], u"state.reported"_s);
}

} // namespace muster::doors
