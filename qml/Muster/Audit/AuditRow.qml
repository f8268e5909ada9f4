// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client
import Muster.Controls

/// One entry of the audit.
Item {
    id: row

    required property auditEntry entry
    required property int index
    required property real now
    property bool compact: false
    property bool current: false
    property bool focused: false

    signal chosen(string id)

    implicitHeight: Theme.commandRow
    Accessible.role: Accessible.Row
    Accessible.name: Format.fill(qsTr("%1 by %2, %3. %4"), [what.text, row.entry.actor, when.text, row.entry.ok ? qsTr("Done") : row.entry.outcome])
    Accessible.focusable: true
    Accessible.focused: focused
    Accessible.selected: current
    Accessible.onPressAction: row.chosen(row.entry.id)

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
        anchors.verticalCenter: what.verticalCenter
        text: row.entry.ok ? Icons.check : Icons.ban
        color: row.entry.ok ? Theme.textSecondary : Theme.failingText
    }
    Label {
        id: what

        anchors.left: icon.right
        anchors.leftMargin: Theme.space12 - Theme.space2
        anchors.right: when.left
        anchors.rightMargin: Theme.space12
        y: Theme.space8
        mayElide: true
        text: row.entry.target.length > 0 ? Format.fill(qsTr("%1 · %2"), [row.entry.method, row.entry.target]) : row.entry.method
        font.weight: Font.Medium
        Accessible.ignored: true
    }
    Label {
        id: when

        anchors.right: parent.right
        anchors.rightMargin: Theme.space16
        anchors.baseline: what.baseline
        figures: true
        text: Format.wallTime(row.entry.time, row.now)
        secondary: true
        font.pixelSize: Theme.fontCaption
        Accessible.ignored: true
    }
    Label {
        id: who

        anchors.left: what.left
        y: Theme.space32 - Theme.space2
        width: Math.min(implicitWidth, (row.width - Theme.space16 - icon.width - Theme.space12) / 2)
        mayElide: true
        text: row.entry.address.length > 0 && !row.compact ? Format.fill(qsTr("%1 from %2"), [Format.isolated(row.entry.actor), Format.isolated(row.entry.address)]) : row.entry.actor
        secondary: true
        font.pixelSize: Theme.fontCaption
        Accessible.ignored: true
    }
    Label {
        anchors.left: who.right
        anchors.leftMargin: Theme.space12
        anchors.right: parent.right
        anchors.rightMargin: Theme.space16
        y: who.y
        visible: !row.entry.ok
        mayElide: true
        excerpt: true
        text: row.entry.outcome
        color: Theme.failingText
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
        onClicked: row.chosen(row.entry.id)
    }
}
