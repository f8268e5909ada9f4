// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/values/logline.h"

#include "client/values/loglevel.h"

#include <QDateTime>
#include <QRegularExpression>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

// A colour that a program left on, killed amid a line: after so many lines without another word of it, it is none.
constexpr int styledLines = 200;
// The place of the text in a line that has a stamp; 0: the line has no such form.
qsizetype readStamp(QStringView line, LogLine &out)
{
    // "1", "2", "1+" or "2+", a space, the time, a space, the text.
    const qsizetype first = line.indexOf(u' ');
    const qsizetype second = first < 0 ? -1 : line.indexOf(u' ', first + 1);
    const QStringView mark = first < 0 ? QStringView() : line.left(first);
    if (second < 0 || mark.isEmpty() || mark.size() > 2 || (mark[0] != u'1' && mark[0] != u'2') || (mark.size() == 2 && mark[1] != u'+')) {
        return 0;
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
    return second + 1;
}

// The last words of a Python trace: "ValueError: no such file".
bool namesException(const QString &text)
{
    static const QRegularExpression form(uR"(^[A-Za-z_][\w.]*(?:Error|Exception|Interrupt|Exit|Warning)(?::|$))"_s);
    return form.matchView(text).hasMatch();
}

} // namespace

LogLine LogReader::read(QStringView line)
{
    LogLine out;
    const qsizetype from = readStamp(line, out);
    Output &output = m_outputs[out.fromStderr ? 1 : 0];
    const AnsiStyle before = output.style;
    AnsiText read = readAnsi(line.mid(from), output.style);
    output.styledFor = output.style == before && !before.isPlain() ? output.styledFor + 1 : 0;
    if (output.styledFor > styledLines)
        output = {};
    const LineLevel own = levelOf(read);
    const bool lastOfTrace = output.indented && own.level == states::LogLevel::Unknown && namesException(read.text);
    out.level = own.continues || lastOfTrace ? output.level : own.level;
    // An empty line within a trace does not end it.
    if (!read.text.isEmpty()) {
        output.level = out.level;
        output.indented = own.continues;
    }
    out.text = std::move(read.text);
    out.spans = std::move(read.spans);
    return out;
}

LogLine LogLine::parse(QStringView line)
{
    return LogReader().read(line);
}

} // namespace muster
