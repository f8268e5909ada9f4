// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/values/ansitext.h"

#include <QColor>
#include <QList>

namespace muster {

/// What a terminal's colours become on a theme's ground: its own sixteen are the theme's, and what would not be read is made lighter or darker.
class LogColours
{
public:
    /// @param palette black, red, green, yellow, blue, magenta, cyan, white, and the bright ones
    LogColours(QList<QColor> palette, const QColor &text, const QColor &ground);

    struct Drawn
    {
        QColor ink;
        QColor ground; ///< invalid: none of its own
    };
    [[nodiscard]] Drawn drawn(const AnsiStyle &style) const;
    /// WCAG 2: 1 to 21.
    [[nodiscard]] static double contrast(const QColor &one, const QColor &other);
    /// `ink`, so far towards white or black that it can be read on `ground`.
    [[nodiscard]] static QColor readable(const QColor &ink, const QColor &ground);

private:
    [[nodiscard]] QColor colourOf(qint32 value, const QColor &otherwise) const;

    QList<QColor> m_palette;
    QColor m_text;
    QColor m_ground;
};

} // namespace muster
