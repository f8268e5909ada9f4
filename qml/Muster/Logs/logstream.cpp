// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Logs/logstream.h"

#include "client/values/values.h"
#include "protocol/rpc/message.h"

#include <chrono>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster {

namespace {

// The agent ends a line long before: what has no end is none, and must not grow for ever.
constexpr qsizetype longestUnended = 64LL * 1024;
// Several pieces become one change of the list, and a frame passes between two of them.
constexpr auto takeEvery = 40ms;
// What was said while a stream was away is asked for up to here.
constexpr int resumedLines = 100'000;

} // namespace

LogStream::LogStream(Backend *backend, Source source, QObject *parent)
    : QObject(parent)
    , m_backend(backend)
    , m_source(std::move(source))
{
    m_take.setSingleShot(true);
    m_take.setInterval(takeEvery);
    connect(&m_take, &QTimer::timeout, this, &LogStream::takeIn);
    connect(m_backend, &Backend::stateChanged, this, &LogStream::keepPlace);
    connect(m_backend, &Backend::pausedChanged, this, &LogStream::keepPlace);
}

void LogStream::start(const Container &known)
{
    m_seen = known;
    setState(states::Loading::Underway, false);
    subscribe();
}

void LogStream::setPaused(bool paused)
{
    m_paused = paused;
    emit waitingChanged();
    if (!paused && !m_incoming.isEmpty())
        m_take.start();
}

QJsonObject LogStream::params() const
{
    QJsonObject object{{"device"_L1, m_source.device},
                       {"container"_L1, m_seen.name == m_source.container ? m_seen.id : m_source.container},
                       {"stdout"_L1, m_source.fromStdout},
                       {"stderr"_L1, m_source.fromStderr},
                       {"follow"_L1, true},
                       {"credit"_L1, m_source.window}};
    if (m_resumeAfter) {
        object["since"_L1] = timeToJson(m_resumeAfter->first);
        object["tail"_L1] = resumedLines;
    } else if (m_source.since > 0 && m_backend) {
        object["since"_L1] = timeToJson(m_backend->now() - m_source.since);
        object["tail"_L1] = resumedLines;
    } else {
        object["tail"_L1] = m_source.tail;
    }
    return object;
}

void LogStream::subscribe()
{
    m_subscription = m_backend->subscribe(u"logs"_s, params(), this);
    connect(m_subscription, &Subscription::updated, this, &LogStream::receive);
    connect(m_subscription, &Subscription::started, this, [this] {
        m_ungranted = 0;
        setState(states::Loading::Loaded, false);
    });
    connect(m_subscription, &Subscription::failed, this, [this](const Error &error) {
        if (m_backend && m_backend->isLive())
            setState(states::Loading::Failed, m_ended, error);
    });
}

void LogStream::keepPlace()
{
    if (!m_backend || !m_subscription || (m_backend->isLive() && !m_backend->isPaused()))
        return;
    // What has come is kept; the rest of a line that broke off comes again, and so does all that is said meanwhile.
    rememberPlace();
    m_subscription->move(params());
}

void LogStream::rememberPlace()
{
    m_paused ? void() : takeIn();
    m_incoming.clear();
    m_incomingBytes = 0;
    emit waitingChanged();
    if (m_ofLast == 0)
        return;
    m_resumeAfter = m_last;
    m_resumeSkip = m_ofLast;
}

void LogStream::see(const Container &container)
{
    if (container.name != m_source.container)
        return;
    const Container before = std::exchange(m_seen, container);
    if (!m_subscription)
        return;
    const bool same = before.name == container.name;
    const bool anew = same && before.id != container.id;
    if (anew || (same && before.startedAt > 0 && container.startedAt > before.startedAt)) {
        LogLine news;
        news.time = container.startedAt;
        news.news = anew ? LogNews::MadeAnew : LogNews::Restarted;
        m_news = news;
    }
    goOn();
}

void LogStream::goOn()
{
    // One that was refused is over as well: its device may be back.
    const bool over = m_ended || m_loading == states::Loading::Failed;
    if (!over || !m_backend || !m_backend->isLive() || !m_seen.isRunning())
        return;
    // The device was away, or its engine was: it has just told of this container.
    const bool broken = m_error.code == DeviceOffline || m_error.code == Unavailable || m_error.code == TimedOut;
    if (!m_news && !broken)
        return;
    rememberPlace();
    m_ungranted = 0;
    delete m_subscription;
    // Behind a pause its last words may come again before.
    if (!m_paused) {
        if (const auto news = std::exchange(m_news, std::nullopt)) {
            m_reader.reset();
            emit came({*news});
        }
    }
    setState(states::Loading::Loaded, false);
    subscribe();
}

void LogStream::receive(const QString &method, const QJsonObject &params)
{
    if (method == "Live.Log"_L1) {
        const QString text = params["text"_L1].toString();
        m_incoming += text;
        m_incomingBytes += text.toUtf8().size();
        setState(states::Loading::Loaded, m_ended);
        if (m_paused)
            emit waitingChanged();
        else if (!m_take.isActive())
            m_take.start();
    } else if (method == "Live.LogEnd"_L1) {
        Error error;
        if (params["error"_L1].isObject())
            error = errorFromJson(params["error"_L1].toObject());
        if (!m_paused)
            takeIn(); // its last words stand before what is said of its end
        setState(states::Loading::Loaded, true, error);
        // It may be known already that the container runs again. Later: this is told by the subscription that would go.
        if (error.code == 0)
            QMetaObject::invokeMethod(this, &LogStream::goOn, Qt::QueuedConnection);
    }
}

bool LogStream::isKnown(const LogLine &line)
{
    if (!m_resumeAfter || line.time == 0)
        return false;
    if (line.moment() < *m_resumeAfter)
        return true;
    if (line.moment() == *m_resumeAfter && m_resumeSkip > 0) {
        --m_resumeSkip;
        return true;
    }
    m_resumeAfter.reset();
    return false;
}

void LogStream::takeIn()
{
    m_take.stop();
    if (m_incoming.isEmpty())
        return;
    const QString text = std::exchange(m_incoming, {});
    m_ungranted += std::exchange(m_incomingBytes, 0);
    QList<LogLine> lines;
    qsizetype from = 0;
    for (qsizetype at = text.indexOf(u'\n'); at >= 0; at = text.indexOf(u'\n', from)) {
        const QStringView said = QStringView(text).mid(from, at - from);
        from = at + 1;
        // One that comes again changes no colour: that was done when it came first.
        LogReader trial = m_reader;
        LogLine line = trial.read(said);
        if (isKnown(line))
            continue;
        if (const auto news = m_news; news && !m_ended && line.time >= news->time) {
            lines << *news;
            m_news.reset();
            trial.reset();
            line = trial.read(said);
        }
        m_reader = trial;
        if (line.time > 0)
            m_ofLast = std::exchange(m_last, line.moment()) == line.moment() ? m_ofLast + 1 : 1;
        lines << std::move(line);
    }
    if (text.size() - from > longestUnended) {
        LogLine line = m_reader.read(QStringView(text).mid(from));
        line.cut = true;
        lines << std::move(line);
        from = text.size();
    }
    m_incoming = text.mid(from); // a line that is not whole yet
    if (!lines.isEmpty())
        emit came(lines);
    grant();
}

void LogStream::grant()
{
    // Half a window at a time is enough, and one message for many pieces.
    if (m_ungranted < m_source.window / 2 || !m_subscription || !m_subscription->isActive() || !m_backend || m_ended)
        return;
    const qint64 bytes = std::exchange(m_ungranted, 0);
    m_backend->call(u"Live.Credit"_s, {{"subscription"_L1, m_subscription->id()}, {"bytes"_L1, bytes}}, this,
                    [](const Result<QJsonValue> &) { /* a stream that has ended wants none */ });
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
