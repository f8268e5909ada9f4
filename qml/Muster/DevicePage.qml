// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls

/// One device: who it is, how sure we are that it is alive, and how it does.
FocusScope {
    id: page

    required property Backend backend
    required property bool compact
    required property string deviceId
    readonly property int margin: compact ? Theme.space12 : Theme.space24
    readonly property bool here: watch.loading === States.Loading.Loaded || watch.device.id.length > 0
    readonly property bool sideBySide: width >= Theme.wideAbove - Theme.railWidth
    property bool looked: false
    readonly property var ranges: [
        {
            "name": qsTr("Live"),
            "ms": 300000
        },
        {
            "name": qsTr("1 h"),
            "ms": 3600000
        },
        {
            "name": qsTr("24 h"),
            "ms": 86400000
        },
        {
            "name": qsTr("7 d"),
            "ms": 604800000
        },
        {
            "name": qsTr("90 d"),
            "ms": 7776000000
        }
    ]

    signal backRequested
    signal approvalsRequested
    signal notice(string text, bool failing)

    Keys.onEscapePressed: page.backRequested()
    Keys.onDownPressed: flick.contentY = Math.min(Math.max(0, flick.contentHeight - flick.height), flick.contentY + Theme.rowHeight)
    Keys.onUpPressed: flick.contentY = Math.max(0, flick.contentY - Theme.rowHeight)
    Keys.onPressed: event => {
        const digit = event.key - Qt.Key_1;
        if (event.modifiers === Qt.NoModifier && digit >= 0 && digit < page.ranges.length) {
            series.rangeMs = page.ranges[digit].ms;
            event.accepted = true;
        }
    }

    DeviceWatch {
        id: watch

        backend: page.backend
        deviceId: page.deviceId
        onForgetFailed: message => page.notice(qsTr("%1 was not forgotten: %2").arg(page.deviceId).arg(message), true)
        onDeviceChanged: {
            if (device.id.length > 0 && !page.looked) {
                page.looked = true;
                // A device that was accepted just now has no history: what moves is what there is to see.
                if (page.backend.now - device.acceptedAt < 2 * page.ranges[0].ms)
                    series.rangeMs = page.ranges[0].ms;
            }
            if (forgotten)
                page.notice(qsTr("%1 is forgotten").arg(page.deviceId), false);
        }
    }
    HealthSeries {
        id: series

        backend: page.backend
        deviceId: page.deviceId
    }

    Flickable {
        id: flick

        anchors.fill: parent
        focus: true
        visible: page.here && !watch.forgotten
        contentWidth: width
        contentHeight: column.height + 2 * page.margin
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        Basic.ScrollBar.vertical: ScrollBar {}

        Column {
            id: column

            x: page.margin
            y: page.compact ? Theme.space12 : Theme.space24
            width: flick.width - 2 * page.margin
            spacing: Theme.space16

            DeviceHeader {
                width: parent.width
                device: watch.device
                now: page.backend.now
                compact: page.compact
                live: page.backend.live
                mayForget: page.backend.session.may("devices.manage")
                onBackRequested: page.backRequested()
                onForgetRequested: forgetDialog.open()
            }
            Banner {
                width: parent.width
                visible: watch.device.pendingKey
                failing: true
                glyph: Icons.shieldAlert
                text: qsTr("This device has come back with another key. Its accepted key goes on working until a person decides.")
                action: qsTr("Decide")
                onActionTriggered: page.approvalsRequested()
            }
            Item {
                width: parent.width
                height: Math.max(tabs.height, rangeRow.height + Theme.space4)

                Tabs {
                    id: tabs

                    anchors.bottom: parent.bottom
                    width: parent.width
                    names: [qsTr("Health")]
                }
                Row {
                    id: rangeRow

                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    anchors.verticalCenterOffset: -Theme.space4
                    spacing: Theme.space4

                    Repeater {
                        model: page.ranges

                        FilterChip {
                            required property var modelData

                            text: modelData.name
                            marked: false
                            chosen: series.rangeMs === modelData.ms
                            Accessible.name: qsTr("Show: %1").arg(text)
                            onClicked: series.rangeMs = modelData.ms
                        }
                    }
                }
            }
            Item {
                id: body

                width: parent.width
                height: page.sideBySide ? Math.max(charts.height, side.height) : charts.height + Theme.space16 + side.height

                HealthCharts {
                    id: charts

                    width: page.sideBySide ? parent.width - side.width - Theme.space16 : parent.width
                    series: series
                    viewport: flick
                    standsAt: column.y + body.y
                    columns: page.compact || width < 2 * Theme.sideColumn ? 1 : 2
                }
                DeviceSide {
                    id: side

                    x: page.sideBySide ? parent.width - width : 0
                    y: page.sideBySide ? 0 : charts.height + Theme.space16
                    width: page.sideBySide ? Theme.sideColumn : parent.width
                    device: watch.device
                    now: page.backend.now
                    live: page.backend.live
                }
            }
        }
    }
    EmptyState {
        anchors.centerIn: parent
        width: parent.width
        visible: !page.here && watch.loading === States.Loading.Underway
        glyph: Icons.loaderCircle
        title: qsTr("Asking for %1").arg(page.deviceId)
    }
    EmptyState {
        anchors.centerIn: parent
        width: parent.width
        visible: !page.here && watch.loading === States.Loading.Failed
        glyph: Icons.circleAlert
        loud: true
        title: qsTr("This device could not be read")
        text: watch.errorText
        action: qsTr("Try again")
        onActionTriggered: {
            watch.retry();
            series.retry();
        }
    }
    EmptyState {
        anchors.centerIn: parent
        width: parent.width
        visible: watch.forgotten
        glyph: Icons.trash2
        title: qsTr("This device is forgotten")
        text: qsTr("Its key and its history are gone. Should it come back, its key waits under Approvals again.")
        action: qsTr("Back to the devices")
        onActionTriggered: page.backRequested()
    }
    Dialog {
        id: forgetDialog

        title: qsTr("Forget %1?").arg(watch.device.name)
        text: qsTr("Its accepted key, its health history and its place in the list are removed, and its connection is closed. Should it come back, a person must accept its key again.")
        confirmText: qsTr("Forget")
        danger: true
        onConfirmed: watch.forget()
        onClosed: page.forceActiveFocus()
    }
}
