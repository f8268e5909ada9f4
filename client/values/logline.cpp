// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/values/logline.h"

#include "client/values/jsontext.h"

#include <QDateTime>
#include <QRegularExpression>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

constexpr QChar escape(0x1B);
// Where a terminal would put tabs.
constexpr qsizetype tabWidth = 8;

// Returns the place after the escape sequence that begins at `at`.
qsizetype afterEscape(QStringView text, qsizetype at)
{
    qsizetype i = at + 1;
    if (i >= text.size())
        return i;
    const QChar kind = text[i++];
    if (kind == u'[') {
        // CSI: parameters 0x30-0x3F, intermediates 0x20-0x2F, one final 0x40-0x7E.
        while (i < text.size() && text[i].unicode() >= 0x20 && text[i].unicode() <= 0x3F)
            ++i;
        return i < text.size() && text[i].unicode() >= 0x40 && text[i].unicode() <= 0x7E ? i + 1 : i;
    }
    if (kind == u']' || kind == u'P' || kind == u'X' || kind == u'^' || kind == u'_') {
        // A string to BEL or ST; one that nobody ends takes nothing but its beginning with it.
        for (qsizetype end = i; end < text.size(); ++end) {
            if (text[end] == QChar(0x07))
                return end + 1;
            if (text[end] == escape && end + 1 < text.size() && text[end + 1] == u'\\')
                return end + 2;
        }
        return i;
    }
    // nF escapes: intermediates, then one more.
    if (kind.unicode() >= 0x20 && kind.unicode() <= 0x2F) {
        while (i < text.size() && text[i].unicode() >= 0x20 && text[i].unicode() <= 0x2F)
            ++i;
        return std::min(i + 1, text.size());
    }
    return i;
}

} // namespace

QString withoutEscapes(QStringView text)
{
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size();) {
        const QChar c = text[i];
        if (c == escape) {
            i = afterEscape(text, i);
            continue;
        }
        if (c == u'\t') {
            out.append(QString(tabWidth - out.size() % tabWidth, u' '));
        } else if (c == u'\n' || (c == u'\r' && i + 1 == text.size())) {
            // The end of a line, as some write it.
        } else {
            out.append(c);
        }
        ++i;
    }
    return jsontext::harmless(out);
}

states::LogTone toneOf(QStringView text)
{
    static const QRegularExpression erred(
        u"\\b(?:error|err|erro|fatal|critical|crit|panic|alert|emerg|severe|exception|traceback|failed|failure)\\b"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression warned(u"\\b(?:warning|warn|deprecated|retry|retrying|timed out)\\b"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    // The level stands near the beginning; the rest is what it is about.
    const QStringView start = text.left(160);
    if (erred.matchView(start).hasMatch())
        return states::LogTone::Erred;
    return warned.matchView(start).hasMatch() ? states::LogTone::Warned : states::LogTone::Plain;
}

LogLine LogLine::parse(QStringView line)
{
    LogLine out;
    // "1", "2", "1+" or "2+", a space, the time, a space, the text.
    const qsizetype first = line.indexOf(u' ');
    const qsizetype second = first < 0 ? -1 : line.indexOf(u' ', first + 1);
    const QStringView mark = first < 0 ? QStringView() : line.left(first);
    if (second < 0 || mark.isEmpty() || mark.size() > 2 || (mark[0] != u'1' && mark[0] != u'2') || (mark.size() == 2 && mark[1] != u'+')) {
        out.text = withoutEscapes(line);
        out.tone = toneOf(out.text);
        return out;
    }
    out.fromStderr = mark[0] == u'2';
    out.cut = mark.size() == 2;
    const QStringView stamp = line.mid(first + 1, second - first - 1);
    if (stamp.size() > 1 && stamp.size() <= 40) {
        // Nanoseconds are more than QDateTime takes.
        const QDateTime time = QDateTime::fromString(stamp.left(19).toString() + u'Z', Qt::ISODate);
        if (time.isValid()) {
            out.stamp = stamp.toString();
            QStringView rest = stamp.mid(19);
            qint64 ms = 0;
            if (rest.startsWith(u'.')) {
                qsizetype digits = 1;
                while (digits < rest.size() && rest[digits].isDigit())
                    ++digits;
                const qint64 fraction = rest.mid(1, digits - 1).toString().leftJustified(9, u'0', true).toLongLong();
                ms = fraction / 1'000'000;
                out.nanos = int(fraction % 1'000'000);
                rest = rest.mid(digits);
            }
            qint64 offset = 0;
            if (rest.size() == 6 && (rest[0] == u'+' || rest[0] == u'-'))
                offset = (rest.mid(1, 2).toLongLong() * 60 + rest.mid(4, 2).toLongLong()) * 60'000 * (rest[0] == u'+' ? 1 : -1);
            out.time = time.toMSecsSinceEpoch() + ms - offset;
        }
    }
    out.text = withoutEscapes(line.mid(second + 1));
    out.tone = toneOf(out.text);
    return out;
}

} // namespace muster
