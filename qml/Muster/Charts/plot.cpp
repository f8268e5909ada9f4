// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Charts/plot.h"

#include "client/words/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace muster::qml {

namespace {

/// What lupdate knows the texts of this file by.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Plot)
};

constexpr double second = 1'000;
constexpr double minute = 60 * second;
constexpr double hour = 60 * minute;
constexpr double day = 24 * hour;
constexpr double dot = 1.5; // pixels
constexpr double dash = 4;  // pixels, and as much between two

struct Scale
{
    QSizeF size;
    double from;
    double to;
    double low;
    double high;

    [[nodiscard]] QPointF map(QPointF p) const
    {
        const double x = to > from ? (p.x() - from) / (to - from) : 0;
        const double y = high > low ? (p.y() - low) / (high - low) : 0;
        return {x * size.width(), size.height() * (1 - std::clamp(y, 0.0, 1.0))};
    }
};

} // namespace

QList<QPointF> Plot::even(const QList<double> &values)
{
    QList<QPointF> points;
    points.reserve(values.size());
    for (qsizetype i = 0; i < values.size(); ++i)
        points << QPointF(double(i), values[i]);
    return points;
}

QList<QPolygonF> Plot::lines(const QList<QPointF> &points, QSizeF size, double from, double to, double low, double high)
{
    const Scale scale{size, from, to, low, high};
    QList<QPolygonF> found;
    QPolygonF current;
    const auto end = [&found, &current] {
        // The first measurement of a new device stands alone: a dot.
        if (current.size() == 1)
            current = {current[0] - QPointF(dot, 0), current[0]};
        if (!current.isEmpty())
            found << std::exchange(current, {});
    };
    for (const QPointF &p : points) {
        if (std::isnan(p.y()) || p.x() < from || p.x() > to) {
            end();
            continue;
        }
        current << scale.map(p);
    }
    end();
    return found;
}

QList<QPolygonF> Plot::areas(const QList<QPointF> &points, QSizeF size, double from, double to, double low, double high)
{
    QList<QPolygonF> found = lines(points, size, from, to, low, high);
    for (QPolygonF &polygon : found) {
        const double first = polygon.first().x();
        polygon << QPointF(polygon.last().x(), size.height()) << QPointF(first, size.height()) << polygon.first();
    }
    return found;
}

QList<QPolygonF> Plot::bands(const QList<QPointF> &lower, const QList<QPointF> &upper, QSizeF size, double from, double to, double low,
                             double high)
{
    QList<QPolygonF> below = lines(lower, size, from, to, low, high);
    const QList<QPolygonF> above = lines(upper, size, from, to, low, high);
    if (below.size() != above.size())
        return {};
    for (qsizetype i = 0; i < below.size(); ++i) {
        std::for_each(above[i].crbegin(), above[i].crend(), [&polygon = below[i]](const QPointF &p) { polygon << p; });
        below[i] << below[i].first();
    }
    return below;
}

QList<QPolygonF> Plot::dashes(double value, QSizeF size, double low, double high)
{
    QList<QPolygonF> found;
    if (!(value >= low && value <= high))
        return found;
    // In the middle of a pixel, which keeps a thin line sharp.
    const double y = std::floor(Scale{size, 0, 1, low, high}.map({0, value}).y()) + 0.5;
    const int count = int(std::ceil(size.width() / (2 * dash)));
    for (int i = 0; i < count; ++i)
        found << QPolygonF{{i * 2 * dash, y}, {std::min(i * 2 * dash + dash, size.width()), y}};
    return found;
}

double Plot::ceiling(double value)
{
    if (!(value > 0))
        return 1;
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0}) {
        if (value <= step * power * (1 + 1e-9))
            return step * power;
    }
    return 10 * power;
}

QList<double> Plot::moments(double from, double to, int count)
{
    QList<double> found;
    if (!(to > from) || count < 1)
        return found;
    double step = 365 * day;
    for (const double candidate :
         {10 * second, 15 * second, 30 * second, minute,    2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour,
          2 * hour,    3 * hour,    6 * hour,    12 * hour, day,        2 * day,    7 * day,     14 * day,    30 * day,    90 * day}) {
        if ((to - from) / candidate <= count) {
            step = candidate;
            break;
        }
    }
    if (step >= day) {
        // Days begin at midnight, also those of 23 and of 25 hours.
        const int days = int(step / day);
        const QTimeZone zone = format::moment(qint64(from)).timeRepresentation();
        QDate date = format::moment(qint64(from)).date();
        date = date.addDays((days - date.toJulianDay() % days) % days);
        for (; date.startOfDay(zone).toMSecsSinceEpoch() <= qint64(to); date = date.addDays(days)) {
            if (const double at = double(date.startOfDay(zone).toMSecsSinceEpoch()); at >= from)
                found << at;
        }
        return found;
    }
    // Round by the clock on the wall, not by UTC: midnight is where people expect it.
    const double offset = format::moment(qint64(from)).offsetFromUtc() * 1000.0;
    const double first = std::ceil((from + offset) / step) * step - offset;
    const int fitting = first > to ? 0 : int((to - first) / step) + 1;
    for (int i = 0; i < fitting; ++i)
        found << first + i * step;
    return found;
}

QString Plot::momentText(double moment, double range)
{
    const QDateTime time = format::moment(qint64(moment));
    if (range > 10 * day)
        return format::locale().toString(time, Words::tr("d MMM", "QDateTime"));
    if (time.time() == QTime(0, 0))
        return format::locale().toString(time, Words::tr("ddd d", "QDateTime"));
    return time.toString(range < 4 * minute ? u"HH:mm:ss"_s : u"HH:mm"_s);
}

QStringList Plot::stretchTexts(double from, double to, double now)
{
    const QDateTime begin = format::moment(qint64(from));
    const QDateTime end = format::moment(qint64(to));
    const QDate today = format::moment(qint64(now)).date();
    const QLocale &locale = format::locale();
    const QString clock = to - from < 10 * minute ? u"HH:mm:ss"_s : u"HH:mm"_s;
    const QString dayForm =
        (begin.date().year() == today.year() ? Words::tr("ddd d MMM", "QDateTime") : Words::tr("d MMM yyyy", "QDateTime")) + u' ';
    if (begin.date() == end.date())
        return {locale.toString(begin, (begin.date() == today ? QString() : dayForm) + clock), end.toString(clock)};
    return {locale.toString(begin, dayForm + clock), locale.toString(end, dayForm + clock)};
}

QString Plot::pointText(double moment, double range, double now)
{
    const QDateTime time = format::moment(qint64(moment));
    // Hours are told apart by their day wherever the range has more than today in it.
    if (range <= day && time.date() == format::moment(qint64(now)).date())
        return time.toString(range <= 2 * hour ? u"HH:mm:ss"_s : u"HH:mm"_s);
    return format::locale().toString(time, range <= 10 * day ? Words::tr("ddd d MMM HH:mm", "QDateTime")
                                                             : Words::tr("d MMM yyyy HH:mm", "QDateTime"));
}

bool Plot::isNumber(double value)
{
    return std::isfinite(value);
}

} // namespace muster::qml
