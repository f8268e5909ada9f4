// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/bus/eventqueue.h"

#include "deviceagent/boottime.h"
#include "protocol/rpc/methods.h"
#include "protocol/signing/canonical.h"

#include <QJsonArray>
#include <QLoggingCategory>

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

namespace {

Q_LOGGING_CATEGORY(logEvents, "muster.agent.bus", QtInfoMsg)

/// A message has room for this much and its envelope.
constexpr qsizetype reportBytes = 512 * 1024;
constexpr qsizetype sourceLength = 64;
/// Beside its data an event costs about this much.
constexpr qsizetype eventOverhead = 200;

bool isEventName(const QString &name)
{
    return !name.isEmpty() && name.size() <= limits::eventNameLength && std::ranges::all_of(name, [](QChar c) {
        return (c.unicode() < 128 && c.isLetterOrNumber()) || c == u'.' || c == u'_' || c == u'-';
    });
}

/// The server will never take these events: they must not block what follows.
bool isFinal(int code)
{
    return code == InvalidParams || code == MethodNotFound || code == TooLarge;
}

} // namespace

EventQueue::EventQueue(ServerLink &link, const Options &options, QObject *parent)
    : QObject(parent)
    , m_link(link)
    , m_options(options)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::CoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &EventQueue::report);
    connect(&m_link, &ServerLink::accepted, this, &EventQueue::report);
}

Result<void> EventQueue::add(const QString &name, const QJsonValue &data, const QString &source)
{
    if (!isEventName(name))
        return failure(
            InvalidParams,
            u"\"%1\" is no name for an event: 1 to %2 of A-Z a-z 0-9 . _ -"_s.arg(cleanText(name, 64)).arg(limits::eventNameLength));
    const Result<QByteArray> text = data.isUndefined() ? QByteArray() : canonicalJson(data);
    if (!text)
        return failure(InvalidParams, u"The event %1 has data that cannot be sent: %2"_s.arg(name, text.error().message));
    if (text->size() > limits::eventBytes)
        return failure(TooLarge,
                       u"The event %1 has %2 bytes of data; it may have %3."_s.arg(name).arg(text->size()).arg(limits::eventBytes));
    if (source.size() > sourceLength)
        return failure(
            InvalidParams,
            u"The event %1 comes from a source of %2 characters; it may have %3."_s.arg(name).arg(source.size()).arg(sourceLength));
    append({.name = name, .data = data, .source = cleanText(source, sourceLength), .bytes = text->size() + eventOverhead});
    return {};
}

void EventQueue::append(Event event)
{
    m_lastTime = event.bootTime = std::max(bootTime(), m_lastTime + 1);
    m_bytes += event.bytes;
    m_events.push_back(std::move(event));
    // What is on its way may not move: the answer is about the first ones.
    while (!m_isReporting && (count() > m_options.most || m_bytes > m_options.mostBytes)) {
        m_bytes -= m_events.front().bytes;
        m_events.pop_front();
        ++m_dropped;
    }
    if (m_isReporting && count() > 2 * m_options.most) {
        m_bytes -= m_events.back().bytes;
        m_events.pop_back();
        ++m_dropped;
    }
    if (!m_timer.isActive() && m_link.state() == ServerLink::State::Accepted)
        m_timer.start(m_options.gather);
}

QJsonObject EventQueue::toJson(const Event &event) const
{
    QJsonObject object{{"name"_L1, event.name}, {"time"_L1, m_link.clock().at(event.bootTime)}};
    if (!event.data.isUndefined())
        object.insert("data"_L1, event.data);
    if (!event.source.isEmpty())
        object.insert("source"_L1, event.source);
    return object;
}

void EventQueue::report()
{
    if (m_isReporting || m_link.state() != ServerLink::State::Accepted)
        return;
    if (const qint64 dropped = std::exchange(m_dropped, 0); dropped > 0) {
        qCWarning(logEvents) << dropped << "events of workers were dropped: too many came while the server was away or busy";
        // Not through append(), which would drop another one for it.
        m_lastTime = std::max(bootTime(), m_lastTime + 1);
        m_bytes += eventOverhead;
        m_events.push_back({.name = u"muster.dropped"_s,
                            .data = QJsonObject{{"count"_L1, dropped}},
                            .source = u"muster-agent"_s,
                            .bootTime = m_lastTime,
                            .bytes = eventOverhead});
    }
    if (m_events.empty())
        return;
    QJsonArray events;
    qsizetype bytes = 0;
    for (const Event &event : m_events) {
        bytes += event.bytes;
        if (events.size() >= limits::eventsPerReport || (bytes > reportBytes && !events.isEmpty()))
            break;
        events.append(toJson(event));
    }
    m_isReporting = true;
    m_link.call(methods::eventReport, {{"events"_L1, events}}).then(this, [this, count = events.size()](const Answer &answer) {
        m_isReporting = false;
        if (!answer && !isFinal(answer.error().code)) {
            qCInfo(logEvents).noquote() << count << "events are kept for later:" << answer.error().message;
            return m_timer.start(m_options.retryEvery);
        }
        if (!answer)
            qCWarning(logEvents).noquote() << "the server does not take" << count << "events:" << answer.error().message;
        for (qsizetype i = 0; i < count; ++i) {
            m_bytes -= m_events.front().bytes;
            m_events.pop_front();
        }
        report();
    });
}

} // namespace muster::agent
