// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/values/loglevel.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

using states::LogLevel;

// A level stands at the head of its line.
constexpr qsizetype headChars = 200;
// Members of a JSON object before which somebody writes the level.
constexpr qsizetype jsonChars = 4'000;
// Time, zone, process, thread, name: no more stands before a level.
constexpr int mostTokens = 9;

constexpr std::array<std::pair<QLatin1StringView, LogLevel>, 35> names{{
    {"trace"_L1, LogLevel::Debug},      {"trce"_L1, LogLevel::Debug},         {"trc"_L1, LogLevel::Debug},
    {"verbose"_L1, LogLevel::Debug},    {"vrb"_L1, LogLevel::Debug},          {"debug"_L1, LogLevel::Debug},
    {"dbug"_L1, LogLevel::Debug},       {"dbg"_L1, LogLevel::Debug},          {"info"_L1, LogLevel::Info},
    {"inf"_L1, LogLevel::Info},         {"log"_L1, LogLevel::Info},           {"notice"_L1, LogLevel::Info},
    {"information"_L1, LogLevel::Info}, {"informational"_L1, LogLevel::Info}, {"warn"_L1, LogLevel::Warning},
    {"warning"_L1, LogLevel::Warning},  {"wrn"_L1, LogLevel::Warning},        {"error"_L1, LogLevel::Error},
    {"err"_L1, LogLevel::Error},        {"eror"_L1, LogLevel::Error},         {"erro"_L1, LogLevel::Error},
    {"err!"_L1, LogLevel::Error},       {"severe"_L1, LogLevel::Error},       {"fail"_L1, LogLevel::Error},
    {"failure"_L1, LogLevel::Error},    {"fatal"_L1, LogLevel::Fatal},        {"ftl"_L1, LogLevel::Fatal},
    {"crit"_L1, LogLevel::Fatal},       {"critical"_L1, LogLevel::Fatal},     {"alert"_L1, LogLevel::Fatal},
    {"emerg"_L1, LogLevel::Fatal},      {"emergency"_L1, LogLevel::Fatal},    {"panic"_L1, LogLevel::Fatal},
    {"dpanic"_L1, LogLevel::Fatal},     {"fata"_L1, LogLevel::Fatal},
}};

LogLevel named(QStringView word)
{
    const auto *it = std::ranges::find_if(names, [word](const auto &one) { return word.compare(one.first, Qt::CaseInsensitive) == 0; });
    return it == names.end() ? LogLevel::Unknown : it->second;
}

// bunyan and pino: 10 trace to 60 fatal. Smaller numbers mean one thing here and its contrary there.
LogLevel numbered(int number)
{
    if (number < 10 || number > 60)
        return LogLevel::Unknown;
    return number < 30   ? LogLevel::Debug
           : number < 40 ? LogLevel::Info
           : number < 50 ? LogLevel::Warning
           : number < 60 ? LogLevel::Error
                         : LogLevel::Fatal;
}

// RFC 5424: 0 emergency to 7 debug.
LogLevel ofSyslog(int priority)
{
    static constexpr std::array levels{LogLevel::Fatal,   LogLevel::Fatal, LogLevel::Fatal, LogLevel::Error,
                                       LogLevel::Warning, LogLevel::Info,  LogLevel::Info,  LogLevel::Debug};
    return levels[size_t(priority & 7)];
}

LogLevel lettered(QChar letter)
{
    switch (letter.unicode()) {
    case u'V':
    case u'D': return LogLevel::Debug;
    case u'I': return LogLevel::Info;
    case u'W': return LogLevel::Warning;
    case u'E': return LogLevel::Error;
    case u'F': return LogLevel::Fatal;
    default: return LogLevel::Unknown;
    }
}

bool isLevelKey(QStringView key)
{
    static constexpr std::array keys{"level"_L1,     "severity"_L1,  "lvl"_L1,          "loglevel"_L1,
                                     "log.level"_L1, "levelname"_L1, "severitytext"_L1, "severity_text"_L1};
    return std::ranges::any_of(keys, [key](QLatin1StringView one) { return key.compare(one, Qt::CaseInsensitive) == 0; });
}

// The place after a JSON string that begins at `at`.
qsizetype afterQuoted(QStringView text, qsizetype at)
{
    for (qsizetype i = at + 1; i < text.size(); ++i) {
        if (text[i] == u'\\')
            ++i;
        else if (text[i] == u'"')
            return i + 1;
    }
    return text.size();
}

LogLevel ofValue(QStringView value)
{
    if (value.startsWith(u'"'))
        value = value.sliced(1).chopped(value.size() > 1 && value.back() == u'"' ? 1 : 0);
    bool good = false;
    const int number = value.toInt(&good);
    return good ? numbered(number) : named(value);
}

// By the members of the object itself, not of those in it. Read by hand: a line that the device cut is no JSON any more.
LogLevel ofJson(QStringView text)
{
    text = text.left(jsonChars);
    int depth = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == u'{' || c == u'[') {
            ++depth;
        } else if (c == u'}' || c == u']') {
            --depth;
        } else if (c == u'"') {
            const qsizetype end = afterQuoted(text, i);
            qsizetype value = end;
            while (value < text.size() && (text[value] == u' ' || text[value] == u':'))
                ++value;
            const bool isKey = depth == 1 && QStringView(text).sliced(end, value - end).contains(u':');
            if (isKey && value < text.size() && isLevelKey(text.sliced(i + 1, end - i - 2))) {
                qsizetype stop = value;
                if (text[value] == u'"') {
                    stop = afterQuoted(text, value);
                } else {
                    while (stop < text.size() && text[stop].isDigit())
                        ++stop;
                }
                if (const LogLevel level = ofValue(text.sliced(value, stop - value)); level != LogLevel::Unknown)
                    return level;
            }
            i = end - 1;
        }
    }
    return LogLevel::Unknown;
}

LogLevel ofLogfmt(QStringView text)
{
    static const QRegularExpression pair(uR"((?:^|\s)(?:level|lvl|severity)="?([A-Za-z]+|\d\d)\b)"_s);
    const QRegularExpressionMatch match = pair.matchView(text);
    return match.hasMatch() ? ofValue(match.capturedView(1)) : LogLevel::Unknown;
}

// What stands before a level and says nothing of it: figures, times, zones, process numbers, dashes.
bool isPreamble(QStringView token)
{
    static constexpr std::array words{"UTC"_L1, "GMT"_L1, "CET"_L1, "CEST"_L1, "EST"_L1, "EDT"_L1, "PST"_L1, "PDT"_L1,
                                      "Z"_L1,   "Jan"_L1, "Feb"_L1, "Mar"_L1,  "Apr"_L1, "May"_L1, "Jun"_L1, "Jul"_L1,
                                      "Aug"_L1, "Sep"_L1, "Oct"_L1, "Nov"_L1,  "Dec"_L1, "Mon"_L1, "Tue"_L1, "Wed"_L1,
                                      "Thu"_L1, "Fri"_L1, "Sat"_L1, "Sun"_L1,  "AM"_L1,  "PM"_L1,  "npm"_L1};
    if (std::ranges::any_of(words, [token](QLatin1StringView word) { return token == word; }))
        return true;
    return std::ranges::all_of(token, [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c.unicode() < 0x80 && !c.isLetterOrNumber() && c != u'[' && c != u']' && c != u'<' && c != u'{')
               || c == u'T' || c == u'Z';
    });
}

bool isUpper(QStringView word)
{
    return std::ranges::all_of(word, [](QChar c) { return !c.isLower(); });
}

struct Head
{
    QStringView text;
    const QList<AnsiSpan> *spans = nullptr;
    qsizetype offset = 0; // of the text in its line

    [[nodiscard]] bool isColouredAlone(qsizetype at, qsizetype length) const
    {
        return spans && std::ranges::any_of(*spans, [start = at + offset, length](const AnsiSpan &span) {
                   return span.start == start && span.length == length;
               });
    }
};

LineLevel ofHead(const Head &head, bool inBrackets);

// "[error]", "[core:error]", "[09:41:02 ERR]"; a thread or a name in brackets says nothing.
LineLevel ofBrackets(const Head &head)
{
    const QStringView inner = head.text.trimmed();
    if (const LogLevel level = named(inner); level != LogLevel::Unknown)
        return {.level = level};
    const qsizetype colon = inner.lastIndexOf(u':');
    if (colon > 0 && inner[0].isLower()) {
        if (const LogLevel level = named(inner.sliced(colon + 1)); level != LogLevel::Unknown)
            return {.level = level};
    }
    return inner.isEmpty() || !inner[0].isDigit() ? LineLevel() : ofHead(head, true);
}

// A word that may be a level, with what ends it.
LineLevel ofWord(const Head &head, qsizetype at, QStringView token, bool inBrackets)
{
    QStringView word = token;
    while (!word.isEmpty() && (word.back() == u':' || word.back() == u'|' || word.back() == u','))
        word.chop(1);
    while (!word.isEmpty() && word.front() == u'|')
        word = word.sliced(1);
    const bool ended = token.endsWith(u':');
    // PostgreSQL: what belongs to the message before.
    static constexpr std::array details{"DETAIL"_L1, "HINT"_L1, "CONTEXT"_L1, "STATEMENT"_L1, "QUERY"_L1, "LOCATION"_L1};
    if (ended && std::ranges::any_of(details, [word](QLatin1StringView one) { return word == one; }))
        return {.continues = true};
    LogLevel level = named(word);
    // "ERROR:root:…", "DEBUG1:"
    if (level == LogLevel::Unknown) {
        const qsizetype colon = word.indexOf(u':');
        if (colon > 0 && isUpper(word.first(colon)))
            level = named(word.first(colon));
        else if (word.startsWith("DEBUG"_L1) && word.size() == 6 && word.back().isDigit())
            level = LogLevel::Debug;
        if (level != LogLevel::Unknown)
            return {.level = level};
    }
    if (level == LogLevel::Unknown)
        return {};
    const bool counts = ended || inBrackets || isUpper(word) || head.isColouredAlone(at + (word.data() - token.data()), word.size());
    return {.level = counts ? level : LogLevel::Unknown};
}

LineLevel ofHead(const Head &head, bool inBrackets)
{
    const QStringView text = head.text;
    int numbers = 0;
    bool dashed = false;
    qsizetype at = 0;
    for (int tokens = 0; tokens < mostTokens; ++tokens) {
        while (at < text.size() && text[at].isSpace())
            ++at;
        if (at >= text.size())
            return {};
        if (text[at] == u'[' || text[at] == u'(') {
            const qsizetype end = text.indexOf(text[at] == u'[' ? u']' : u')', at);
            if (end < 0)
                return {};
            const LineLevel found =
                ofBrackets({.text = text.sliced(at + 1, end - at - 1), .spans = head.spans, .offset = head.offset + at + 1});
            if (found.level != LogLevel::Unknown)
                return found;
            at = end + 1;
            if (at < text.size() && text[at] == u':')
                ++at;
            continue;
        }
        qsizetype end = at;
        while (end < text.size() && !text[end].isSpace() && (text[end] != u'[' || end == at))
            ++end;
        const QStringView token = text.sliced(at, end - at);
        const LineLevel found = ofWord(head, at, token, inBrackets);
        if (found.level != LogLevel::Unknown || found.continues)
            return found;
        // Android: "E/Tag( 123): ", and "03-14 09:41:02.123  123  123 E Tag: ".
        if (token.size() > 3 && token[1] == u'/' && token[2].isLetter() && (token.endsWith(u':') || token.contains(u'(')))
            return {.level = lettered(token[0])};
        if (token.size() == 1 && numbers >= 3 && !inBrackets)
            return {.level = lettered(token[0])};
        const bool preamble = isPreamble(token);
        const bool isDash = token == "-"_L1;
        // "TIME - name - ERROR - …": a name between dashes.
        if (!preamble && !(dashed && numbers > 0 && text.sliced(end).startsWith(" - "_L1)))
            return {};
        dashed = isDash;
        numbers += preamble && !isDash && token[0].isDigit();
        at = end;
    }
    return {};
}

// glog and klog: "E0314 09:41:02.123456 …".
LogLevel ofGlog(QStringView text)
{
    if (text.size() < 14 || text[5] != u' ' || !text[1].isDigit() || !text[2].isDigit() || !text[3].isDigit() || !text[4].isDigit()
        || !text.sliced(6, 8).contains(u':'))
        return LogLevel::Unknown;
    return text[0] == u'V' || text[0] == u'D' ? LogLevel::Unknown : lettered(text[0]);
}

// Redis: "1:M 14 Mar 2026 09:41:02.123 # …".
LogLevel ofRedis(QStringView text)
{
    static const QRegularExpression form(uR"(^\d+:[MSCX] \d\d? \w{3} \d{4} [\d:.]+ ([.*#-]) )"_s);
    const QRegularExpressionMatch match = form.matchView(text);
    if (!match.hasMatch())
        return LogLevel::Unknown;
    switch (match.capturedView(1)[0].unicode()) {
    case u'#': return LogLevel::Warning;
    case u'*': return LogLevel::Info;
    default: return LogLevel::Debug;
    }
}

// "<3>…": systemd and syslog.
LogLevel ofPriority(QStringView text)
{
    const qsizetype end = text.first(std::min<qsizetype>(5, text.size())).indexOf(u'>');
    bool good = false;
    const int priority = end > 1 ? text.sliced(1, end - 1).toInt(&good) : -1;
    return good && priority >= 0 && priority <= 191 ? ofSyslog(priority) : LogLevel::Unknown;
}

// The form in which runtimes end a program: nothing else begins so.
bool isOutcry(QStringView text)
{
    return text.startsWith("Traceback (most recent call last):"_L1) || text.startsWith("Exception in thread \""_L1)
           || text.startsWith("Unhandled exception"_L1, Qt::CaseInsensitive) || text.startsWith("thread 'main' panicked at"_L1);
}

} // namespace

LineLevel levelOf(const AnsiText &line)
{
    const QStringView text = line.text;
    if (text.isEmpty())
        return {};
    if (text[0].isSpace()) {
        // Spring and others fill up the level's column; what is indented and says nothing belongs to the line before.
        const LineLevel own = ofHead({.text = text.left(headChars), .spans = &line.spans}, false);
        return own.level == LogLevel::Unknown ? LineLevel{.continues = true} : own;
    }
    if (text[0] == u'{') {
        if (text.size() == 1 || text[1] == u'"' || text[1].isSpace())
            return {.level = ofJson(text)};
    }
    if (text[0] == u'<') {
        if (const LogLevel level = ofPriority(text); level != LogLevel::Unknown)
            return {.level = level};
    }
    if (isOutcry(text))
        return {.level = LogLevel::Error};
    if (text.startsWith("Caused by:"_L1) || text.startsWith("goroutine "_L1) || text == "}"_L1 || text == ")"_L1 || text == "]"_L1)
        return {.continues = true};
    const QStringView head = text.left(headChars);
    if (const LogLevel level = ofLogfmt(head); level != LogLevel::Unknown)
        return {.level = level};
    if (const LogLevel level = ofGlog(head); level != LogLevel::Unknown)
        return {.level = level};
    if (const LogLevel level = ofRedis(head); level != LogLevel::Unknown)
        return {.level = level};
    return ofHead({.text = head, .spans = &line.spans}, false);
}

LineLevel levelOf(const QString &text)
{
    return levelOf(AnsiText{.text = text, .spans = {}});
}

} // namespace muster
