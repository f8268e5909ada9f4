// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client
import Muster.Controls

/// One thing that happened.
Item {
    id: row

    required property historyEntry entry
    required property int index
    required property bool compact
    property bool open: false
    property bool focused: false
    /// It tells of a command, and may be followed there.
    property bool leads: false
    readonly property bool bad: entry.bad
    readonly property string kindWord: entry.kind === "event" ? qsTr("Event") : entry.kind === "presence" ? qsTr("Presence") : entry.kind === "key" ? (["made", "renewed", "revoked"].includes(entry.name) ? qsTr("Token") : qsTr("Key")) : entry.kind === "command" ? qsTr("Command") : entry.kind
    readonly property string who: entry.by.length > 0 ? qsTr("by %1").arg(entry.by) : entry.source
    readonly property string said: entry.text.length > 0 ? entry.text : entry.dataLine
    readonly property bool expandable: entry.dataText.length > 0
    /// Where what comes behind time and icon begins.
    readonly property real lead: Theme.space16 + time.width + Theme.space8 + icon.width + Theme.space8

    signal toggled(string id)
    signal commandRequested(string id)

    implicitHeight: head.height + (open ? opened.height + Theme.space12 : 0)
    Accessible.role: Accessible.ListItem
    Accessible.name: Format.fill(qsTr("%1, %2 %3. %4 %5"), [Format.clockTime(entry.time), kindWord, entry.name, said, row.who])
    Accessible.onPressAction: row.toggled(row.entry.id)

    Rectangle {
        anchors.fill: parent
        color: row.open ? Theme.panelRaised : mouse.containsMouse && row.expandable ? Theme.panelHover : "transparent"
    }
    Rectangle {
        width: Theme.focusRing
        height: parent.height
        visible: row.focused
        color: Theme.accent
    }
    Item {
        id: head

        width: parent.width
        height: row.compact ? Theme.cardTwoLines - Theme.space16 : Theme.historyRow

        Label {
            id: time

            anchors.left: parent.left
            anchors.leftMargin: Theme.space16
            y: row.compact ? Theme.space12 : (parent.height - height) / 2
            width: Theme.columnTime - Theme.space16
            figures: true
            text: Format.clockTime(row.entry.time)
            secondary: true
            Accessible.ignored: true
        }
        Icon {
            id: icon

            anchors.left: time.right
            anchors.leftMargin: Theme.space8
            anchors.verticalCenter: time.verticalCenter
            text: row.entry.kind === "event" ? Icons.zap : row.entry.kind === "presence" ? (row.entry.name === "offline" ? Icons.unplug : Icons.power) : row.entry.kind === "key" ? Icons.keyRound : row.entry.kind === "command" ? Icons.send : Icons.circleDashed
            color: row.bad ? Theme.failingText : Theme.textSecondary
        }
        Label {
            id: kind

            anchors.left: icon.right
            anchors.leftMargin: Theme.space8
            anchors.verticalCenter: time.verticalCenter
            width: Theme.columnTime
            visible: !row.compact
            text: row.kindWord
            secondary: true
            mayElide: true
            Accessible.ignored: true
        }
        Label {
            id: name

            anchors.left: row.compact ? icon.right : kind.right
            anchors.leftMargin: Theme.space8
            anchors.verticalCenter: time.verticalCenter
            // The text's own width is asked for in both: asked for the first time as a window widens, it would change under this binding.
            width: Math.min(implicitWidth, row.compact ? parent.width - row.lead - Theme.space16 : parent.width / 4)
            mayElide: true
            text: row.entry.name
            strong: true
            color: row.bad ? Theme.failingText : Theme.text
            Accessible.ignored: true
        }
        Label {
            anchors.left: row.compact ? icon.left : name.right
            anchors.leftMargin: row.compact ? 0 : Theme.space12
            anchors.right: row.compact ? parent.right : who.left
            anchors.rightMargin: row.compact ? Theme.space16 : Theme.space12
            y: row.compact ? time.y + time.height + Theme.space4 : (parent.height - height) / 2
            mayElide: true
            excerpt: true
            text: row.compact && row.who.length > 0 ? (row.said.length > 0 ? row.said + " · " + row.who : row.who) : row.said
            secondary: true
            Accessible.ignored: true
        }
        Label {
            id: who

            anchors.right: chevron.left
            anchors.rightMargin: Theme.space8
            anchors.verticalCenter: time.verticalCenter
            visible: !row.compact
            width: Math.min(implicitWidth, Theme.columnWho)
            mayElide: true
            text: row.who
            color: Theme.textTertiary
            font.pixelSize: Theme.fontCaption
            Accessible.ignored: true
        }
        Icon {
            id: chevron

            anchors.right: parent.right
            anchors.rightMargin: Theme.space12
            anchors.verticalCenter: time.verticalCenter
            visible: !row.compact
            size: Theme.iconSmall
            text: row.expandable ? (row.open ? Icons.chevronUp : Icons.chevronDown) : ""
            color: Theme.textTertiary
        }
        MouseArea {
            id: mouse

            anchors.fill: parent
            hoverEnabled: true
            onClicked: row.toggled(row.entry.id)
        }
    }
    Column {
        id: opened

        anchors.top: head.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: row.compact ? Theme.space16 : row.lead + kind.width + Theme.space8
        anchors.rightMargin: Theme.space16
        visible: row.open
        spacing: Theme.space8

        Label {
            width: parent.width
            wrapMode: Text.WrapAnywhere
            maximumLineCount: 60
            mayElide: true
            text: row.open ? row.entry.dataText : ""
            mono: true
        }
        Button {
            visible: row.leads
            glyph: Icons.send
            text: qsTr("To the command")
            onClicked: row.commandRequested(row.entry.command)
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.hairline
        color: Theme.line
    }
}
