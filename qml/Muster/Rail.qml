// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client
import Muster.Controls

/// The pages, at the left edge of a wide window.
Rectangle {
    id: rail

    required property Backend backend
    required property string page

    signal routeRequested(string route)

    color: Theme.rail
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Pages")

    Rectangle {
        anchors.right: parent.right
        width: Theme.hairline
        height: parent.height
        color: Theme.line
    }
    Row {
        id: brand

        x: Theme.space20
        height: Theme.topBarHeight + Theme.space4
        spacing: Theme.space8

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.space20
            height: width
            radius: Theme.radiusSmall + 1
            color: Theme.accent

            Rectangle {
                anchors.centerIn: parent
                width: Theme.space12 - 1
                height: width
                radius: width / 2
                color: "transparent"
                border.width: Theme.focusRing
                border.color: Theme.accentInk
            }
        }
        Label {
            anchors.verticalCenter: parent.verticalCenter
            text: "Muster"
            strong: true
            font.pixelSize: Theme.fontLead
        }
    }
    Column {
        anchors.top: brand.bottom
        x: Theme.space12
        width: parent.width - 2 * Theme.space12
        spacing: Theme.space2

        RailItem {
            width: parent.width
            glyph: Icons.cpu
            text: qsTr("Devices")
            current: rail.page === "devices" || rail.page === "device"
            onClicked: rail.routeRequested("devices")
        }
        RailItem {
            width: parent.width
            glyph: Icons.keyRound
            text: qsTr("Approvals")
            badge: rail.backend.counts.approvals
            current: rail.page === "approvals"
            onClicked: rail.routeRequested("approvals")
        }
        RailItem {
            width: parent.width
            visible: rail.backend.session.may("commands.read")
            glyph: Icons.send
            text: qsTr("Commands")
            current: rail.page === "commands"
            onClicked: rail.routeRequested("commands")
        }
    }
    Column {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: Theme.space20
        spacing: Theme.space2

        Label {
            width: parent.width
            mayElide: true
            text: rail.backend.session.serverName.length > 0 ? rail.backend.session.serverName : rail.backend.serverAddress
            color: Theme.textTertiary
            font.pixelSize: Theme.fontCaption
        }
        Label {
            width: parent.width
            mayElide: true
            text: (rail.backend.counts.devices === 1 ? qsTr("1 device") : qsTr("%1 devices").arg(Format.count(rail.backend.counts.devices))) + (rail.backend.session.serverVersion.length > 0 ? " · v" + rail.backend.session.serverVersion : "")
            color: Theme.textTertiary
            font.pixelSize: Theme.fontCaption
        }
    }
}
