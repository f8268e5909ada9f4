// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/health/healthcapability.h"

#include "deviceagent/boottime.h"
#include "protocol/rpc/methods.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

constexpr int streamEveryMs = 2000;
constexpr int streamForS = 60;
/// Over less time the processor's counters say little.
constexpr qint64 shortestSpan = 1000;

constexpr char sampleSchema[] =
    R"({"type":"object","properties":{"time":{"type":"integer","description":"ms since 1970"},"cpu":{"type":"integer","description":"permille"},)"
    R"("memory":{"type":"integer","description":"permille"},"disk":{"type":"integer","description":"permille"},)"
    R"("temperature":{"type":"integer","description":"0.1 °C"},"network_in":{"type":"integer","description":"bytes/s"},)"
    R"("network_out":{"type":"integer","description":"bytes/s"},"load":{"type":"integer","description":"0.01"}},"required":["time"]})";

/// @return the member, or `otherwise` without it; nothing when it is no integer from `least` to `most`
std::optional<int> integerOf(const QJsonObject &params, QLatin1StringView name, int otherwise, int least, int most)
{
    const QJsonValue value = params.value(name);
    if (value.isUndefined())
        return otherwise;
    const int number = value.toInt(least - 1); // gives the default for fractions too
    return number >= least && number <= most ? std::optional(number) : std::nullopt;
}

} // namespace

HealthCapability::HealthCapability(ServerLink &link, const QString &bootId, HealthReader reader, const Options &options, QObject *parent)
    : QObject(parent)
    , m_link(link)
    , m_options(options)
    , m_reader(std::move(reader))
    , m_reporter(link, bootId, options.report)
{
    m_sampling.setTimerType(Qt::VeryCoarseTimer);
    m_sampling.setInterval(options.sampleEvery);
    connect(&m_sampling, &QTimer::timeout, this, &HealthCapability::takeSample);
    connect(&m_streaming, &QTimer::timeout, this, &HealthCapability::streamSample);
    connect(&m_link, &ServerLink::ended, &m_streaming, &QTimer::stop);
}

void HealthCapability::addMethods(Registry &registry)
{
    registry.add({.name = methods::healthGet,
                  .summary = "One sample, taken now",
                  .params = R"({"type":"object","properties":{}})",
                  .result = sampleSchema,
                  .call = [this](const QJsonObject &) { return ready(QJsonValue(toJson(sampleNow()))); }});
    registry.add({.name = methods::healthStream,
                  .summary = "Sends Health.Sample every `every_ms` for `for_s`; for_s 0 ends it",
                  .params = R"({"type":"object","properties":{"every_ms":{"type":"integer","minimum":500,"maximum":60000,"default":2000},)"
                            R"("for_s":{"type":"integer","minimum":0,"maximum":3600,"default":60}}})",
                  .result = R"({"type":"object","properties":{"every_ms":{"type":"integer"},"for_s":{"type":"integer"}}})",
                  .call = [this](const QJsonObject &params) { return ready(stream(params)); }});
}

void HealthCapability::start()
{
    // The first reading only gives the others something to be compared with.
    m_last = m_reader.read(bootTime());
    m_sampling.start();
}

void HealthCapability::takeSample()
{
    const Reading reading = m_reader.read(bootTime());
    const std::optional<Reading> earlier = std::exchange(m_last, reading);
    if (!earlier)
        return;
    m_lastSample = sampleBetween(*earlier, reading);
    m_reporter.add(m_lastSample, reading.bootTime);
    if (m_thresholds.crossedBy(m_lastSample))
        m_reporter.hurry();
}

HealthSample HealthCapability::sampleNow()
{
    const Reading reading = m_reader.read(bootTime());
    HealthSample sample = m_last && reading.bootTime - m_last->bootTime >= shortestSpan ? sampleBetween(*m_last, reading) : m_lastSample;
    if (!m_last)
        m_last = reading;
    sample.time = m_link.clock().at(reading.bootTime);
    return sample;
}

Answer HealthCapability::stream(const QJsonObject &params)
{
    const std::optional<int> every = integerOf(params, "every_ms"_L1, streamEveryMs, 500, 60'000);
    const std::optional<int> duration = integerOf(params, "for_s"_L1, streamForS, 0, 3600);
    if (!every || !duration)
        return failure(InvalidParams, u"\"every_ms\" must be an integer from 500 to 60000, \"for_s\" one from 0 to 3600."_s);
    m_streamUntil = bootTime() + *duration * 1000LL;
    if (*duration == 0) {
        m_streaming.stop();
        m_lastStreamed.reset();
    } else if (!m_streaming.isActive() || m_streaming.interval() != *every) {
        m_lastStreamed = m_reader.read(bootTime());
        m_streaming.start(*every);
    }
    return QJsonObject{{"every_ms"_L1, *every}, {"for_s"_L1, *duration}};
}

void HealthCapability::streamSample()
{
    const Reading reading = m_reader.read(bootTime());
    if (reading.bootTime > m_streamUntil || !m_lastStreamed)
        return m_streaming.stop();
    HealthSample sample = sampleBetween(*m_lastStreamed, reading);
    m_lastStreamed = reading;
    sample.time = m_link.clock().at(reading.bootTime);
    m_link.notify(methods::healthSample, toJson(sample));
}

} // namespace muster::agent
