// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Controls

/// How long a command may wait for its device.
Flow {
    id: chips

    property real withinMs: 86400000

    spacing: Theme.space4

    Repeater {
        model: [
            {
                "name": qsTr("1 hour"),
                "ms": 3600000
            },
            {
                "name": qsTr("1 day"),
                "ms": 86400000
            },
            {
                "name": qsTr("1 week"),
                "ms": 604800000
            }
        ]

        FilterChip {
            required property var modelData

            text: modelData.name
            marked: false
            chosen: chips.withinMs === modelData.ms
            Accessible.name: qsTr("It may wait for %1").arg(text)
            onClicked: chips.withinMs = modelData.ms
        }
    }
}
