// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/healthboard.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/methods.h"

#include <QLoggingCategory>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::fleet {

namespace {

Q_LOGGING_CATEGORY(logHealth, "muster.fleet")

constexpr auto rollUpsEvery = 60s;
/// A live stream is asked for in stretches, so that a device whose server vanished goes quiet by itself.
constexpr int streamStretch = 60;
constexpr int streamEvery = 2000;
constexpr auto streamsRenewed = 45s;

} // namespace

HealthBoard::HealthBoard(store::TelemetryStore &telemetry, Registry &registry, QObject *parent)
    : QObject(parent)
    , m_telemetry(telemetry)
    , m_registry(registry)
    , m_streams(this)
    , m_rollUps(this)
{
    m_streams.setInterval(streamsRenewed);
    connect(&m_streams, &QTimer::timeout, this, [this] {
        for (auto it = m_watched.cbegin(); it != m_watched.cend(); ++it) {
            if (Device *device = m_registry.find(it.key()))
                startStream(*device);
        }
    });
    m_rollUps.setInterval(rollUpsEvery);
    connect(&m_rollUps, &QTimer::timeout, this, &HealthBoard::rollUp);
}

void HealthBoard::start()
{
    m_streams.start();
    m_rollUps.start();
}

void HealthBoard::stop()
{
    m_streams.stop();
    m_rollUps.stop();
}

void HealthBoard::note(const QString &deviceId, const QList<HealthSample> &samples, bool live)
{
    Device *device = m_registry.find(deviceId);
    if (!device || samples.isEmpty())
        return;
    for (const HealthSample &one : samples) {
        if (!live)
            device->trend.add(one);
        if (device->latest && one.time < device->latest->time)
            continue;
        device->latest = one;
        device->condition = conditionOf(one);
    }
    m_registry.touch(*device);
    if (live)
        emit sample(deviceId, toJson(samples.last()));
}

void HealthBoard::rollUp()
{
    m_telemetry.rollUp(m_aging()).then(this, [this](const Result<bool> &more) {
        if (!more)
            qCWarning(logHealth).noquote() << "health could not be rolled up:" << more.error().message;
        else if (*more)
            rollUp();
    });
}

void HealthBoard::startStream(Device &device)
{
    if (!device.link || !device.link->abilities().testFlag(Ability::LiveHealth))
        return;
    device.link->call(methods::healthStream, {{"every_ms"_L1, streamEvery}, {"for_s"_L1, streamStretch}}, limits::callTimeout)
        .then(this, [id = device.id](const Result<QJsonValue> &started) {
            if (!started)
                qCInfo(logHealth).noquote() << id << "sends no live health:" << started.error().message;
        });
}

void HealthBoard::resume(Device &device)
{
    if (m_watched.contains(device.id))
        startStream(device);
}

void HealthBoard::watch(const QString &id)
{
    if (++m_watched[id] == 1) {
        if (Device *device = m_registry.find(id))
            startStream(*device);
    }
}

void HealthBoard::unwatch(const QString &id)
{
    const auto found = m_watched.find(id);
    if (found == m_watched.end() || --*found > 0)
        return;
    m_watched.erase(found);
    Device *device = m_registry.find(id);
    if (device && device->link && device->link->abilities().testFlag(Ability::LiveHealth))
        device->link->call(methods::healthStream, {{"every_ms"_L1, streamEvery}, {"for_s"_L1, 0}}, limits::callTimeout)
            .then(this, [](const Result<QJsonValue> &) {});
}

} // namespace muster::fleet
