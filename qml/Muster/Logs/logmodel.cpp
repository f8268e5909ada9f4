// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Logs/logmodel.h"

#include "client/words/format.h"
#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"

#include <QDateTime>
#include <QElapsedTimer>

#include <algorithm>
#include <chrono>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster {

namespace {

// What people scroll through; more is a matter for files and tools.
constexpr int mostLines = 100'000;
// Rows that are moved for one piece of several logs.
constexpr qsizetype mostMoves = 4'000'000;
// 32 MiB of UTF-16, whatever the lines are like.
constexpr qint64 mostChars = 16LL * 1024 * 1024;
// A line that is longer than this is shown up to here; copying and saving have it whole.
constexpr qsizetype shownChars = 2'000;
constexpr int defaultTail = 1'000;
// Several settings that change together make one question.
constexpr auto changeAfter = 20ms;
// Half of a frame.
constexpr qint64 searchNanoseconds = 8'000'000;
// Lines that fall between others one by one are put there one by one; more of them make a new list, which costs less.
constexpr int mostPlaces = 40;

// FNV-1a: the same name has the same colour on every screen.
quint32 hashOf(const QString &name)
{
    quint32 hash = 2166136261U;
    for (const char byte : name.toUtf8())
        hash = (hash ^ quint8(byte)) * 16777619U;
    return hash;
}

/// What a line takes of the memory that is allowed, in characters: colours take more than letters.
qint64 weight(const LogLine &line)
{
    return line.text.size() + line.spans.size() * qint64(sizeof(AnsiSpan) / sizeof(QChar));
}

/// At most `most` characters, and none cut in two.
qsizetype wholeLetters(const QString &text, qsizetype most)
{
    return most > 0 && most < text.size() && text[most].isLowSurrogate() && text[most - 1].isHighSurrogate() ? most - 1 : most;
}

} // namespace

LogModel::LogModel(QObject *parent)
    : QAbstractListModel(parent)
    , m_tail(defaultTail)
    , m_capacity(mostLines)
{
    m_change.setSingleShot(true);
    m_change.setInterval(changeAfter);
    connect(&m_change, &QTimer::timeout, this, &LogModel::retry);
    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(0);
    connect(&m_searchTimer, &QTimer::timeout, this, &LogModel::judge);
}

void LogModel::setBackend(Backend *backend)
{
    if (m_backend == backend)
        return;
    m_backend = backend;
    emit backendChanged();
    retry();
}

void LogModel::changeSource()
{
    // Not the lines of one container below the name of another.
    m_change.start();
    emit sourceChanged();
    emit loadingChanged();
}

void LogModel::setDeviceId(const QString &id)
{
    if (std::exchange(m_deviceId, id) == id)
        return;
    m_seen.clear();
    changeSource();
}

void LogModel::setContainer(const QString &container)
{
    if (std::exchange(m_container, container) == container)
        return;
    m_also = fitting();
    changeSource();
}

QStringList LogModel::fitting() const
{
    QStringList also;
    for (const QString &name : m_wantedAlso) {
        if (!name.isEmpty() && name != m_container && !also.contains(name) && also.size() + 1 < containersAtMost)
            also << name;
    }
    return also;
}

void LogModel::setAlso(const QStringList &names)
{
    m_wantedAlso = names;
    const QStringList also = fitting();
    if (std::exchange(m_also, also) == also)
        return;
    if (m_change.isActive() || m_sources.isEmpty()) {
        emit sourceChanged();
        return; // all of them are opened in a moment
    }
    // The others go on as they are.
    const QStringList wanted = containers();
    bool fewer = false;
    for (Source &source : m_sources) {
        if (source.stream && !wanted.contains(source.name)) {
            delete std::exchange(source.stream, nullptr);
            fewer = true;
        }
    }
    if (fewer) {
        beginResetModel();
        m_rows.removeIf([this](const Row &row) {
            const bool gone = !m_sources[row.source].stream;
            if (gone)
                tally(row, -1);
            return gone;
        });
        m_judgedTo = 0;
        endResetModel();
        emit countChanged();
        emit matchesChanged();
    }
    for (const QString &name : wanted) {
        if (std::ranges::none_of(m_sources, [&name](const Source &source) { return source.stream && source.name == name; }))
            open(name);
    }
    emit sourceChanged();
    emit loadingChanged();
}

QStringList LogModel::containers() const
{
    return m_container.isEmpty() ? QStringList() : QStringList{m_container} + m_also;
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
    for (const Source &source : std::as_const(m_sources)) {
        if (source.stream)
            source.stream->setPaused(paused);
    }
    emit waitingChanged();
}

bool LogModel::isWaiting() const
{
    return std::ranges::any_of(m_sources, [](const Source &source) { return source.stream && source.stream->isWaiting(); });
}

void LogModel::clear()
{
    for (Source &source : m_sources)
        delete std::exchange(source.stream, nullptr);
    if (!m_rows.isEmpty()) {
        beginResetModel();
        m_rows.clear();
        m_sources.clear();
        endResetModel();
    }
    m_sources.clear();
    m_dropped = 0;
    m_chars = 0;
    m_longest = 0;
    m_dated = false;
    m_levels = {};
    m_matches = 0;
    m_judgedTo = 0;
}

void LogModel::retry()
{
    m_change.stop();
    clear();
    // Nothing of both outputs is nothing: no question.
    if (m_backend && !m_deviceId.isEmpty() && (m_stdout || m_stderr)) {
        for (const QString &name : containers())
            open(name);
    }
    emit matchesChanged();
    emit countChanged();
    emit waitingChanged();
    emit loadingChanged();
}

void LogModel::open(const QString &name)
{
    Source source{.name = name, .stream = nullptr, .last = {}, .hue = quint8(hashOf(name) % hues)};
    // Two names of one colour in one view: the second has the next free one.
    const auto taken = [this](quint8 hue) {
        return std::ranges::any_of(m_sources, [hue](const Source &other) { return other.stream && other.hue == hue; });
    };
    while (taken(source.hue))
        source.hue = quint8((source.hue + 1) % hues);
    LogStream::Source asked{
        .device = m_deviceId, .container = name, .since = m_since, .tail = m_tail, .fromStdout = m_stdout, .fromStderr = m_stderr};
    asked.window = std::max(qint64(limits::streamPieceBytes), asked.window / std::max<qint64>(1, containers().size()));
    source.stream = new LogStream(m_backend->link(), m_backend->clock(), asked, this);
    // The rows of one that is read no more are gone: its place is free.
    const auto free = std::ranges::find_if(m_sources, [](const Source &other) { return !other.stream; });
    const int place = int(free - m_sources.begin());
    if (free == m_sources.end())
        m_sources << source;
    else
        *free = source;
    source.stream->setPaused(m_paused);
    connect(source.stream, &LogStream::came, this, [this, place](const QList<LogLine> &lines) { take(place, lines); });
    connect(source.stream, &LogStream::began, this, [this, place](const LogLine &news) { takeLate(place, news); });
    connect(source.stream, &LogStream::changed, this, [this, place] { streamChanged(place); });
    connect(source.stream, &LogStream::waitingChanged, this, &LogModel::waitingChanged);
    source.stream->start(m_seen.value(name));
}

void LogModel::streamChanged(int place)
{
    Source &source = m_sources[place];
    const bool refused = source.stream->loading() == states::Loading::Failed;
    const bool over = source.stream->isEnded() || refused;
    const bool news = over && !source.told;
    source.told = source.told || over;
    // Of one alone the foot tells.
    if (news && several()) {
        const Error error = source.stream->error();
        LogLine line;
        line.time = m_backend->clock()->now();
        line.text = error.message;
        line.news = refused ? LogNews::Refused : error.code != 0 ? LogNews::Broke : LogNews::Ended;
        take(place, {line});
    }
    emit loadingChanged();
    if (news)
        emit streamEnded(m_sources[place].name);
}

void LogModel::see(const Container &container)
{
    m_seen[container.name] = container;
    // What is open is of before, perhaps of another device: it is closed in a moment.
    if (m_change.isActive())
        return;
    for (const Source &source : std::as_const(m_sources)) {
        if (source.stream && source.name == container.name)
            source.stream->see(container);
    }
}

void LogModel::take(int place, const QList<LogLine> &lines)
{
    QList<Row> rows;
    rows.reserve(lines.size());
    Moment &last = m_sources[place].last;
    for (const LogLine &line : lines) {
        if (line.news == LogNews::Ended || line.news == LogNews::Broke || line.news == LogNews::Refused) {
            // Told by this end, whose clock is not the device's: below all that is there, and no measure for what comes.
            rows << Row{.line = line,
                        .place = m_rows.isEmpty() ? last : std::max(last, m_rows.constLast().place),
                        .number = ++m_numbered,
                        .source = quint8(place)};
            continue;
        }
        m_sources[place].told = false;
        // Clocks are set back, and some lines have no time: those of one container stay in their order.
        last = line.time > 0 ? std::max(last, line.moment()) : last;
        rows << Row{.line = line, .place = last, .number = ++m_numbered, .source = quint8(place)};
    }
    add(std::move(rows));
}

void LogModel::takeLate(int place, const LogLine &line)
{
    add({Row{.line = line, .place = line.moment(), .number = ++m_numbered, .source = quint8(place)}});
}

void LogModel::tally(const Row &row, int change)
{
    m_levels[size_t(row.line.level)] += change;
    m_chars += change * weight(row.line);
    if (row.match == Match::Yes)
        m_matches += change;
}

void LogModel::add(QList<Row> rows)
{
    if (rows.size() > m_capacity) {
        // More than fits at once: what would fall out at once is counted, not shown.
        const qsizetype over = rows.size() - m_capacity;
        m_dropped += over;
        rows.remove(0, over);
    }
    for (const Row &row : std::as_const(rows)) {
        tally(row, 1);
        m_longest = std::max(m_longest, int(std::min(row.line.text.size(), shownChars)));
    }
    if (m_rows.isEmpty() || m_rows.constLast().place <= rows.constFirst().place) {
        beginInsertRows({}, count(), count() + int(rows.size()) - 1);
        m_rows << rows;
        endInsertRows();
    } else {
        merge(rows);
    }
    trim();
    dateLines();
    emit countChanged();
    emit appended();
    if (!m_pattern.isEmpty())
        m_searchTimer.start();
}

void LogModel::merge(QList<Row> &rows)
{
    const auto placeOf = [this](const Row &row) {
        return std::ranges::upper_bound(std::as_const(m_rows), row.place, {}, &Row::place) - m_rows.cbegin();
    };
    // Stretches of new rows that fall into the same gap.
    struct Stretch
    {
        qsizetype at;
        qsizetype first;
        qsizetype count;
    };
    QList<Stretch> stretches;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const qsizetype at = placeOf(rows[i]);
        if (!stretches.isEmpty() && stretches.constLast().at == at)
            ++stretches.last().count;
        else
            stretches << Stretch{.at = at, .first = i, .count = 1};
    }
    m_judgedTo = std::min(m_judgedTo, int(stretches.constFirst().at));
    // A reset draws and judges all anew: only where moving the rows costs more.
    if (stretches.size() > mostPlaces && stretches.size() * (m_rows.size() - stretches.constFirst().at) > mostMoves) {
        QList<Row> merged;
        merged.reserve(m_rows.size() + rows.size());
        beginResetModel();
        std::ranges::merge(m_rows, rows, std::back_inserter(merged), {}, &Row::place, &Row::place);
        m_rows = std::move(merged);
        endResetModel();
        return;
    }
    qsizetype shift = 0;
    for (const Stretch &stretch : std::as_const(stretches)) {
        const qsizetype at = stretch.at + shift;
        beginInsertRows({}, int(at), int(at + stretch.count) - 1);
        m_rows.insert(at, stretch.count, Row());
        std::ranges::move(rows.begin() + stretch.first, rows.begin() + stretch.first + stretch.count, m_rows.begin() + at);
        endInsertRows();
        shift += stretch.count;
    }
}

void LogModel::trim()
{
    qsizetype over = std::max<qsizetype>(0, m_rows.size() - m_capacity);
    qint64 chars = m_chars;
    for (qsizetype i = 0; i < over; ++i)
        chars -= weight(m_rows[i].line);
    while (chars > mostChars && over + 1 < m_rows.size())
        chars -= weight(m_rows[over++].line);
    if (over == 0)
        return;
    const int before = m_matches;
    beginRemoveRows({}, 0, int(over) - 1);
    for (qsizetype i = 0; i < over; ++i)
        tally(m_rows[i], -1);
    m_rows.remove(0, over);
    m_dropped += over;
    m_judgedTo = std::max(0, m_judgedTo - int(over));
    endRemoveRows();
    if (m_matches != before)
        emit matchesChanged();
}

void LogModel::dateLines()
{
    const qint64 oldest = m_rows.isEmpty() ? 0 : m_rows.constFirst().line.time;
    const bool dated = oldest > 0 && m_backend && format::moment(oldest).date() != format::moment(m_backend->clock()->now()).date();
    if (std::exchange(m_dated, dated) != dated)
        emit dataChanged(index(0), index(count() - 1), {TimeTextRole});
}

void LogModel::setSearch(const QString &search)
{
    if (std::exchange(m_search, search) != search)
        restartSearch();
}

void LogModel::setRegex(bool regex)
{
    if (std::exchange(m_regex, regex) != regex)
        restartSearch();
}

void LogModel::restartSearch()
{
    m_pattern.set(m_search, m_regex);
    m_matches = 0;
    m_judgedTo = 0;
    for (Row &row : m_rows)
        row.match = Match::Unjudged;
    emit searchChanged();
    emit searchBegan();
    if (!m_rows.isEmpty())
        emit dataChanged(index(0), index(count() - 1), {MatchedRole});
    // The first step is taken at once: what is there is shown without a flicker, as a rule.
    judge();
    emit matchesChanged();
}

void LogModel::judge()
{
    const int before = m_matches;
    const LogPattern::Fault fault = m_pattern.fault();
    if (searchMore())
        m_searchTimer.start();
    if (m_matches != before || m_pattern.fault() != fault)
        emit matchesChanged();
}

bool LogModel::searchMore()
{
    if (m_pattern.isEmpty() || m_pattern.fault() != LogPattern::Fault::None)
        return false;
    QElapsedTimer timer;
    timer.start();
    const int from = m_judgedTo;
    while (m_judgedTo < count() && timer.nsecsElapsed() < searchNanoseconds) {
        Row &row = m_rows[m_judgedTo++];
        if (row.match != Match::Unjudged)
            continue;
        const bool matches = row.line.news == LogNews::None && m_pattern.matches(row.line.text).value_or(false);
        row.match = matches ? Match::Yes : Match::No;
        m_matches += matches;
    }
    if (m_judgedTo > from)
        emit dataChanged(index(from), index(m_judgedTo - 1), {MatchedRole});
    return m_judgedTo < count();
}

LogModel::SearchFault LogModel::searchFault() const
{
    switch (m_pattern.fault()) {
    case LogPattern::Fault::Invalid: return InvalidSearch;
    case LogPattern::Fault::TooHeavy: return HeavySearch;
    case LogPattern::Fault::None: break;
    }
    return SoundSearch;
}

int LogModel::countOf(states::LogLevel least) const
{
    int sum = 0;
    for (size_t level = size_t(least); level < m_levels.size(); ++level)
        sum += m_levels[level];
    return sum;
}

QString LogModel::containerAt(int row) const
{
    return m_sources[m_rows[row].source].name;
}

int LogModel::rowOfNumber(quint64 number) const
{
    const auto it = std::ranges::find(m_rows, number, &Row::number);
    return it == m_rows.cend() ? -1 : int(it - m_rows.cbegin());
}

int LogModel::hueOf(const QString &container) const
{
    const auto it =
        std::ranges::find_if(m_sources, [&container](const Source &source) { return source.stream && source.name == container; });
    return it == m_sources.cend() ? int(hashOf(container) % hues) : it->hue;
}

QString LogModel::newsText(const Row &row) const
{
    const QString at = row.line.time > 0 ? u' ' + format::clockTime(row.line.time) : QString();
    const QString name = m_sources[row.source].name;
    switch (row.line.news) {
    case LogNews::Restarted: return several() ? tr("%1 restarted%2").arg(name, at) : tr("restarted%1").arg(at);
    case LogNews::MadeAnew: return several() ? tr("%1 made anew%2").arg(name, at) : tr("made anew%1").arg(at);
    case LogNews::Ended: return tr("%1 has stopped: its log ends here").arg(name);
    case LogNews::Broke: return tr("the log of %1 broke off: %2").arg(name, row.line.text);
    case LogNews::Refused: return tr("the log of %1 could not be read: %2").arg(name, row.line.text);
    case LogNews::None: break;
    }
    return {};
}

QString LogModel::rowText(int row) const
{
    const LogLine &line = m_rows[row].line;
    if (line.news != LogNews::None)
        return u"-- "_s + newsText(m_rows[row]) + u" --\n"_s;
    QString text;
    if (line.time > 0)
        text += format::moment(line.time).toString(Qt::ISODateWithMs) + u' ';
    if (several())
        text += containerAt(row) + u' ';
    return text + (line.fromStderr ? u"err "_s : u"out "_s) + line.text + u'\n';
}

QString LogModel::textOf(int first, int last) const
{
    QString text;
    for (int row = std::max(first, 0); row <= std::min(last, count() - 1); ++row)
        text += rowText(row);
    return text;
}

QList<const LogModel::Source *> LogModel::open() const
{
    QList<const Source *> list;
    for (const Source &source : m_sources) {
        if (source.stream)
            list << &source;
    }
    return list;
}

bool LogModel::isEnded() const
{
    const QList<const Source *> all = open();
    const bool over = std::ranges::all_of(
        all, [](const Source *source) { return source->stream->isEnded() || source->stream->loading() == states::Loading::Failed; });
    return !m_change.isActive() && !all.isEmpty() && over && (loading() != states::Loading::Failed || !m_rows.isEmpty());
}

states::Loading LogModel::loading() const
{
    using states::Loading;
    if (m_change.isActive())
        return m_container.isEmpty() ? Loading::Idle : Loading::Underway;
    const QList<const Source *> all = open();
    const auto is = [](Loading loading) { return [loading](const Source *source) { return source->stream->loading() == loading; }; };
    if (all.isEmpty())
        return Loading::Idle;
    if (std::ranges::all_of(all, is(Loading::Failed)))
        return Loading::Failed;
    return std::ranges::any_of(all, is(Loading::Loaded)) ? Loading::Loaded : Loading::Underway;
}

Error LogModel::error() const
{
    for (const Source *source : open()) {
        if (!m_change.isActive() && source->stream->error().code != 0)
            return source->stream->error();
    }
    return {};
}

LogModel::Hindrance LogModel::hindrance() const
{
    switch (errorCode()) {
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
    const Row &row = m_rows[index.row()];
    const LogLine &line = row.line;
    switch (role) {
    case Qt::DisplayRole:
    case TextRole:
        if (line.news != LogNews::None)
            return newsText(row);
        if (line.text.size() > shownChars)
            return QString(line.text.left(wholeLetters(line.text, shownChars)) + u" … "_s
                           + tr("%1 characters more", nullptr, int(line.text.size() - shownChars)).arg(line.text.size() - shownChars));
        return line.cut ? QString(line.text + u" … "_s + tr("cut on the device")) : line.text;
    case SpansRole: return QVariant::fromValue(line.spans);
    case TimeTextRole:
        if (line.time == 0 || line.news != LogNews::None)
            return QString();
        return format::moment(line.time).toString(m_dated ? u"MM-dd HH:mm:ss.zzz"_s : u"HH:mm:ss.zzz"_s);
    case LevelRole: return QVariant::fromValue(line.level);
    case StderrRole: return line.fromStderr;
    case MatchedRole: return row.match == Match::Yes;
    case NewsRole: return line.news != LogNews::None;
    case ContainerRole: return containerAt(index.row());
    case HueRole: return m_sources[row.source].hue;
    default: return {};
    }
}

QHash<int, QByteArray> LogModel::roleNames() const
{
    return {{TextRole, "text"_ba},   {SpansRole, "spans"_ba},         {TimeTextRole, "timeText"_ba},
            {LevelRole, "level"_ba}, {StderrRole, "fromStderr"_ba},   {MatchedRole, "matched"_ba},
            {NewsRole, "news"_ba},   {ContainerRole, "container"_ba}, {HueRole, "hue"_ba}};
}

} // namespace muster
