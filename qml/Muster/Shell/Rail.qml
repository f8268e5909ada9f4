// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Client
import Muster.Controls
import Muster.Frame

/// The pages, at the left edge of a wide window.
Rectangle {
    id: rail

    required property Desk desk
    readonly property Link link: desk.link
    readonly property Account account: desk.account
    readonly property FleetWatch fleet: desk.fleet
    required property list<Place> places
    /// Where the person is; null: nowhere.
    required property Place place

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

        anchors.left: parent.left
        anchors.leftMargin: Theme.space20
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
        anchors.left: parent.left
        anchors.leftMargin: Theme.space12
        width: parent.width - 2 * Theme.space12
        spacing: Theme.space2

        Repeater {
            model: rail.places

            RailItem {
                required property Place modelData

                width: parent.width
                glyph: modelData.glyph
                text: modelData.title
                badge: modelData.badge
                current: rail.place !== null && modelData.name === (rail.place.under || rail.place.name)
                onClicked: rail.desk.go(modelData.name)
            }
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
            text: rail.account.session.serverName.length > 0 ? rail.account.session.serverName : rail.link.serverAddress
            color: Theme.textTertiary
            font.pixelSize: Theme.fontCaption
        }
        Label {
            width: parent.width
            mayElide: true
            text: qsTr("%Ln devices", "", rail.fleet.counts.devices) + (rail.account.session.serverVersion.length > 0 ? " · v" + rail.account.session.serverVersion : "")
            color: Theme.textTertiary
            font.pixelSize: Theme.fontCaption
        }
    }
}
