// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Controls

/// How far back the charts reach.
Flow {
    id: chips

    required property HealthSeries series
    required property var ranges

    spacing: Theme.space4

    Repeater {
        model: chips.ranges

        FilterChip {
            required property var modelData

            text: modelData.name
            marked: false
            chosen: chips.series.rangeMs === modelData.ms && !chips.series.zoomed
            Accessible.name: qsTr("Show: %1").arg(text)
            onClicked: chips.series.rangeMs = modelData.ms
        }
    }
}
