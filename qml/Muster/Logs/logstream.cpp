// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Logs/logstream.h"

#include "client/values/values.h"

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

// The agent ends a line long before: what has no end is none, and must not grow for ever.
constexpr qsizetype longestUnended = 64LL * 1024;
// What was said while a stream was away is asked for up to here.
constexpr int resumedLines = 100'000;

} // namespace

LogStream::LogStream(Link *link, ServerClock *clock, Source source, QObject *parent)
    : QObject(parent)
    , m_link(link)
    , m_clock(clock)
    , m_source(std::move(source))
    , m_stream(link, {.topic = u"logs"_s, .piece = u"Live.Log"_s, .end = u"Live.LogEnd"_s}, m_source.window, this)
{
    connect(&m_stream, &CreditedStream::started, this, [this] { setState(states::Loading::Loaded, false); });
    connect(&m_stream, &CreditedStream::failed, this, [this](const Error &error) {
        if (m_link && m_link->isLive())
            setState(states::Loading::Failed, m_ended, error);
    });
    connect(&m_stream, &CreditedStream::came, this, [this] { setState(states::Loading::Loaded, m_ended); });
    connect(&m_stream, &CreditedStream::taken, this, &LogStream::take);
    connect(&m_stream, &CreditedStream::ended, this, &LogStream::end);
    connect(&m_stream, &CreditedStream::waitingChanged, this, &LogStream::waitingChanged);
    connect(m_link, &Link::stateChanged, this, &LogStream::keepPlace);
    connect(m_link, &Link::pausedChanged, this, &LogStream::keepPlace);
}

void LogStream::start(const Container &known)
{
    m_seen = known;
    setState(states::Loading::Underway, false);
    m_stream.begin(params());
}

void LogStream::setPaused(bool paused)
{
    m_stream.setPaused(paused);
}

QJsonObject LogStream::params() const
{
    QJsonObject object{{"device"_L1, m_source.device},
                       {"container"_L1, m_seen.name == m_source.container ? m_seen.id : m_source.container},
                       {"stdout"_L1, m_source.fromStdout},
                       {"stderr"_L1, m_source.fromStderr},
                       {"follow"_L1, true}};
    if (const auto from = m_place.resumesAt()) {
        object["since"_L1] = timeToJson(*from);
        object["tail"_L1] = resumedLines;
    } else if (m_source.since > 0 && m_clock) {
        object["since"_L1] = timeToJson(m_clock->now() - m_source.since);
        object["tail"_L1] = resumedLines;
    } else {
        object["tail"_L1] = m_source.tail;
    }
    return object;
}

void LogStream::keepPlace()
{
    if (!m_link || !m_stream.isBegun() || (m_link->isLive() && !m_link->isPaused()))
        return;
    // What has come is kept; the rest of a line that broke off comes again, and so does all that is said meanwhile.
    rememberPlace();
    m_stream.change(params());
}

void LogStream::rememberPlace()
{
    m_stream.takeIn();
    m_rest.clear();
    m_stream.drop();
    m_place.resume();
}

void LogStream::see(const Container &container)
{
    if (container.name != m_source.container)
        return;
    const Container before = std::exchange(m_seen, container);
    if (!m_stream.isBegun())
        return;
    const bool same = before.name == container.name;
    const bool anew = same && before.id != container.id;
    if (anew || (same && before.startedAt > 0 && container.startedAt > before.startedAt)) {
        LogLine news;
        news.time = container.startedAt;
        news.news = anew ? LogNews::MadeAnew : LogNews::Restarted;
        // A log that does not end with its container has said the first words of the new one before the device was asked.
        if (!m_place.isEmpty() && !m_ended && m_loading != states::Loading::Failed && m_place.last().first >= news.time)
            emit began(news);
        else
            m_news = news;
    }
    goOn();
}

void LogStream::goOn()
{
    // One that was refused is over as well: its device may be back.
    const bool over = m_ended || m_loading == states::Loading::Failed;
    if (!over || !m_link || !m_link->isLive() || !m_seen.isRunning())
        return;
    // The device was away, or its engine was: it has just told of this container.
    const bool broken = m_error.code == DeviceOffline || m_error.code == Unavailable || m_error.code == TimedOut;
    if (!m_news && !broken)
        return;
    rememberPlace();
    // Behind a pause its last words may come again before.
    if (!m_stream.isPaused()) {
        if (const auto news = std::exchange(m_news, std::nullopt)) {
            m_reader.reset();
            emit came({*news});
        }
    }
    setState(states::Loading::Loaded, false);
    m_stream.begin(params());
}

void LogStream::end(const Error &error)
{
    setState(states::Loading::Loaded, true, error);
    // It may be known already that the container runs again. Later: this is told by the subscription that would go.
    if (error.code == 0)
        QMetaObject::invokeMethod(this, &LogStream::goOn, Qt::QueuedConnection);
}

void LogStream::take(const QString &piece)
{
    const QString text = std::exchange(m_rest, {}) + piece;
    QList<LogLine> lines;
    qsizetype from = 0;
    for (qsizetype at = text.indexOf(u'\n'); at >= 0; at = text.indexOf(u'\n', from)) {
        const QStringView said = QStringView(text).mid(from, at - from);
        from = at + 1;
        // One that comes again changes no colour: that was done when it came first.
        LogReader trial = m_reader;
        LogLine line = trial.read(said);
        if (m_place.isKnown(line))
            continue;
        if (const auto news = m_news; news && !m_ended && line.time >= news->time) {
            lines << *news;
            m_news.reset();
            trial.reset();
            line = trial.read(said);
        }
        m_reader = trial;
        m_place.note(line);
        lines << std::move(line);
    }
    if (text.size() - from > longestUnended) {
        LogLine line = m_reader.read(QStringView(text).mid(from));
        line.cut = true;
        lines << std::move(line);
        from = text.size();
    }
    m_rest = text.mid(from);
    if (!lines.isEmpty())
        emit came(lines);
}

void LogStream::setState(states::Loading loading, bool ended, const Error &error)
{
    if (m_loading == loading && m_ended == ended && m_error.message == error.message && m_error.code == error.code)
        return;
    m_loading = loading;
    m_ended = ended;
    m_error = error;
    emit changed();
}

} // namespace muster
