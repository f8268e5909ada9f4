// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Client
import Muster.Controls
import Muster.Frame

/// One device: who it is, how sure we are that it is alive, and how it does.
Page {
    id: page

    /// The tabs, in their order: Places whose components are DeviceTabs. The name of the first is empty.
    required property list<Place> tabs
    readonly property string deviceId: place.subject.split("/")[0]
    readonly property string tab: place.subject.split("/")[1] ?? ""
    readonly property string part: place.subject.slice(deviceId.length + tab.length + 2)
    readonly property int margin: compact ? Theme.space12 : Theme.space24
    readonly property bool here: watch.loading === States.Loading.Loaded || watch.device.id.length > 0
    readonly property list<Place> open: tabs.filter(one => desk.may(one.permission))
    readonly property int tabIndex: Math.max(0, open.findIndex(one => one.name === tab))
    /// The one that is shown, once it is there.
    property DeviceTab current: null
    /// What the tab can be set to has room beside the tabs.
    readonly property bool roomBeside: !compact && tabBar.contentWidth + beside.implicitWidth + Theme.space24 <= tabBar.width

    function show(index: int): void {
        const wrapped = (index + open.length) % open.length;
        if (wrapped !== tabIndex)
            desk.go("device/" + deviceId + (open[wrapped].name.length > 0 ? "/" + open[wrapped].name : ""));
    }

    whole: current !== null && current.whole

    // How the tab is set stands in the address of the page.
    Binding {
        page.place.query: page.open[page.tabIndex]?.query ?? ""
    }
    Keys.onEscapePressed: {
        if (page.current === null || !page.current.leave())
            page.desk.go("devices");
    }
    Keys.onPressed: event => {
        // Browsers keep Ctrl and these keys for their own tabs.
        const other = event.modifiers & (Qt.ControlModifier | Qt.AltModifier);
        if (event.key === Qt.Key_PageDown && other)
            page.show(page.tabIndex + 1);
        else if (event.key === Qt.Key_PageUp && other)
            page.show(page.tabIndex - 1);
        else
            return;
        event.accepted = true;
    }

    DeviceWatch {
        id: watch

        link: page.link
        deviceId: page.deviceId
        onForgetFailed: message => page.notice(Format.fill(qsTr("%1 was not forgotten: %2"), [page.deviceId, message]), true)
        onRebootAsked: error => page.notice(error.length === 0 ? qsTr("%1 restarts").arg(page.deviceId) : Format.fill(qsTr("%1 does not restart: %2"), [page.deviceId, error]), error.length > 0)
        onDeviceChanged: {
            if (forgotten)
                page.notice(qsTr("%1 is forgotten").arg(page.deviceId), false);
        }
    }
    Column {
        id: top

        anchors.left: parent.left
        anchors.leftMargin: page.margin
        y: Theme.low ? Theme.space4 : page.compact ? Theme.space12 : Theme.space24
        width: page.width - 2 * page.margin
        visible: page.here && !watch.forgotten && !page.whole
        spacing: page.compact ? Theme.space8 : Theme.space16

        DeviceHeader {
            width: parent.width
            device: watch.device
            now: page.clock.now
            compact: page.compact
            brief: page.height < Theme.lowBelow
            live: page.link.live
            mayForget: page.account.session.may("devices.manage")
            mayRename: page.account.session.may("devices.manage")
            mayDecide: page.account.session.may("approvals.decide")
            onBackRequested: page.desk.go("devices")
            mayCall: page.account.session.may("devices.call")
            mayReadCommands: page.account.session.may("commands.read")
            onTabRequested: name => page.desk.go("device/" + watch.device.id + "/" + name)
            onCommandsRequested: page.desk.goSet("commands", "device=" + encodeURIComponent(watch.device.id))
            onRenameRequested: renameDialog.open()
            onRenewTokenRequested: tokenDialogs.renew()
            onRevokeTokenRequested: tokenDialogs.revoke()
            onForgetRequested: forgetDialog.open()
            onRebootRequested: rebootDialog.open()
        }
        Banner {
            width: parent.width
            visible: watch.device.pendingKey
            failing: true
            glyph: Icons.shieldAlert
            text: qsTr("This device has come back with another key. Its accepted key goes on working until a person decides.")
            action: qsTr("Decide")
            onActionTriggered: page.desk.go("approvals/" + page.deviceId)
        }
        Item {
            width: parent.width
            height: tabBar.height

            Tabs {
                id: tabBar

                width: parent.width
                names: page.open.map(one => one.title)
                currentIndex: page.tabIndex
                onCurrentIndexChanged: page.show(currentIndex)
            }
            Loader {
                id: beside

                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                anchors.verticalCenterOffset: -Theme.space2
                visible: page.roomBeside
                sourceComponent: page.current?.beside ?? null
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

        Repeater {
            model: page.open

            Loader {
                id: loader

                required property Place modelData
                required property int index
                readonly property bool wanted: index === page.tabIndex

                anchors.fill: parent
                visible: wanted
                focus: wanted
                active: wanted || (modelData.keeps && item !== null)
                sourceComponent: modelData.component
                onLoaded: item.focus = true

                Binding {
                    loader.modelData.subject: page.deviceId
                    loader.modelData.part: loader.wanted ? page.part : ""
                    loader.modelData.shown: page.shown && loader.wanted
                }
                Binding {
                    when: loader.wanted
                    restoreMode: Binding.RestoreNone
                    target: page
                    property: "current"
                    value: loader.item
                }
                Binding {
                    target: loader.item
                    property: "device"
                    value: watch.device
                }
                Binding {
                    target: loader.item
                    property: "besideShown"
                    value: page.roomBeside
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
        title: watch.unknown ? qsTr("There is no such device") : qsTr("This device could not be read")
        text: watch.errorText
        action: watch.unknown ? qsTr("Back to the devices") : qsTr("Try again")
        otherAction: watch.unknown ? qsTr("Try again") : qsTr("Back to the devices")
        onActionTriggered: watch.unknown ? page.desk.go("devices") : watch.retry()
        onOtherActionTriggered: watch.unknown ? watch.retry() : page.desk.go("devices")
    }
    EmptyState {
        anchors.centerIn: parent
        width: parent.width
        visible: watch.forgotten
        glyph: Icons.trash2
        title: qsTr("This device is forgotten")
        text: watch.device.byToken ? qsTr("Its token and its history are gone. To have it back, make it a token under Add a device.") : qsTr("Its key and its history are gone. Should it come back, its key waits under Approvals again.")
        action: qsTr("Back to the devices")
        onActionTriggered: page.desk.go("devices")
    }
    RenameDialog {
        id: renameDialog

        device: watch.device
        link: page.link
        onRenamed: name => page.notice(Format.fill(qsTr("%1 is called %2"), [watch.device.id, name]), false)
        onClosed: page.forceActiveFocus()
    }
    TokenDialogs {
        id: tokenDialogs

        device: watch.device
        link: page.link
        onNotice: (text, failing) => page.notice(text, failing)
        onClosed: page.forceActiveFocus()
    }
    Dialog {
        id: rebootDialog

        title: qsTr("Restart %1?").arg(watch.device.name)
        text: qsTr("The machine starts anew in a few seconds: everything on it stops, and it is away for as long as that takes. Its health and its containers tell how it is when it comes back.")
        confirmText: qsTr("Restart")
        danger: true
        onConfirmed: watch.reboot()
        onClosed: page.forceActiveFocus()
    }
    Dialog {
        id: forgetDialog

        title: qsTr("Forget %1?").arg(watch.device.name)
        text: watch.device.byToken ? qsTr("Its token, its health history and its place in the list are removed, and its connection is closed. It cannot come back without a new token.") : qsTr("Its accepted key, its health history and its place in the list are removed, and its connection is closed. Should it come back, a person must accept its key again.")
        confirmText: qsTr("Forget")
        danger: true
        onConfirmed: watch.forget()
        onClosed: page.forceActiveFocus()
    }
}
