// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Client
import Muster.Controls

/// One device: who it is, how sure we are that it is alive, and how it does.
FocusScope {
    id: page

    required property Backend backend
    required property bool compact
    required property string deviceId
    /// "" for Health, "containers", "methods" or "history".
    required property string tab
    required property CallsModel calls
    required property TextSaver saver
    readonly property int margin: compact ? Theme.space12 : Theme.space24
    readonly property bool here: watch.loading === States.Loading.Loaded || watch.device.id.length > 0
    readonly property list<string> tabKeys: ["", "containers", "methods", "history"]
    readonly property int tabIndex: Math.max(0, tabKeys.indexOf(tab))
    /// What is open below fills the page of a phone.
    readonly property bool whole: containers.whole || methods.whole
    /// The charts' ranges have room beside the tabs.
    readonly property bool rangesAbove: !compact && tabs.contentWidth + rangeChips.implicitWidth + Theme.space24 <= tabs.width
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
    signal commandRequested(string id)
    signal tabRequested(string tab)
    signal notice(string text, bool failing)

    function show(index: int): void {
        const wrapped = (index + tabKeys.length) % tabKeys.length;
        if (wrapped !== tabIndex)
            tabRequested(tabKeys[wrapped]);
    }

    Keys.onEscapePressed: page.backRequested()
    Keys.onPressed: event => {
        const digit = event.key - Qt.Key_1;
        if (event.modifiers === Qt.NoModifier && page.tabIndex === 0 && digit >= 0 && digit < page.ranges.length)
            series.rangeMs = page.ranges[digit].ms;
        else if (event.key === Qt.Key_PageDown && event.modifiers & Qt.ControlModifier)
            page.show(page.tabIndex + 1);
        else if (event.key === Qt.Key_PageUp && event.modifiers & Qt.ControlModifier)
            page.show(page.tabIndex - 1);
        else
            return;
        event.accepted = true;
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
        // A live stream costs the device something: only while somebody looks.
        deviceId: page.tabIndex === 0 ? page.deviceId : ""
    }

    Column {
        id: top

        x: page.margin
        y: Theme.low ? Theme.space4 : page.compact ? Theme.space12 : Theme.space24
        width: page.width - 2 * page.margin
        visible: page.here && !watch.forgotten && !page.whole
        spacing: page.compact ? Theme.space8 : Theme.space16

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
            height: tabs.height

            Tabs {
                id: tabs

                width: parent.width
                names: [qsTr("Health"), qsTr("Containers"), qsTr("Methods"), qsTr("History")]
                currentIndex: page.tabIndex
                onCurrentIndexChanged: page.show(currentIndex)
            }
            RangeChips {
                id: rangeChips

                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                anchors.verticalCenterOffset: -Theme.space2
                visible: page.tabIndex === 0 && page.rangesAbove
                series: series
                ranges: page.ranges
            }
        }
    }
    FocusScope {
        id: body

        // Of its own: a tab that comes takes the keyboard within this, and never from the bar above.
        focus: true

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: page.whole ? parent.top : top.bottom
        anchors.bottom: parent.bottom
        anchors.leftMargin: page.margin
        anchors.rightMargin: page.margin
        anchors.topMargin: page.whole || Theme.low ? Theme.space8 : page.compact ? Theme.space12 : Theme.space16
        anchors.bottomMargin: page.tabIndex === 0 ? 0 : page.compact ? Theme.space8 : Theme.space24
        visible: page.here && !watch.forgotten

        Loader {
            anchors.fill: parent
            active: page.tabIndex === 0
            focus: active
            sourceComponent: HealthTab {
                backend: page.backend
                device: watch.device
                series: series
                compact: page.compact
                ranges: page.ranges
                showRanges: !page.rangesAbove
                focus: true
            }
        }
        Loader {
            id: containers

            property bool whole: false

            anchors.fill: parent
            active: page.tabIndex === 1
            focus: active
            onActiveChanged: whole = whole && active
            sourceComponent: ContainersTab {
                backend: page.backend
                deviceId: page.deviceId
                compact: page.compact
                saver: page.saver
                focus: true
                onWholeChanged: containers.whole = whole
                onNotice: (text, failing) => page.notice(text, failing)
            }
        }
        Loader {
            id: methods

            property bool whole: false

            anchors.fill: parent
            active: page.tabIndex === 2
            focus: active
            onActiveChanged: whole = whole && active
            sourceComponent: MethodsTab {
                backend: page.backend
                device: watch.device
                calls: page.calls
                compact: page.compact
                focus: true
                onWholeChanged: methods.whole = whole
                onNotice: (text, failing) => page.notice(text, failing)
                onCommandRequested: id => page.commandRequested(id)
            }
        }
        Loader {
            anchors.fill: parent
            active: page.tabIndex === 3
            focus: active
            sourceComponent: HistoryTab {
                backend: page.backend
                deviceId: page.deviceId
                compact: page.compact
                focus: true
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
