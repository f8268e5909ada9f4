// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
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
    readonly property real chartWidth: (width - (columns - 1) * Theme.space16) / columns

    implicitHeight: grid.height

    Grid {
        id: grid

        columns: charts.columns
        spacing: Theme.space16
        visible: charts.series.loading !== States.Loading.Failed

        component HealthChart: MeasureChart {
            width: charts.chartWidth
            series: charts.series
            pointedAt: charts.pointedAt
            viewport: charts.viewport
            standsAt: charts.standsAt + y
            onPointed: moment => charts.pointedAt = moment
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
