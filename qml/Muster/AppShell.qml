// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Client
import Muster.Controls

/// Rail or bottom bar, top bar, and the page of the route between them.
FocusScope {
    id: shell

    required property Backend backend
    required property bool compact
    /// No room for the rail: the pages are named at the lower edge.
    required property bool narrow
    required property string route
    required property TextSaver saver
    required property CallsModel calls
    required property bool outdated
    readonly property string page: route.split("/")[0]
    readonly property string subject: route.slice(page.length + 1)
    /// The device that is or was looked at last: a page on its way out must not ask for another.
    property string deviceId
    property string deviceTab
    readonly property bool stale: backend.state === Backend.Reconnecting

    signal routeRequested(string route)
    signal reloadRequested

    onPageChanged: Qt.callLater(focusPage)
    onRouteChanged: takeRoute()
    Component.onCompleted: takeRoute()

    function takeRoute(): void {
        const parts = route.split("/");
        if (parts[0] !== "device")
            return;
        deviceId = parts[1] ?? "";
        deviceTab = parts[2] ?? "";
        calls.deviceId = deviceId;
    }

    function focusPage(): void {
        const loader = page === "approvals" ? approvals : page === "commands" ? commands : page === "device" ? device : devices;
        loader.forceActiveFocus();
        // Who comes back wants the list, not what they pressed last beside it.
        if (page === "devices")
            devices.listWanted();
    }

    Shortcut {
        sequences: ["Ctrl+K"]
        onActivated: palette.open()
    }
    Shortcut {
        sequences: ["Ctrl+1"]
        onActivated: shell.routeRequested("devices")
    }
    Shortcut {
        sequences: ["Ctrl+2"]
        onActivated: shell.routeRequested("approvals")
    }

    Shortcut {
        sequences: ["Ctrl+3"]
        enabled: shell.backend.session.may("commands.read")
        onActivated: shell.routeRequested("commands")
    }

    Rail {
        id: rail

        visible: !shell.narrow
        width: visible ? Theme.railWidth : 0
        height: parent.height
        backend: shell.backend
        page: shell.page
        onRouteRequested: route => shell.routeRequested(route)
    }
    TopBar {
        id: topBar

        anchors.left: rail.right
        anchors.right: parent.right
        backend: shell.backend
        compact: shell.compact
        onSearchRequested: palette.open()
    }
    Column {
        id: banners

        anchors.top: topBar.bottom
        anchors.left: rail.right
        anchors.right: parent.right
        anchors.leftMargin: shell.compact ? Theme.space12 : Theme.space24
        anchors.rightMargin: anchors.leftMargin
        topPadding: shell.stale || shell.outdated ? (shell.compact ? Theme.space8 : Theme.space12) : 0
        spacing: Theme.space8

        Banner {
            width: parent.width
            visible: shell.stale
            glyph: Icons.unplug
            action: qsTr("Try now")
            text: qsTr("Not live: this is how things stood at %1. %2.").arg(Format.wallTime(shell.backend.staleSince, shell.backend.now)).arg(shell.backend.trouble) + (shell.backend.nextAttemptAt > 0 ? " " + qsTr("Next try in %1.").arg(Format.span(Math.max(0, shell.backend.nextAttemptAt - shell.backend.now))) : "")
            onActionTriggered: shell.backend.retryNow()
        }
        OutdatedBanner {
            width: parent.width
            visible: shell.outdated
            onReloadRequested: shell.reloadRequested()
        }
    }
    Item {
        id: pages

        anchors.top: banners.bottom
        anchors.left: rail.right
        anchors.right: parent.right
        anchors.bottom: bottomBar.visible ? bottomBar.top : parent.bottom

        Loader {
            id: devices

            property bool wanted: shell.page === "devices"

            signal listWanted

            anchors.fill: parent
            visible: wanted
            focus: wanted
            // Kept once it was seen, so that the list stands where it was left.
            onWantedChanged: active = active || wanted
            active: false
            Component.onCompleted: active = wanted
            sourceComponent: DevicesPage {
                id: devicesPage

                backend: shell.backend
                compact: shell.compact
                shown: devices.wanted
                focus: true
                onOpenRequested: id => shell.routeRequested("device/" + id)
                onCommandsRequested: shell.routeRequested("commands")
                onNotice: (text, failing) => toasts.show(text, failing)

                Connections {
                    target: devices
                    function onListWanted(): void {
                        devicesPage.focusList();
                    }
                }
            }
        }
        Loader {
            id: device

            anchors.fill: parent
            active: shell.page === "device"
            focus: active
            sourceComponent: DevicePage {
                backend: shell.backend
                compact: shell.compact
                deviceId: shell.deviceId
                tab: shell.deviceTab
                calls: shell.calls
                saver: shell.saver
                focus: true
                onBackRequested: shell.routeRequested("devices")
                onApprovalsRequested: shell.routeRequested("approvals/" + deviceId)
                onTabRequested: tab => shell.routeRequested("device/" + deviceId + (tab.length > 0 ? "/" + tab : ""))
                onCommandRequested: id => shell.routeRequested("commands/" + id)
                onNotice: (text, failing) => toasts.show(text, failing)
            }
        }
        Loader {
            id: approvals

            anchors.fill: parent
            active: shell.page === "approvals"
            focus: active
            sourceComponent: ApprovalsPage {
                backend: shell.backend
                compact: shell.compact
                deviceId: shell.subject
                shortcutsEnabled: !palette.visible
                focus: true
                onNotice: (text, failing) => toasts.show(text, failing)
            }
        }
        Loader {
            id: commands

            anchors.fill: parent
            active: shell.page === "commands"
            focus: active
            sourceComponent: CommandsPage {
                backend: shell.backend
                compact: shell.compact
                commandId: shell.subject
                saver: shell.saver
                focus: true
                onDeviceRequested: id => shell.routeRequested("device/" + id)
                onNotice: (text, failing) => toasts.show(text, failing)
            }
        }
    }
    BottomBar {
        id: bottomBar

        anchors.bottom: parent.bottom
        width: parent.width
        visible: shell.narrow
        backend: shell.backend
        page: shell.page
        onRouteRequested: route => shell.routeRequested(route)
    }
    Toasts {
        id: toasts

        anchors.horizontalCenter: pages.horizontalCenter
        anchors.bottom: pages.bottom
        anchors.bottomMargin: Theme.space16
    }
    CommandPalette {
        id: palette

        backend: shell.backend
        compact: shell.compact
        onRouteRequested: route => shell.routeRequested(route)
        onClosed: shell.focusPage()
    }
}
