// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Logs/logmodel.h"

#include "client/values/values.h"
#include "client/words/format.h"
#include "protocol/rpc/message.h"

#include <QDateTime>

#include <algorithm>
#include <chrono>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster {

namespace {

// What people scroll through; more is a matter for files and tools.
constexpr int mostLines = 100'000;
// 32 MiB of UTF-16, whatever the lines are like.
constexpr qint64 mostChars = 16LL * 1024 * 1024;
// A line that is longer than this is shown up to here; copying and saving have it whole.
constexpr qsizetype shownChars = 2'000;
constexpr int defaultTail = 1'000;
// In flight: large enough for a fast log over a slow line.
constexpr qint64 window = 256LL * 1024;
// Several pieces become one change of the list, and a frame passes between two of them.
constexpr auto takeEvery = 40ms;
// Several settings that change together make one question.
constexpr auto changeAfter = 20ms;
// So many lines are looked through at once; a frame passes after each.
constexpr qint64 searchStep = 8'000;

} // namespace

LogModel::LogModel(QObject *parent)
    : QAbstractListModel(parent)
    , m_tail(defaultTail)
    , m_capacity(mostLines)
{
    m_take.setSingleShot(true);
    m_take.setInterval(takeEvery);
    connect(&m_take, &QTimer::timeout, this, &LogModel::takeIn);
    m_change.setSingleShot(true);
    m_change.setInterval(changeAfter);
    connect(&m_change, &QTimer::timeout, this, &LogModel::retry);
    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(0);
    connect(&m_searchTimer, &QTimer::timeout, this, &LogModel::searchMore);
}

void LogModel::setBackend(Backend *backend)
{
    if (m_backend == backend)
        return;
    if (m_backend)
        m_backend->disconnect(this);
    m_backend = backend;
    if (m_backend) {
        connect(m_backend, &Backend::stateChanged, this, &LogModel::keepPlace);
        connect(m_backend, &Backend::pausedChanged, this, &LogModel::keepPlace);
    }
    emit backendChanged();
    retry();
}

void LogModel::changeSource()
{
    emit sourceChanged();
    // Not the lines of one container below the name of another.
    setLoading(m_container.isEmpty() ? states::Loading::Idle : states::Loading::Underway);
    m_change.start();
}

void LogModel::setDeviceId(const QString &id)
{
    if (std::exchange(m_deviceId, id) == id)
        return;
    m_seen = {};
    changeSource();
}

void LogModel::setContainer(const QString &container)
{
    if (std::exchange(m_container, container) != container)
        changeSource();
}

void LogModel::setSince(qint64 msecs)
{
    if (std::exchange(m_since, msecs) != msecs)
        changeSource();
}

void LogModel::setTail(int lines)
{
    lines = std::clamp(lines, 0, mostLines);
    if (std::exchange(m_tail, lines) != lines)
        changeSource();
}

void LogModel::setWantStdout(bool want)
{
    if (std::exchange(m_stdout, want) != want)
        changeSource();
}

void LogModel::setWantStderr(bool want)
{
    if (std::exchange(m_stderr, want) != want)
        changeSource();
}

void LogModel::setPaused(bool paused)
{
    if (m_paused == paused)
        return;
    m_paused = paused;
    emit pausedChanged();
    emit waitingChanged();
    if (!paused && !m_incoming.isEmpty())
        m_take.start();
}

QJsonObject LogModel::params() const
{
    QJsonObject object{{"device"_L1, m_deviceId}, {"container"_L1, m_seen.name == m_container ? m_seen.id : m_container},
                       {"stdout"_L1, m_stdout},   {"stderr"_L1, m_stderr},
                       {"follow"_L1, true},       {"credit"_L1, window}};
    if (m_resumeAfter) {
        object["since"_L1] = timeToJson(m_resumeAfter->first);
        object["tail"_L1] = mostLines;
    } else if (m_since > 0 && m_backend) {
        object["since"_L1] = timeToJson(m_backend->now() - m_since);
        object["tail"_L1] = mostLines;
    } else {
        object["tail"_L1] = m_tail;
    }
    return object;
}

void LogModel::retry()
{
    m_change.stop();
    m_take.stop();
    delete m_subscription;
    m_incoming.clear();
    m_incomingBytes = 0;
    m_ungranted = 0;
    m_resumeAfter.reset();
    m_resumeSkip = 0;
    m_news.reset();
    m_ended = false;
    if (!m_lines.isEmpty()) {
        beginResetModel();
        m_lines.clear();
        endResetModel();
    }
    m_first = 0;
    m_chars = 0;
    m_longest = 0;
    m_dated = false;
    m_matches.clear();
    m_searchedTo = 0;
    m_current = -1;
    emit matchesChanged();
    emit countChanged();
    emit waitingChanged();
    // Nothing of both outputs is nothing: no question.
    if (!m_backend || m_deviceId.isEmpty() || m_container.isEmpty() || (!m_stdout && !m_stderr)) {
        setLoading(states::Loading::Idle);
        return;
    }
    setLoading(states::Loading::Underway);
    subscribe();
}

void LogModel::subscribe()
{
    m_subscription = m_backend->subscribe(u"logs"_s, params(), this);
    connect(m_subscription, &Subscription::updated, this, &LogModel::receive);
    connect(m_subscription, &Subscription::started, this, [this] {
        m_ended = false;
        m_ungranted = 0;
        setLoading(states::Loading::Loaded);
    });
    connect(m_subscription, &Subscription::failed, this, [this](const Error &error) {
        if (m_backend && m_backend->isLive())
            setLoading(states::Loading::Failed, error);
    });
}

void LogModel::keepPlace()
{
    if (!m_backend || !m_subscription || (m_backend->isLive() && !m_backend->isPaused()))
        return;
    // What has come is kept; the rest of a line that broke off comes again, and so does all that is said meanwhile.
    rememberPlace();
    m_subscription->move(params());
}

void LogModel::rememberPlace()
{
    m_paused ? void() : takeIn();
    m_incoming.clear();
    m_incomingBytes = 0;
    emit waitingChanged();
    const auto said = [](const LogLine &line) { return line.time > 0 && !line.news; };
    const auto last = std::ranges::find_if(m_lines.crbegin(), m_lines.crend(), said);
    if (last == m_lines.crend())
        return;
    m_resumeAfter = last->moment();
    m_resumeSkip =
        int(std::ranges::count_if(m_lines, [this, said](const LogLine &line) { return said(line) && line.moment() == *m_resumeAfter; }));
}

void LogModel::see(const Container &container)
{
    const Container before = std::exchange(m_seen, container);
    if (container.name != m_container || !m_subscription)
        return;
    const bool same = before.name == container.name;
    const bool anew = same && before.id != container.id;
    if (anew || (same && before.startedAt > 0 && container.startedAt > before.startedAt)) {
        const QString at = container.startedAt > 0 ? u' ' + format::clockTime(container.startedAt) : QString();
        m_news = LogLine{.time = container.startedAt, .text = (anew ? u"made anew"_s : u"restarted"_s) + at, .news = true};
    }
    goOn();
}

void LogModel::goOn()
{
    if (!m_ended || !m_backend || !m_backend->isLive() || !m_seen.isRunning())
        return;
    // The device was away, or its engine was: it has just told of this container.
    const bool broken = m_errorCode == DeviceOffline || m_errorCode == Unavailable || m_errorCode == TimedOut;
    if (!m_news && !broken)
        return;
    rememberPlace();
    m_ended = false;
    m_ungranted = 0;
    delete m_subscription;
    // Behind a pause its last words may come again before.
    if (!m_paused) {
        if (const auto news = std::exchange(m_news, std::nullopt))
            tell(*news);
    }
    setLoading(states::Loading::Loaded);
    emit loadingChanged();
    subscribe();
}

void LogModel::tell(const LogLine &news)
{
    QList<LogLine> lines{news};
    append(lines);
}

void LogModel::receive(const QString &method, const QJsonObject &params)
{
    if (method == "Live.Log"_L1) {
        const QString text = params["text"_L1].toString();
        m_incoming += text;
        m_incomingBytes += text.toUtf8().size();
        setLoading(states::Loading::Loaded);
        if (m_paused)
            emit waitingChanged();
        else if (!m_take.isActive())
            m_take.start();
    } else if (method == "Live.LogEnd"_L1) {
        m_ended = true;
        Error error;
        if (params["error"_L1].isObject())
            error = errorFromJson(params["error"_L1].toObject());
        m_loading = states::Loading::Loaded;
        m_errorText = error.message;
        m_errorCode = error.code;
        emit loadingChanged();
        // It may be known already that the container runs again. Later: this is told by the subscription that would go.
        if (error.code == 0)
            QMetaObject::invokeMethod(this, &LogModel::goOn, Qt::QueuedConnection);
    }
}

bool LogModel::isKnown(const LogLine &line)
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

void LogModel::takeIn()
{
    m_take.stop();
    if (m_incoming.isEmpty())
        return;
    const QString text = std::exchange(m_incoming, {});
    m_ungranted += std::exchange(m_incomingBytes, 0);
    QList<LogLine> lines;
    qsizetype from = 0;
    for (qsizetype at = text.indexOf(u'\n'); at >= 0; at = text.indexOf(u'\n', from)) {
        LogLine line = LogLine::parse(QStringView(text).mid(from, at - from));
        if (!isKnown(line)) {
            if (const auto news = m_news; news && !m_ended && line.time >= news->time) {
                lines << *news;
                m_news.reset();
            }
            lines << line;
        }
        from = at + 1;
    }
    m_incoming = text.mid(from); // a line that is not whole yet
    if (!lines.isEmpty())
        append(lines);
    grant();
}

void LogModel::append(QList<LogLine> &lines)
{
    if (lines.size() > m_capacity) {
        // More than fits at once: what would fall out at once is counted, not shown.
        const qsizetype over = lines.size() - m_capacity;
        m_first += over;
        lines.remove(0, over);
    }
    const int first = int(m_lines.size());
    beginInsertRows({}, first, first + int(lines.size()) - 1);
    for (const LogLine &line : std::as_const(lines)) {
        m_chars += line.text.size();
        m_longest = std::max(m_longest, int(std::min(line.text.size(), shownChars)));
    }
    m_lines << lines;
    endInsertRows();
    trim();
    const qint64 oldest = m_lines.isEmpty() ? 0 : m_lines.constFirst().time;
    const bool dated = oldest > 0 && m_backend
                       && QDateTime::fromMSecsSinceEpoch(oldest).date() != QDateTime::fromMSecsSinceEpoch(m_backend->now()).date();
    if (std::exchange(m_dated, dated) != dated)
        emit dataChanged(index(0), index(count() - 1), {TimeTextRole});
    emit countChanged();
    emit appended();
    if (!m_search.isEmpty())
        m_searchTimer.start();
}

void LogModel::trim()
{
    qsizetype over = std::max<qsizetype>(0, m_lines.size() - m_capacity);
    qint64 chars = m_chars;
    for (qsizetype i = 0; i < over; ++i)
        chars -= m_lines[i].text.size();
    while (chars > mostChars && over + 1 < m_lines.size())
        chars -= m_lines[over++].text.size();
    if (over == 0)
        return;
    beginRemoveRows({}, 0, int(over) - 1);
    m_lines.remove(0, over);
    m_chars = chars;
    m_first += over;
    endRemoveRows();
    const auto gone = std::ranges::lower_bound(m_matches, m_first);
    if (gone != m_matches.begin()) {
        m_matches.erase(m_matches.begin(), gone);
        emit matchesChanged();
    }
    emit fellOut(int(over));
}

void LogModel::grant()
{
    // Half a window at a time is enough, and one message for many pieces.
    if (m_ungranted < window / 2 || !m_subscription || !m_subscription->isActive() || !m_backend || m_ended)
        return;
    const qint64 bytes = std::exchange(m_ungranted, 0);
    m_backend->call(u"Live.Credit"_s, {{"subscription"_L1, m_subscription->id()}, {"bytes"_L1, bytes}}, this,
                    [](const Result<QJsonValue> &) { /* a stream that has ended wants none */ });
}

void LogModel::setSearch(const QString &search)
{
    if (m_search == search)
        return;
    m_search = search;
    m_matches.clear();
    m_current = -1;
    m_searchedTo = m_first;
    emit searchChanged();
    emit matchesChanged();
    if (!m_lines.isEmpty())
        emit dataChanged(index(0), index(count() - 1), {MatchedRole});
    if (!m_search.isEmpty())
        m_searchTimer.start();
}

void LogModel::searchMore()
{
    if (m_search.isEmpty())
        return;
    m_searchedTo = std::max(m_searchedTo, m_first);
    const qint64 end = m_first + m_lines.size();
    const qint64 to = std::min(end, m_searchedTo + searchStep);
    const qsizetype before = m_matches.size();
    for (qint64 number = m_searchedTo; number < to; ++number) {
        if (m_lines[number - m_first].text.contains(m_search, Qt::CaseInsensitive))
            m_matches << number;
    }
    m_searchedTo = to;
    if (m_matches.size() != before)
        emit matchesChanged();
    if (to < end)
        m_searchTimer.start();
}

int LogModel::currentMatch() const
{
    const auto it = std::ranges::lower_bound(m_matches, m_current);
    return it != m_matches.cend() && *it == m_current ? int(it - m_matches.cbegin()) + 1 : 0;
}

int LogModel::findNext(int row, bool forward)
{
    while (!m_search.isEmpty() && m_searchedTo < m_first + m_lines.size() && m_matches.isEmpty())
        searchMore(); // the first step is taken at once
    if (m_matches.isEmpty())
        return -1;
    const qint64 from = m_first + row;
    if (forward) {
        const auto it = std::ranges::upper_bound(std::as_const(m_matches), from);
        m_current = it == m_matches.cend() ? m_matches.constFirst() : *it;
    } else {
        const auto it = std::ranges::lower_bound(std::as_const(m_matches), from);
        m_current = it == m_matches.cbegin() ? m_matches.constLast() : *std::prev(it);
    }
    emit matchesChanged();
    return int(m_current - m_first);
}

QString LogModel::textOf(int first, int last) const
{
    QString text;
    for (int row = std::max(first, 0); row <= std::min(last, count() - 1); ++row) {
        const LogLine &line = m_lines[row];
        if (line.news) {
            text += u"-- "_s + line.text + u" --\n"_s;
            continue;
        }
        if (line.time > 0)
            text += QDateTime::fromMSecsSinceEpoch(line.time).toString(Qt::ISODateWithMs) + u' ';
        text += (line.fromStderr ? u"err "_s : u"out "_s) + line.text + u'\n';
    }
    return text;
}

void LogModel::setLoading(states::Loading loading, const Error &error)
{
    if (m_loading == loading && m_errorText == error.message && m_errorCode == error.code)
        return;
    m_loading = loading;
    m_errorText = error.message;
    m_errorCode = error.code;
    emit loadingChanged();
}

LogModel::Hindrance LogModel::hindrance() const
{
    switch (m_errorCode) {
    case 0: return Nothing;
    case Forbidden:
    case PolicyForbids: return NotPermitted;
    case DeviceOffline: return Away;
    default: return Other;
    }
}

int LogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LogLine &line = m_lines[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case TextRole:
        if (line.text.size() > shownChars)
            return QString(line.text.left(shownChars) + u" … %1 characters more"_s.arg(line.text.size() - shownChars));
        return line.cut ? QString(line.text + u" … cut on the device"_s) : line.text;
    case TimeTextRole:
        if (line.time == 0 || line.news)
            return QString();
        return QDateTime::fromMSecsSinceEpoch(line.time).toString(m_dated ? u"MM-dd HH:mm:ss.zzz"_s : u"HH:mm:ss.zzz"_s);
    case ToneRole: return QVariant::fromValue(line.tone);
    case StderrRole: return line.fromStderr;
    case MatchedRole: return !m_search.isEmpty() && line.text.contains(m_search, Qt::CaseInsensitive);
    case NewsRole: return line.news;
    default: return {};
    }
}

QHash<int, QByteArray> LogModel::roleNames() const
{
    return {{TextRole, "text"_ba},         {TimeTextRole, "timeText"_ba}, {ToneRole, "tone"_ba},
            {StderrRole, "fromStderr"_ba}, {MatchedRole, "matched"_ba},   {NewsRole, "news"_ba}};
}

} // namespace muster
