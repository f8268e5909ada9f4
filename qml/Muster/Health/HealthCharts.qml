// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Charts
import Muster.Client
import Muster.Controls

/// The six charts of a device; pointing into one points into all.
Item {
    id: charts

    required property HealthSeries series
    property int columns: 2
    /// What the charts scroll in.
    property Flickable viewport
    property real standsAt: 0
    property real pointedAt: NaN
    property real draggedFrom: NaN
    property real draggedTo: NaN
    /// When the device was last heard of; 0: never.
    property real lastSeen: 0
    property real now: 0
    /// What the way back from a stretch is called: "24 h".
    property string rangeName
    /// Nothing is in this range, and something was before.
    readonly property bool away: series.loading === States.Loading.Loaded && series.count === 0 && !series.zoomed && lastSeen > 0 && lastSeen < series.from
    readonly property real chartWidth: (width - (columns - 1) * Theme.space16) / columns

    implicitHeight: grid.y + (grid.visible ? grid.height : away ? nothing.height : broken.height)

    Button {
        id: back

        readonly property list<string> ends: Plot.stretchTexts(charts.series.from, charts.series.to, charts.now)

        visible: charts.series.zoomed
        glyph: Icons.x
        text: Format.fill(qsTr("%1 to %2, back to %3"), [ends[0], ends[1], charts.rangeName])
        onClicked: charts.series.endZoom()
    }
    Grid {
        id: grid

        y: back.visible ? back.height + Theme.space12 : 0

        columns: charts.columns
        spacing: Theme.space16
        visible: charts.series.loading !== States.Loading.Failed && !charts.away

        component HealthChart: MeasureChart {
            width: charts.chartWidth
            series: charts.series
            pointedAt: charts.pointedAt
            draggedFrom: charts.draggedFrom
            draggedTo: charts.draggedTo
            viewport: charts.viewport
            standsAt: charts.standsAt + grid.y + y
            onPointed: moment => charts.pointedAt = moment
            onDragged: (from, to) => {
                charts.draggedFrom = from;
                charts.draggedTo = to;
            }
            onZoomRequested: (from, to) => charts.series.zoom(from, to)
        }

        HealthChart {
            title: qsTr("CPU")
            field: States.Measure.Cpu
            fixedHigh: 1000
        }
        HealthChart {
            title: qsTr("Memory")
            field: States.Measure.Memory
            fixedHigh: 1000
        }
        HealthChart {
            title: qsTr("Disk, fullest")
            field: States.Measure.Disk
            fixedHigh: 1000
        }
        HealthChart {
            title: qsTr("Temperature, warmest")
            field: States.Measure.Temperature
            leastHigh: 600
        }
        HealthChart {
            title: qsTr("Received")
            secondTitle: qsTr("Sent")
            field: States.Measure.NetworkIn
            secondField: States.Measure.NetworkOut
            leastHigh: 1000
        }
        HealthChart {
            title: qsTr("Load, one minute")
            field: States.Measure.Load
            leastHigh: 100
        }
    }
    Card {
        id: nothing

        y: grid.y
        width: parent.width
        height: past.implicitHeight
        visible: charts.away

        EmptyState {
            id: past

            anchors.fill: parent
            glyph: Icons.unplug
            title: qsTr("Last data %1").arg(Format.ago(charts.lastSeen, charts.now))
            text: qsTr("Nothing was measured since.")
            action: qsTr("Show the last hour with data")
            onActionTriggered: charts.series.zoom(charts.lastSeen - 3600000, charts.lastSeen)
        }
    }
    Card {
        id: broken

        y: grid.y
        width: parent.width
        height: empty.implicitHeight
        visible: charts.series.loading === States.Loading.Failed

        EmptyState {
            id: empty

            anchors.fill: parent
            glyph: Icons.circleAlert
            loud: true
            title: qsTr("The history could not be read")
            text: charts.series.errorText
            action: qsTr("Try again")
            onActionTriggered: charts.series.retry()
        }
    }
}
