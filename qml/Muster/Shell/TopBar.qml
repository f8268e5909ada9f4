// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls
import Muster.Frame

/// Search, the state of the connection, the theme, and who is signed in.
Rectangle {
    id: bar

    required property Desk desk
    readonly property Link link: desk.link
    readonly property Account account: desk.account
    readonly property bool compact: desk.compact

    signal searchRequested

    implicitHeight: compact ? Theme.topBarHeight + Theme.space4 : Theme.topBarHeight
    color: compact ? Theme.rail : "transparent"

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.hairline
        color: Theme.line
    }
    Basic.Button {
        id: search

        anchors.left: parent.left
        anchors.leftMargin: bar.compact ? Theme.space12 : Theme.space24
        anchors.verticalCenter: parent.verticalCenter
        visible: !bar.compact
        width: Math.min(Theme.searchWidth, bar.width - right.width - 2 * Theme.space24 - Theme.space12)
        height: Theme.touch ? Theme.touchTarget : Theme.controlHeight
        padding: 0
        horizontalPadding: 0
        text: width < Theme.searchWidth - Theme.space48 ? qsTr("Search") : qsTr("Search devices, or run a command")
        Accessible.name: text
        Accessible.role: Accessible.EditableText
        Keys.onReturnPressed: click()
        onClicked: bar.searchRequested()

        contentItem: Item {
            Icon {
                id: glass

                anchors.left: parent.left
                anchors.leftMargin: Theme.space12
                anchors.verticalCenter: parent.verticalCenter
                text: Icons.search
                color: Theme.textTertiary
            }
            Label {
                anchors.left: glass.right
                anchors.leftMargin: Theme.space8
                anchors.right: hint.left
                anchors.rightMargin: Theme.space8
                anchors.verticalCenter: parent.verticalCenter
                mayElide: true
                text: search.text
                color: Theme.textTertiary
                Accessible.ignored: true
            }
            Rectangle {
                id: hint

                anchors.right: parent.right
                anchors.rightMargin: Theme.space12
                anchors.verticalCenter: parent.verticalCenter
                width: keys.implicitWidth + Theme.space12
                height: Theme.space20
                radius: Theme.radiusSmall
                color: "transparent"
                border.width: Theme.hairline
                border.color: Theme.line

                Label {
                    id: keys

                    anchors.centerIn: parent
                    text: "Ctrl K"
                    color: Theme.textTertiary
                    font.pixelSize: Theme.fontSmall
                    Accessible.ignored: true
                }
            }
        }
        background: Rectangle {
            radius: Theme.radiusControl
            color: Theme.panel
            border.width: Theme.hairline
            border.color: search.hovered ? Theme.lineStrong : Theme.line

            FocusRing {
                shown: search.visualFocus
            }
        }
    }
    Label {
        id: server

        anchors.left: parent.left
        anchors.leftMargin: Theme.space16
        anchors.right: right.left
        anchors.rightMargin: Theme.space8
        anchors.verticalCenter: parent.verticalCenter
        // With large text on a phone there may be none.
        visible: bar.compact && width > Theme.space32
        mayElide: true
        text: bar.account.session.serverName.length > 0 ? bar.account.session.serverName : "Muster"
        strong: true
        font.pixelSize: Theme.fontLead
    }
    Row {
        id: right

        anchors.right: parent.right
        anchors.rightMargin: bar.compact ? Theme.space4 : Theme.space24
        anchors.verticalCenter: parent.verticalCenter
        spacing: bar.compact ? 0 : Theme.space8

        LivePill {
            id: pill

            anchors.verticalCenter: parent.verticalCenter
            link: bar.link
            // The name of the server is worth more.
            brief: bar.compact && server.implicitWidth + wholeWidth + 3 * Theme.touchTarget + Theme.space32 > bar.width
        }
        IconButton {
            anchors.verticalCenter: parent.verticalCenter
            visible: bar.compact
            touch: true
            glyph: Icons.search
            text: qsTr("Search")
            onClicked: bar.searchRequested()
        }
        IconButton {
            anchors.verticalCenter: parent.verticalCenter
            // It stands in Settings as well.
            visible: !bar.compact || bar.width >= 3 * Theme.touchTarget + pill.implicitWidth + Theme.nameMinimum / 2
            glyph: Theme.mode === Theme.System ? Icons.sunMoon : Theme.mode === Theme.Dark ? Icons.moon : Icons.sun
            text: Theme.mode === Theme.System ? qsTr("Theme: as the system") : Theme.mode === Theme.Dark ? qsTr("Theme: dark") : qsTr("Theme: light")
            onClicked: Theme.mode = Theme.mode === Theme.System ? (Theme.dark ? Theme.Light : Theme.Dark) : Theme.mode === Theme.Dark ? Theme.Light : Theme.System
        }
        UserMenu {
            anchors.verticalCenter: parent.verticalCenter
            desk: bar.desk
        }
    }
}
