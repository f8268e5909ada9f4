// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/health/healthreporter.h"

#include "deviceagent/boottime.h"
#include "protocol/rpc/methods.h"

#include <QDateTime>
#include <QLoggingCategory>
#include <QRandomGenerator>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

Q_LOGGING_CATEGORY(logReporter, "muster.agent.health", QtInfoMsg)

/// A little more than what one batch takes in normal times: beyond it the server is away.
constexpr qsizetype inMemory = 40;
/// A device without a backlog costs the server little: whoever has just accepted it wants to see it come alive.
constexpr std::chrono::milliseconds freshWithin = std::chrono::seconds(2);
/// A clock that shows an earlier day was never set: Muster is younger than that.
constexpr qint64 oldestClock = 1'735'689'600'000; // 2025-01-01

/// The kernel's boot id is a random UUID: its first eight digits tell two boots apart well enough.
quint32 bootNumber(const QString &bootId)
{
    return bootId.left(8).toUInt(nullptr, 16);
}

} // namespace

HealthReporter::HealthReporter(ServerLink &link, const QString &bootId, const Options &options, QObject *parent)
    : QObject(parent)
    , m_link(link)
    , m_options(options)
    , m_boot(bootNumber(bootId))
    , m_ring(options.ringPath, options.ringCapacity)
{
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &HealthReporter::report);
    connect(&m_link, &ServerLink::accepted, this, [this] {
        const auto most = m_ring.count() > 0 ? m_options.backlogWithin : std::min(m_options.backlogWithin, freshWithin);
        const auto within = static_cast<int>(most.count());
        m_timer.start(within > 0 ? QRandomGenerator::global()->bounded(within) : 0);
    });
    m_timer.start(m_options.every);
}

HealthReporter::~HealthReporter()
{
    keep();
}

void HealthReporter::add(const HealthSample &sample, qint64 bootTime)
{
    StoredSample stored{.sample = sample, .bootTime = bootTime, .boot = m_boot, .isServerTime = m_link.clock().isKnown()};
    stored.sample.time = m_link.clock().at(bootTime);
    m_recent.append(stored);
    if (m_recent.size() > inMemory && !m_isSending)
        keep();
    if (std::exchange(m_owesReport, false))
        report();
}

void HealthReporter::hurry()
{
    const auto since = std::chrono::milliseconds(bootTime() - m_reportedAt);
    const auto wait = std::max(std::chrono::milliseconds(0), m_options.urgentEvery - since);
    if (m_timer.remainingTimeAsDuration() > wait)
        m_timer.start(wait);
}

void HealthReporter::report()
{
    m_timer.start(m_options.every);
    m_reportedAt = bootTime();
    if (m_isSending)
        return;
    if (m_link.state() == ServerLink::State::Accepted)
        sendNext();
    else
        keep();
}

void HealthReporter::sendNext()
{
    qsizetype fromRing = 0;
    QList<StoredSample> samples = m_ring.oldest(healthBatchSamples, &fromRing);
    const qsizetype fromMemory = qMin(m_recent.size(), healthBatchSamples - samples.size());
    samples.append(m_recent.first(fromMemory));
    const QList<HealthSample> batch = timed(samples);
    if (batch.isEmpty()) {
        // Nothing of it can be given a time: it is of no use to anybody.
        m_ring.drop(fromRing);
        m_recent.remove(0, fromMemory);
        m_owesReport = true;
        return;
    }
    m_isSending = true;
    m_link.call(methods::healthReport, encodeHealthBatch(batch)).then(this, [this, fromRing, fromMemory](const Answer &answer) {
        finish(answer, fromRing, fromMemory);
    });
}

void HealthReporter::finish(const Answer &answer, qsizetype fromRing, qsizetype fromMemory)
{
    m_isSending = false;
    if (!answer && answer.error().code != InvalidParams && answer.error().code != MethodNotFound) {
        qCInfo(logReporter).noquote() << "samples are kept for later:" << answer.error().message;
        return keep();
    }
    // What the server will never take must not block what follows.
    if (!answer)
        qCWarning(logReporter).noquote() << "the server does not take" << fromRing + fromMemory << "samples:" << answer.error().message;
    m_ring.drop(fromRing);
    m_recent.remove(0, fromMemory);
    if (m_ring.count() > 0 && m_link.state() == ServerLink::State::Accepted)
        sendNext();
}

void HealthReporter::keep()
{
    if (m_recent.isEmpty())
        return;
    m_ring.append(m_recent);
    m_recent.clear();
}

QList<HealthSample> HealthReporter::timed(const QList<StoredSample> &samples) const
{
    QList<HealthSample> batch;
    batch.reserve(samples.size());
    for (const StoredSample &stored : samples) {
        HealthSample sample = stored.sample;
        if (!stored.isServerTime && stored.boot == m_boot)
            sample.time = m_link.clock().at(stored.bootTime);
        // Of an earlier boot that never heard the server: only a clock that somebody had set is worth something.
        else if (!stored.isServerTime && (sample.time < oldestClock || sample.time > m_link.clock().now()))
            continue;
        if (checkHealthSample(sample))
            batch.append(sample);
    }
    return batch;
}

} // namespace muster::agent
