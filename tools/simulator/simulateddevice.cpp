// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/simulator/simulateddevice.h"

#include "deviceagent/boottime.h"
#include "protocol/rpc/methods.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QRandomGenerator>
#include <QUuid>

using namespace Qt::Literals::StringLiterals;
using State = muster::agent::ServerLink::State;

namespace muster::simulator {

namespace {

constexpr qint64 sampleSpan = 10'000;

/// A small variety of machines, so that lists and filters have something to show.
struct Model
{
    const char *os;
    const char *model;
    const char *arch;
    int cpus;
    qint64 memoryKib;
};
constexpr std::array models{
    Model{"Debian GNU/Linux 13 (trixie)", "Raspberry Pi 4 Model B Rev 1.4", "arm64", 4, 3'884'372},
    Model{"Debian GNU/Linux 12 (bookworm)", "Raspberry Pi 3 Model B Plus Rev 1.3", "arm64", 4, 944'000},
    Model{"Poky 5.0 (scarthgap)", "BeagleBone Black", "arm", 1, 494'000},
    Model{"Ubuntu 24.04.3 LTS", "Intel NUC11TNKi5", "x86_64", 8, 16'104'000},
};

} // namespace

agent::Identity SimulatedDevice::identityOf(int number, const KeyPair &key, const Options &options)
{
    const Model &model = models[static_cast<size_t>(number) % models.size()];
    const QString id = options.prefix + QString::number(number);
    return {.deviceId = id,
            .bootId = QUuid::createUuid().toString(QUuid::WithoutBraces),
            .agent = {{"name"_L1, "muster-sim"_L1}, {"version"_L1, QStringLiteral(MUSTER_VERSION)}},
            .machine = {{"os"_L1, QString::fromUtf8(model.os)},
                        {"model"_L1, QString::fromUtf8(model.model)},
                        {"arch"_L1, QString::fromUtf8(model.arch)},
                        {"kernel"_L1, "6.12.41"_L1},
                        {"hostname"_L1, id},
                        {"cpus"_L1, model.cpus},
                        {"memory_kib"_L1, model.memoryKib},
                        {"disk_kib"_L1, 30'345'216}},
            .key = key,
            .cloudKey = options.cloudKey};
}

SimulatedDevice::SimulatedDevice(int number, const KeyPair &key, const Options &options, const QSslConfiguration &tls, Counters &counters,
                                 QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_counters(counters)
    , m_link(identityOf(number, key, options),
             {.url = options.server, .others = options.others, .authMethod = methods::authenticate, .tls = tls},
             [this](const QString &method, const QJsonObject &params) {
                 ++m_counters.answered;
                 return QtFuture::makeReadyValueFuture(answer(method, params));
             })
    , m_health(number)
{
    connect(&m_link, &agent::ServerLink::stateChanged, this, &SimulatedDevice::changed);
    m_reporting.setTimerType(Qt::CoarseTimer);
    connect(&m_reporting, &QTimer::timeout, this, &SimulatedDevice::report);
    connect(&m_streaming, &QTimer::timeout, this, [this] {
        if (agent::bootTime() > m_streamUntil)
            return m_streaming.stop();
        m_link.notify(methods::healthSample, toJson(m_health.next(m_link.clock().now())));
        ++m_counters.samples;
    });
}

SimulatedDevice::~SimulatedDevice()
{
    m_link.stop();
}

void SimulatedDevice::changed(State state)
{
    const bool isConnected = state == State::Pending || state == State::Accepted;
    const bool isAccepted = state == State::Accepted;
    if (isConnected != m_wasConnected)
        m_counters.connected += isConnected ? 1 : -1;
    if (isAccepted != m_wasAccepted)
        m_counters.accepted += isAccepted ? 1 : -1;
    if (isConnected && !m_wasConnected)
        ++m_counters.sessions;
    if (!isConnected && m_wasConnected && state != State::Stopped)
        ++m_counters.lost;
    m_wasConnected = isConnected;
    m_wasAccepted = isAccepted;

    if (!isAccepted) {
        m_reporting.stop();
        m_streaming.stop();
        return;
    }
    if (m_options.reportEvery > 0) {
        // Somewhere in the first span, then with it: a fleet does not report in step.
        const auto span = static_cast<int>(m_options.reportEvery * 1000);
        m_reporting.start(1 + QRandomGenerator::global()->bounded(span));
    }
    if (m_options.isRateEndless)
        call();
}

void SimulatedDevice::call()
{
    if (m_isCalling || !isAccepted())
        return;
    m_isCalling = true;
    QElapsedTimer timer;
    timer.start();
    m_link.call(methods::timeNow, {}).then(this, [this, timer](const agent::Answer &result) {
        m_isCalling = false;
        ++m_counters.calls;
        m_counters.addLatency(timer.nsecsElapsed() / 1000);
        if (!result)
            ++m_counters.errors;
        else if (m_options.isRateEndless)
            call();
    });
}

void SimulatedDevice::report()
{
    const auto span = static_cast<int>(m_options.reportEvery * 1000);
    m_reporting.start(span);
    const int count = m_options.batch > 0 ? m_options.batch : qBound(1, span / static_cast<int>(sampleSpan), healthBatchSamples);
    const qint64 now = m_link.clock().now();
    QList<HealthSample> samples;
    samples.reserve(count);
    for (int i = count - 1; i >= 0; --i)
        samples.append(m_health.next(now - i * sampleSpan));
    QElapsedTimer timer;
    timer.start();
    m_link.call(methods::healthReport, encodeHealthBatch(samples)).then(this, [this, timer, count](const agent::Answer &result) {
        ++m_counters.calls;
        m_counters.addLatency(timer.nsecsElapsed() / 1000);
        if (result)
            m_counters.samples += static_cast<quint64>(count);
        else
            ++m_counters.errors;
    });
}

agent::Answer SimulatedDevice::answer(const QString &method, const QJsonObject &params)
{
    if (method == methods::healthGet)
        return toJson(m_health.next(m_link.clock().now()));
    if (method == methods::healthStream) {
        const int every = qBound(500, params.value("every_ms"_L1).toInt(2000), 60'000);
        const int duration = qBound(0, params.value("for_s"_L1).toInt(60), 3600);
        m_streamUntil = agent::bootTime() + duration * 1000LL;
        if (duration > 0)
            m_streaming.start(every);
        else
            m_streaming.stop();
        return QJsonObject{{"every_ms"_L1, every}, {"for_s"_L1, duration}};
    }
    if (method == methods::shadowDelta) {
        // It does as it is told.
        m_link.call(methods::shadowUpdate, {{"state"_L1, QJsonObject{{"reported"_L1, params.value("state"_L1)}}}})
            .then(this, [this](const agent::Answer &result) {
                if (!result)
                    ++m_counters.errors;
            });
        return QJsonObject{};
    }
    if (method == methods::getInfo)
        return QJsonObject{{"uptime_s"_L1, agent::bootTime() / 1000}};
    if (method == methods::rpcList)
        return QJsonArray{QString(methods::healthGet), QString(methods::healthStream), QString(methods::rpcList),
                          QString(methods::shadowDelta), QString(methods::getInfo)};
    return failure(MethodNotFound, u"A simulated device has no such method."_s);
}

} // namespace muster::simulator
