// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client
import Muster.Controls

/// One account of the list.
Item {
    id: row

    required property account entry
    required property int index
    required property real now
    property bool current: false
    property bool focused: false

    signal chosen(string user)

    implicitHeight: Theme.commandRow
    Accessible.role: Accessible.Row
    Accessible.name: Format.fill(qsTr("%1, %2. %3"), [entry.user, role.text, about.text])
    Accessible.focusable: true
    Accessible.focused: focused
    Accessible.selected: current
    Accessible.onPressAction: row.chosen(row.entry.user)

    Rectangle {
        anchors.fill: parent
        anchors.leftMargin: Theme.hairline
        anchors.rightMargin: Theme.hairline
        color: row.current ? Theme.accentPanel : mouse.containsMouse ? Theme.panelHover : "transparent"
    }
    Rectangle {
        width: Theme.focusRing
        height: parent.height
        visible: row.focused
        color: Theme.accent
    }
    Icon {
        id: icon

        anchors.left: parent.left
        anchors.leftMargin: Theme.space16
        anchors.verticalCenter: name.verticalCenter
        text: row.entry.role === "admin" ? Icons.shieldCheck : Icons.user
        color: Theme.textSecondary
    }
    Label {
        id: name

        anchors.left: icon.right
        anchors.leftMargin: Theme.space12 - Theme.space2
        anchors.right: role.left
        anchors.rightMargin: Theme.space12
        y: Theme.space8
        mayElide: true
        text: row.entry.user
        font.weight: Font.Medium
        Accessible.ignored: true
    }
    Chip {
        id: role

        anchors.right: parent.right
        anchors.rightMargin: Theme.space16
        anchors.verticalCenter: parent.verticalCenter
        text: RoleWords.of(row.entry.role)
        Accessible.ignored: true
    }
    Label {
        id: about

        anchors.left: name.left
        anchors.right: role.left
        anchors.rightMargin: Theme.space12
        y: Theme.space32 - Theme.space2
        mayElide: true
        excerpt: true
        text: [row.entry.hasPassword ? qsTr("Password") : qsTr("Links alone"), qsTr("%Ln sessions", "", row.entry.sessions), qsTr("%Ln API keys", "", row.entry.apiKeys)].join(" · ")
        secondary: true
        font.pixelSize: Theme.fontCaption
        Accessible.ignored: true
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.hairline
        color: Theme.line
    }
    MouseArea {
        id: mouse

        anchors.fill: parent
        hoverEnabled: true
        cursorShape: Qt.PointingHandCursor
        onClicked: row.chosen(row.entry.user)
    }
}
