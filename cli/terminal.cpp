// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/terminal.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <sys/ioctl.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace muster::cli {

namespace {

constexpr int narrowestColumn = 6;
constexpr int widestFixed = 32;
constexpr int gap = 2;

// Does something to a terminal, or to the order of what stands around it.
bool acts(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return true;
    default: return false;
    }
}

int cellsOf(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing: return 0;
    default: break;
    }
    // East Asian Wide and Fullwidth (UAX #11), in whole blocks; and what terminals draw as emoji.
    const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F) || (c >= 0xAC00 && c <= 0xD7A3)
                      || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60)
                      || (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1F64F) || (c >= 0x1F900 && c <= 0x1F9FF)
                      || (c >= 0x20000 && c <= 0x3FFFD);
    return wide ? 2 : 1;
}

QString cut(const QString &text, int width)
{
    if (cells(text) <= width)
        return text;
    QString kept;
    int used = 1; // the ellipsis
    for (const char32_t c : text.toUcs4()) {
        used += cellsOf(c);
        if (used > width)
            break;
        kept += QString::fromUcs4(&c, 1);
    }
    return kept + u'…';
}

} // namespace

QString escaped(const QString &text)
{
    QString out;
    out.reserve(text.size());
    for (const char32_t c : text.toUcs4()) {
        if (!acts(c))
            out += QString::fromUcs4(&c, 1);
        else if (c < 0x100)
            out += u"\\x%1"_s.arg(uint(c), 2, 16, QChar(u'0'));
        else
            out += u"\\u{%1}"_s.arg(uint(c), 4, 16, QChar(u'0'));
    }
    return out;
}

QString jsonText(const QJsonValue &value, bool indented)
{
    // QJsonDocument holds arrays and objects only; a single value takes a detour.
    const auto format = indented ? QJsonDocument::Indented : QJsonDocument::Compact;
    QString text;
    if (value.isObject())
        text = QString::fromUtf8(QJsonDocument(value.toObject()).toJson(format));
    else if (value.isArray())
        text = QString::fromUtf8(QJsonDocument(value.toArray()).toJson(format));
    else
        text = QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact)).sliced(1).chopped(1);
    QString out;
    out.reserve(text.size());
    for (const QChar c : std::as_const(text)) {
        // Below 0x20 only the line breaks of the layout are left; surrogate pairs are judged as one below.
        if (c == u'\n' || !acts(c.unicode()) || c.isSurrogate())
            out += c;
        else
            out += u"\\u%1"_s.arg(uint(c.unicode()), 4, 16, QChar(u'0'));
    }
    return out.trimmed();
}

int cells(const QString &text)
{
    int sum = 0;
    for (const char32_t c : text.toUcs4())
        sum += cellsOf(c);
    return sum;
}

int terminalWidth()
{
    if (const int columns = qEnvironmentVariableIntValue("COLUMNS"); columns > 0)
        return columns;
    winsize size{};
    if (isatty(STDOUT_FILENO) == 0)
        return 0;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

bool wantsColour()
{
    return isatty(STDOUT_FILENO) != 0 && qEnvironmentVariableIsEmpty("NO_COLOR") && qEnvironmentVariable("TERM") != "dumb"_L1;
}

QString coloured(const QString &text, Colour colour, bool colours)
{
    if (!colours || colour == Colour::None)
        return text;
    const QString code = colour == Colour::Ok        ? u"32"_s
                         : colour == Colour::Warning ? u"33"_s
                         : colour == Colour::Failing ? u"31"_s
                                                     : u"2"_s;
    return u"\x1b["_s + code + u'm' + text + u"\x1b[0m"_s;
}

QString bars(const QList<double> &values, double low, double high)
{
    static const QString steps = u"▁▂▃▄▅▆▇█"_s;
    QString out;
    for (const double value : values) {
        if (std::isnan(value) || high <= low)
            out += u' ';
        else
            out += steps[std::clamp<qsizetype>(qsizetype((value - low) / (high - low) * double(steps.size())), 0, steps.size() - 1)];
    }
    return out;
}

void Table::add(const QStringList &row, Colour colour)
{
    QStringList clean;
    for (const QString &cell : row)
        clean << escaped(cell);
    m_rows << clean;
    m_colours << colour;
}

QString Table::text(int width, bool colours) const
{
    QList<int> widths;
    for (qsizetype c = 0; c < m_columns.size(); ++c) {
        int widest = cells(m_columns[c].title);
        for (const QStringList &row : m_rows)
            widest = std::max(widest, cells(row.value(c)));
        widths << widest;
    }
    // The widest of those that may shrink gives way, a cell at a time.
    const auto total = [&widths] { return std::accumulate(widths.cbegin(), widths.cend(), 0) + gap * (int(widths.size()) - 1); };
    while (width > 0 && total() > width) {
        qsizetype widest = -1;
        for (qsizetype c = 0; c < widths.size(); ++c) {
            // What somebody else has chosen is as long as they like: no column of theirs takes the place of all others.
            const int narrowest = m_columns[c].shrinks ? narrowestColumn : widestFixed;
            if (widths[c] > narrowest && (widest < 0 || widths[c] > widths[widest]))
                widest = c;
        }
        if (widest < 0)
            break;
        --widths[widest];
    }
    QString out;
    const auto line = [&](const QStringList &row, Colour colour, bool heading) {
        QString text;
        for (qsizetype c = 0; c < m_columns.size(); ++c) {
            const QString cell = cut(row.value(c), widths[c]);
            const QString fill(widths[c] - cells(cell), u' ');
            const bool last = c + 1 == m_columns.size();
            const QString shown = coloured(cell, heading ? Colour::Dim : c == 1 ? colour : Colour::None, colours);
            text += m_columns[c].right ? fill + shown : last ? shown : shown + fill;
            if (!last)
                text += QString(gap, u' ');
        }
        out += text + u'\n';
    };
    QStringList titles;
    for (const Column &column : m_columns)
        titles << column.title;
    line(titles, Colour::None, true);
    for (qsizetype r = 0; r < m_rows.size(); ++r)
        line(m_rows[r], m_colours[r], false);
    return out;
}

} // namespace muster::cli
