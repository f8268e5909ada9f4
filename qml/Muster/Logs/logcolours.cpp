// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Logs/logcolours.h"

#include <algorithm>
#include <cmath>

namespace muster {

namespace {

// WCAG 2, level AA for text.
constexpr double leastContrast = 4.5;
constexpr int mixSteps = 20;
// Of what is faint, so much of the ink is left.
constexpr double faintShare = 0.7;

double linear(double part)
{
    return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &colour)
{
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

QColor mixed(const QColor &one, const QColor &other, double share)
{
    const auto part = [share](float a, float b) { return float(double(a) * (1 - share) + double(b) * share); };
    return QColor::fromRgbF(part(one.redF(), other.redF()), part(one.greenF(), other.greenF()), part(one.blueF(), other.blueF()));
}

} // namespace

LogColours::LogColours(QList<QColor> palette, const QColor &text, const QColor &ground)
    : m_palette(std::move(palette))
    , m_text(text)
    , m_ground(ground)
{
}

double LogColours::contrast(const QColor &one, const QColor &other)
{
    const double first = luminance(one);
    const double second = luminance(other);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

QColor LogColours::readable(const QColor &ink, const QColor &ground)
{
    const QColor towards = contrast(Qt::white, ground) >= contrast(Qt::black, ground) ? QColor(Qt::white) : QColor(Qt::black);
    for (int step = 0; step < mixSteps; ++step) {
        const QColor tried = mixed(ink, towards, double(step) / mixSteps);
        if (contrast(tried, ground) >= leastContrast)
            return tried;
    }
    return towards;
}

QColor LogColours::colourOf(qint32 value, const QColor &otherwise) const
{
    if (value == AnsiStyle::none)
        return otherwise;
    if (value & AnsiStyle::direct)
        return QColor::fromRgb(QRgb(value) & 0xFFFFFFU);
    return value < m_palette.size() ? m_palette[value] : otherwise;
}

LogColours::Drawn LogColours::drawn(const AnsiStyle &style) const
{
    // Bold and one of the eight was how terminals wrote the bright ones.
    const qint32 bright = style.bold && style.ink >= 0 && style.ink < 8 ? style.ink + 8 : style.ink;
    QColor ink = colourOf(bright, m_text);
    QColor ground = colourOf(style.ground, {});
    if (style.inverse) {
        const QColor former = ink;
        ink = ground.isValid() ? ground : m_ground;
        ground = former;
    }
    const QColor under = ground.isValid() ? ground : m_ground;
    if (style.faint)
        ink = mixed(ink, under, 1 - faintShare);
    return {.ink = readable(ink, under), .ground = ground};
}

} // namespace muster
