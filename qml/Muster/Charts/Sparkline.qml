// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Shapes
import Muster.Controls

/// A small line without axes: what went on lately. NaN is a gap.
Item {
    id: spark

    property list<real> values
    property real low: 0
    property real high: 1000
    /// What it scrolls in.
    property Flickable viewport
    /// Where it stands in there.
    property real standsAt: 0
    readonly property list<point> points: Plot.even(values)
    readonly property real last: Math.max(1, values.length - 1)

    implicitWidth: Theme.sparklineWidth
    implicitHeight: Theme.sparklineHeight
    Accessible.ignored: true

    InView {
        id: inView

        item: spark
        viewport: spark.viewport
        standsAt: spark.standsAt
    }
    Shape {
        anchors.fill: parent
        visible: inView.holds
        preferredRendererType: Shape.CurveRenderer

        ShapePath {
            strokeColor: "transparent"
            fillColor: Theme.accentPanel

            PathMultiline {
                paths: Plot.areas(spark.points, Qt.size(spark.width, spark.height), 0, spark.last, spark.low, spark.high)
            }
        }
        ShapePath {
            strokeColor: Theme.accent
            strokeWidth: Theme.chartStroke
            fillColor: "transparent"
            joinStyle: ShapePath.RoundJoin
            capStyle: ShapePath.RoundCap

            PathMultiline {
                paths: Plot.lines(spark.points, Qt.size(spark.width, spark.height), 0, spark.last, spark.low, spark.high)
            }
        }
    }
}
