// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPolygonF>
#include <QRectF>
#include <QStringList>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace muster::qml {

/// The geometry of lines and areas for QtQuick.Shapes: data in, polygons in pixels out. NaN breaks a line.
class Plot : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

public:
    using QObject::QObject;

    /// Evenly spaced values as points (0, v0), (1, v1), …
    Q_INVOKABLE static QList<QPointF> even(const QList<double> &values);
    /// The unbroken stretches (a single point is a short one) of `points` in the box `size`, with x running from..to and y low..high from bottom to top.
    Q_INVOKABLE static QList<QPolygonF> lines(const QList<QPointF> &points, QSizeF size, double from, double to, double low, double high);
    /// The same, each closed down to the bottom of the box.
    Q_INVOKABLE static QList<QPolygonF> areas(const QList<QPointF> &points, QSizeF size, double from, double to, double low, double high);
    /// The closed stretches between two lines of the same length.
    Q_INVOKABLE static QList<QPolygonF> bands(const QList<QPointF> &lower, const QList<QPointF> &upper, QSizeF size, double from, double to,
                                              double low, double high);
    /// The dashes of a line across the box at `value`; none where that is NaN or outside. Drawn as lines: not every renderer of shapes knows dashes.
    Q_INVOKABLE static QList<QPolygonF> dashes(double value, QSizeF size, double low, double high);
    /// A round number that is not below `value`, and whose half is round too: the top of an axis.
    Q_INVOKABLE static double ceiling(double value);
    /// Round moments within from..to in local time, about `count` of them, as milliseconds.
    Q_INVOKABLE static QList<double> moments(double from, double to, int count);
    /// A moment as the axis of a stretch of `range` ms shows it: the hour, and the day where a day begins.
    Q_INVOKABLE static QString momentText(double moment, double range);
    /// A moment that is pointed at in a chart of `range` that ends at `now`: "09:41:02", "Mon 9 Mar 09:41", "9 Mar 2026 09:41".
    Q_INVOKABLE [[nodiscard]] static QString pointText(double moment, double range, double now);
    /// From when to when a stretch is that ends at any time before `now`, each in no more words than it takes: "14:02" and "14:20",
    /// "Fri 13 Mar 22:00" and "Sat 14 Mar 02:00".
    Q_INVOKABLE [[nodiscard]] static QStringList stretchTexts(double from, double to, double now);
    Q_INVOKABLE static bool isNumber(double value);
};

} // namespace muster::qml
