// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client
import Muster.Controls

/// One command of the list.
Item {
    id: row

    required property command command
    required property string commandId
    required property int index
    property real now: 0
    property bool compact: false
    property bool showWho: true
    property bool current: false
    property bool focused: false
    /// Where the texts begin.
    readonly property real lead: Theme.space16 + icon.width + Theme.space12 - Theme.space2

    signal chosen(string id)

    implicitHeight: compact ? Theme.cardTwoLines : Theme.commandRow
    Accessible.role: Accessible.Row
    Accessible.name: Format.fill(qsTr("%1 on %2, %3, asked by %4 %5. %6"), [command.method, command.deviceId, state.text, command.askedBy, age.text, command.outcome])
    Accessible.focusable: true
    Accessible.focused: focused
    Accessible.selected: current
    Accessible.onPressAction: row.chosen(row.commandId)

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
        y: Theme.space8 + Theme.space2
        text: CommandLook.glyph(row.command.state)
        color: CommandLook.ink(row.command.state)
    }
    Label {
        id: method

        anchors.left: icon.right
        anchors.leftMargin: Theme.space12 - Theme.space2
        anchors.verticalCenter: icon.verticalCenter
        width: Math.min(implicitWidth, (parent.width - row.lead - age.width - Theme.space24) * 0.6)
        mayElide: true
        text: row.command.method
        mono: true
        font.weight: Font.Medium
        Accessible.ignored: true
    }
    Label {
        anchors.left: method.right
        anchors.leftMargin: Theme.space12
        anchors.right: who.visible ? who.left : age.left
        anchors.rightMargin: Theme.space12
        anchors.verticalCenter: icon.verticalCenter
        mayElide: true
        text: row.command.isCall ? qsTr("%1 · call").arg(row.command.deviceId) : row.command.bulk.length > 0 ? qsTr("%1 · one of many").arg(row.command.deviceId) : row.command.deviceId
        Accessible.ignored: true
    }
    Label {
        id: who

        anchors.right: age.left
        anchors.rightMargin: Theme.space12
        anchors.verticalCenter: icon.verticalCenter
        visible: row.showWho
        width: Math.min(implicitWidth, Theme.columnWho)
        mayElide: true
        text: row.command.askedBy
        secondary: true
        Accessible.ignored: true
    }
    Age {
        id: age

        anchors.right: parent.right
        anchors.rightMargin: Theme.space16
        anchors.verticalCenter: icon.verticalCenter
        figures: true
        time: row.command.askedAt
        now: row.now
        secondary: true
        font.pixelSize: Theme.fontCaption
        Accessible.ignored: true
    }
    Label {
        id: state

        anchors.left: method.left
        y: Theme.space32 - Theme.space2
        width: Math.min(implicitWidth, row.width - row.lead - Theme.space16)
        mayElide: true
        // A phone has no column for who asked.
        text: row.compact ? Format.fill(qsTr("%1 · asked by %2"), [Format.commandState(row.command), row.command.askedBy]) : Format.commandState(row.command)
        color: CommandLook.ink(row.command.state)
        font.pixelSize: Theme.fontCaption
        font.weight: Font.Medium
        Accessible.ignored: true
    }
    Label {
        anchors.left: row.compact ? method.left : state.right
        anchors.leftMargin: row.compact ? 0 : Theme.space12
        anchors.right: parent.right
        anchors.rightMargin: Theme.space16
        y: row.compact ? Theme.space48 + Theme.space4 : state.y
        mayElide: true
        excerpt: true
        text: row.command.outcome
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
        // Below the texts, which show what they hide.
        z: -1
        hoverEnabled: true
        cursorShape: Qt.PointingHandCursor
        onClicked: row.chosen(row.commandId)
    }
}
