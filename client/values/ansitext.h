// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringView>

namespace muster {

/// How a terminal would draw a letter (ECMA-48 SGR). Hiding and blinking are left out: what a program wrote is to be read.
struct AnsiStyle
{
    static constexpr qint32 none = -1;
    static constexpr qint32 direct = 0x1000000; ///< set in a colour that is 0xRRGGBB; else it is one of the 16 of the palette

    qint32 ink = none;
    qint32 ground = none;
    bool bold = false;
    bool faint = false;
    bool italic = false;
    bool underlined = false;
    bool struck = false;
    bool inverse = false;

    [[nodiscard]] bool isPlain() const { return *this == AnsiStyle(); }
    [[nodiscard]] bool operator==(const AnsiStyle &other) const = default;
};

/// A stretch of a text that is drawn in a style of its own.
struct AnsiSpan
{
    qsizetype start = 0;
    qsizetype length = 0;
    AnsiStyle style;

    [[nodiscard]] bool operator==(const AnsiSpan &other) const = default;
};

/// A line without its escapes, fit to be shown, copied and searched; and where its looks differ.
struct AnsiText
{
    QString text;
    QList<AnsiSpan> spans; ///< in order, apart from each other, none of them plain
};

/// Reads one line of what was meant for a terminal. Looks are kept; the other escapes (cursor, titles, links) are taken out, one that the
/// line does not end with it; other control characters and marks of direction become visible stand-ins.
/// @param style what holds where the line begins, and after it where it ends
[[nodiscard]] AnsiText readAnsi(QStringView line, AnsiStyle &style);
/// The text alone, of a line that stands alone.
[[nodiscard]] QString withoutEscapes(QStringView text);

} // namespace muster
