// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls

/// How a device does: its charts, and the facts about it beside them.
FocusScope {
    id: tab

    required property Backend backend
    required property device device
    required property HealthSeries series
    required property bool compact
    required property var ranges
    required property bool showRanges
    readonly property bool sideBySide: width >= Theme.wideAbove - Theme.railWidth - 2 * Theme.space24

    Keys.onDownPressed: flick.contentY = Math.min(Math.max(0, flick.contentHeight - flick.height), flick.contentY + Theme.rowHeight)
    Keys.onUpPressed: flick.contentY = Math.max(0, flick.contentY - Theme.rowHeight)

    Flickable {
        id: flick

        anchors.fill: parent
        focus: true
        contentWidth: width
        contentHeight: body.y + body.height + (tab.compact ? Theme.space12 : Theme.space24)
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        Basic.ScrollBar.vertical: ScrollBar {}

        RangeChips {
            id: chips

            visible: tab.showRanges
            series: tab.series
            ranges: tab.ranges
        }
        Item {
            id: body

            y: chips.visible ? chips.height + Theme.space12 : 0
            width: parent.width
            height: tab.sideBySide ? Math.max(charts.height, side.height) : charts.height + Theme.space16 + side.height

            HealthCharts {
                id: charts

                width: tab.sideBySide ? parent.width - side.width - Theme.space16 : parent.width
                series: tab.series
                viewport: flick
                standsAt: body.y
                columns: tab.compact || width < 2 * Theme.sideColumn ? 1 : 2
            }
            DeviceSide {
                id: side

                x: tab.sideBySide ? parent.width - width : 0
                y: tab.sideBySide ? 0 : charts.height + Theme.space16
                width: tab.sideBySide ? Theme.sideColumn : parent.width
                device: tab.device
                now: tab.backend.now
                live: tab.backend.live
            }
        }
    }
}
