// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/devicecalls.h"

#include "protocol/rpc/methods.h"
#include "server/timetext.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::fleet {

namespace {

/// A device may be this much ahead of us: its time comes from us, but it may have been long ago.
constexpr qint64 aheadAtMost = 10 * 60'000;

bool isPossible(const HealthSample &sample, qint64 now)
{
    return sample.time <= now + aheadAtMost && sample.time >= now - store::tiers.back().keep;
}

} // namespace

DeviceCalls::DeviceCalls(Fleet &fleet, store::TelemetryStore &telemetry, Counters &counters)
    : m_fleet(fleet)
    , m_telemetry(telemetry)
    , m_counters(counters)
{
}

QFuture<Result<QJsonValue>> DeviceCalls::call(const QString &deviceId, const QString &method, const QJsonObject &params)
{
    ++m_counters.callsFromDevices;
    if (method == methods::healthReport)
        return healthReport(deviceId, params);
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
    QMetaObject::invokeMethod(&m_fleet, [fleet = &m_fleet, deviceId, sample = *sample] { fleet->noteSamples(deviceId, {sample}, true); });
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
            QMetaObject::invokeMethod(&m_fleet, [fleet = &m_fleet, deviceId, samples] { fleet->noteSamples(deviceId, samples, false); });
            return answer(*stored);
        });
}

} // namespace muster::fleet
