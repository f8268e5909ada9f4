// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/values/ansitext.h"

#include "client/values/jsontext.h"

#include <algorithm>
#include <array>

namespace muster {

namespace {

constexpr QChar escape(0x1B);
// Where a terminal would put tabs.
constexpr qsizetype tabWidth = 8;
// More spans than this in a line are a picture: the rest of it is drawn plainly.
constexpr qsizetype mostSpans = 100;

// The place after a string that ends with BEL or ST. Another escape breaks it off, as in xterm; one that nobody ends goes with its line.
qsizetype afterString(QStringView text, qsizetype from)
{
    for (qsizetype at = from; at < text.size(); ++at) {
        if (text[at] == QChar(0x07))
            return at + 1;
        if (text[at] == escape)
            return at + 1 < text.size() && text[at + 1] == u'\\' ? at + 2 : at;
    }
    return text.size();
}

// The place after the letter at `at`, which may take two characters.
qsizetype afterLetter(QStringView text, qsizetype at)
{
    if (at >= text.size())
        return text.size();
    return text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate() ? at + 2 : at + 1;
}

// The place after the escape sequence that begins at `at`.
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
    if (kind == u']' || kind == u'P' || kind == u'X' || kind == u'^' || kind == u'_')
        return afterString(text, i);
    // nF escapes: intermediates, then one more.
    if (kind.unicode() >= 0x20 && kind.unicode() <= 0x2F) {
        while (i < text.size() && text[i].unicode() >= 0x20 && text[i].unicode() <= 0x2F)
            ++i;
        return afterLetter(text, i);
    }
    return kind.isHighSurrogate() ? afterLetter(text, i - 1) : i;
}

qint32 rgb(int red, int green, int blue)
{
    const auto part = [](int value) { return std::clamp(value, 0, 255); };
    return AnsiStyle::direct | (part(red) << 16) | (part(green) << 8) | part(blue);
}

// The 256 colours of xterm: 16 of the palette, a cube of six steps each, 24 greys.
qint32 indexed(int number)
{
    if (number < 0 || number > 255)
        return AnsiStyle::none;
    if (number < 16)
        return number;
    if (number >= 232) {
        const int grey = 8 + (number - 232) * 10;
        return rgb(grey, grey, grey);
    }
    static constexpr std::array steps{0, 95, 135, 175, 215, 255};
    const int place = number - 16;
    return rgb(steps[size_t(place / 36)], steps[size_t(place / 6 % 6)], steps[size_t(place % 6)]);
}

int numberOf(QStringView text)
{
    bool good = false;
    const int number = text.toInt(&good);
    return good ? number : text.isEmpty() ? 0 : -1;
}

// The colour after 38 or 48: ";5;n", ";2;r;g;b", or the same in one parameter with colons, where a colour space may stand before the red.
qint32 extended(const QList<QStringView> &params, qsizetype &at)
{
    const QList<QStringView> inner = params[at].split(u':');
    if (inner.size() > 1) {
        if (numberOf(inner[1]) == 5 && inner.size() > 2)
            return indexed(numberOf(inner[2]));
        const qsizetype red = inner.size() > 5 ? 3 : 2;
        if (numberOf(inner[1]) == 2 && inner.size() > red + 2)
            return rgb(numberOf(inner[red]), numberOf(inner[red + 1]), numberOf(inner[red + 2]));
        return AnsiStyle::none;
    }
    if (at + 2 < params.size() && numberOf(params[at + 1]) == 5) {
        at += 2;
        return indexed(numberOf(params[at]));
    }
    if (at + 4 < params.size() && numberOf(params[at + 1]) == 2) {
        at += 4;
        return rgb(numberOf(params[at - 2]), numberOf(params[at - 1]), numberOf(params[at]));
    }
    at = params.size();
    return AnsiStyle::none;
}

// Takes the parameters of one SGR.
void apply(QStringView text, AnsiStyle &style)
{
    const QList<QStringView> params = text.split(u';');
    for (qsizetype i = 0; i < params.size(); ++i) {
        const qsizetype colon = params[i].indexOf(u':');
        const int code = numberOf(colon < 0 ? params[i] : params[i].first(colon));
        if (code >= 30 && code <= 37)
            style.ink = code - 30;
        else if (code >= 90 && code <= 97)
            style.ink = code - 90 + 8;
        else if (code >= 40 && code <= 47)
            style.ground = code - 40;
        else if (code >= 100 && code <= 107)
            style.ground = code - 100 + 8;
        switch (code) {
        case 0: style = {}; break;
        case 1: style.bold = true; break;
        case 2: style.faint = true; break;
        case 3: style.italic = true; break;
        case 4: style.underlined = params[i] != u"4:0"; break;
        case 7: style.inverse = true; break;
        case 9: style.struck = true; break;
        case 21: style.underlined = true; break;
        case 22: style.bold = style.faint = false; break;
        case 23: style.italic = false; break;
        case 24: style.underlined = false; break;
        case 27: style.inverse = false; break;
        case 29: style.struck = false; break;
        case 38: style.ink = extended(params, i); break;
        case 39: style.ink = AnsiStyle::none; break;
        case 48: style.ground = extended(params, i); break;
        case 49: style.ground = AnsiStyle::none; break;
        default: break;
        }
    }
}

// The parameters of an SGR; null: it is another sequence.
QStringView sgr(QStringView sequence)
{
    if (sequence.size() < 3 || sequence[1] != u'[' || sequence.back() != u'm')
        return {};
    const QStringView params = sequence.sliced(2).chopped(1);
    const bool plain = std::ranges::all_of(params, [](QChar c) { return (c >= u'0' && c <= u'9') || c == u';' || c == u':'; });
    // Empty is a reset, and not null.
    return plain ? params : QStringView();
}

} // namespace

AnsiText readAnsi(QStringView line, AnsiStyle &style)
{
    AnsiText out;
    out.text.reserve(line.size());
    qsizetype begun = 0;
    const auto endSpan = [&out, &begun, &style] {
        if (out.text.size() > begun && !style.isPlain() && out.spans.size() < mostSpans)
            out.spans << AnsiSpan{.start = begun, .length = out.text.size() - begun, .style = style};
        begun = out.text.size();
    };
    for (qsizetype i = 0; i < line.size();) {
        const QChar c = line[i];
        if (c == escape) {
            const qsizetype after = afterEscape(line, i);
            if (const QStringView params = sgr(line.sliced(i, after - i)); !params.isNull()) {
                endSpan();
                apply(params, style);
            }
            i = after;
            continue;
        }
        if (c == u'\t') {
            out.text.append(QString(tabWidth - out.text.size() % tabWidth, u' '));
        } else if (c == u'\n' || (c == u'\r' && i + 1 == line.size())) {
            // The end of a line, as some write it.
        } else if (c.isSurrogate()) {
            const qsizetype after = afterLetter(line, i);
            if (after == i + 2)
                out.text.append(line.sliced(i, 2));
            else
                out.text.append(QChar::ReplacementCharacter); // half a letter
            i = after;
            continue;
        } else {
            out.text.append(c);
        }
        ++i;
    }
    endSpan();
    out.text = jsontext::harmless(out.text); // letter for letter: the spans hold
    return out;
}

QString withoutEscapes(QStringView text)
{
    AnsiStyle style;
    return readAnsi(text, style).text;
}

} // namespace muster
