// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/fleet/eventstream.h"

#include "server/async.h"
#include "server/fleet/reported.h"
#include "server/steadytime.h"

#include <QLoggingCategory>

#include <algorithm>
#include <numeric>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::fleet {

namespace {

Q_LOGGING_CATEGORY(logEvents, "muster.events")

constexpr auto writtenEvery = 250ms;
/// Where one batch did not hold all of them: whoever reads along has to keep up.
constexpr auto writtenAgain = 50ms;
constexpr qsizetype batchEvents = 2000;
constexpr qsizetype batchBytes = 512 * 1024;
/// One line of the log for whatever was dropped meanwhile.
constexpr auto toldEvery = 10s;
constexpr auto expiredEvery = 10min;
/// About what an event holds in memory beside its data.
constexpr qsizetype bytesPerEvent = 256;

qsizetype bytesOf(const QJsonValue &data)
{
    return data.isUndefined() ? 0 : jsonBytes({{QString(), data}});
}

} // namespace

EventStream::EventStream(store::TelemetryStore &telemetry, Counters &counters, QObject *parent)
    : QObject(parent)
    , m_store(telemetry)
    , m_counters(counters)
    , m_writes(this)
    , m_tells(this)
    , m_expiry(this)
{
    m_writes.setSingleShot(true);
    connect(&m_writes, &QTimer::timeout, this, &EventStream::write);
    m_tells.setSingleShot(true);
    m_tells.setInterval(toldEvery);
    connect(&m_tells, &QTimer::timeout, this, &EventStream::tellDropped);
    m_expiry.setInterval(expiredEvery);
    connect(&m_expiry, &QTimer::timeout, this, &EventStream::expire);
}

bool EventStream::mayNote(const FleetEvent &event)
{
    if (event.kind == EventKind::Deleted)
        return true; // takes more than it brings
    if (const qint64 second = steadyNow() / 1000; std::exchange(m_second, second) != second)
        m_spent.clear();
    int &spent = m_spent[event.deviceId];
    const bool isSaid = event.kind == EventKind::Told || event.kind == EventKind::Reported;
    if (spent >= (isSaid ? saidPerSecond : perSecond))
        return false;
    ++spent;
    return true;
}

void EventStream::note(FleetEvent event)
{
    if (event.kind == EventKind::Deleted)
        drop(event.deviceId);
    // First: what is dropped must not cost the time to look at it.
    if (!mayNote(event) || (m_unwritten >= mostWaiting && event.kind != EventKind::Deleted))
        return countDropped(event.deviceId);
    qsizetype bytes = bytesOf(event.data);
    if (bytes > dataBytes) {
        event.data = QJsonObject{{"cut"_L1, bytes}};
        bytes = bytesOf(event.data);
    }
    bytes += bytesPerEvent;
    if (m_unwrittenBytes + bytes > mostWaitingBytes && event.kind != EventKind::Deleted)
        return countDropped(event.deviceId);
    if (event.time == 0)
        event.time = QDateTime::currentMSecsSinceEpoch();
    ++m_unwritten;
    m_unwrittenBytes += bytes;
    m_waiting.append({.event = std::move(event), .bytes = bytes});
    if (!m_isWriting && !m_writes.isActive())
        m_writes.start(writtenEvery);
}

void EventStream::drop(const QString &deviceId)
{
    m_waiting.removeIf([&](const Waiting &waiting) {
        const bool goes = waiting.event.deviceId == deviceId;
        if (goes) {
            --m_unwritten;
            m_unwrittenBytes -= waiting.bytes;
        }
        return goes;
    });
}

void EventStream::countDropped(const QString &deviceId)
{
    ++m_counters.eventsDropped;
    ++m_dropped[deviceId];
    if (!m_tells.isActive())
        m_tells.start();
}

void EventStream::tellDropped()
{
    const auto dropped = std::exchange(m_dropped, {});
    const auto worst = std::ranges::max_element(dropped);
    if (worst == dropped.cend())
        return;
    qCWarning(logEvents).noquote() << "dropped" << std::accumulate(dropped.cbegin(), dropped.cend(), qint64(0))
                                   << "notifications, because a device may cause" << perSecond << "a second and" << mostWaiting
                                   << "may wait for the disk; of them" << *worst << "of" << worst.key();
}

QFuture<Result<QList<FleetEvent>>> EventStream::flush()
{
    QList<FleetEvent> events;
    for (const Waiting &waiting : std::exchange(m_waiting, {})) {
        --m_unwritten;
        m_unwrittenBytes -= waiting.bytes;
        events.append(waiting.event);
    }
    return events.isEmpty() ? ready<Result<QList<FleetEvent>>>(events) : m_store.append(events);
}

void EventStream::write()
{
    QList<FleetEvent> events;
    qsizetype bytes = 0;
    for (const Waiting &waiting : std::as_const(m_waiting)) {
        if (events.size() >= batchEvents || (!events.isEmpty() && bytes + waiting.bytes > batchBytes))
            break;
        events.append(waiting.event);
        bytes += waiting.bytes;
    }
    if (events.isEmpty())
        return;
    m_waiting.remove(0, events.size());
    m_isWriting = true;
    m_store.append(events).then(
        this, [this, count = events.size(), bytes](const Result<QList<FleetEvent>> &kept) { written(kept, count, bytes); });
}

void EventStream::written(const Result<QList<FleetEvent>> &events, qsizetype count, qsizetype bytes)
{
    m_isWriting = false;
    m_unwritten -= count;
    m_unwrittenBytes -= bytes;
    if (!m_waiting.isEmpty())
        m_writes.start(writtenAgain);
    if (!events) {
        m_counters.eventsDropped += static_cast<quint64>(count);
        qCWarning(logEvents).noquote() << count << "notifications could not be kept:" << events.error().message;
        return;
    }
    m_counters.eventsStored += static_cast<quint64>(count);
    emit happened(*events);
}

void EventStream::expire()
{
    m_store.expire(m_aging()).then(this, [this](const Result<bool> &more) {
        if (!more)
            qCWarning(logEvents).noquote() << "old notifications could not be removed:" << more.error().message;
        else if (*more)
            expire();
    });
}

void EventStream::start()
{
    m_expiry.start();
}

void EventStream::stop()
{
    m_writes.stop();
    m_tells.stop();
    m_expiry.stop();
}

} // namespace muster::fleet
