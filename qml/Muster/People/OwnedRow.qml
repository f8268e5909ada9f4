// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Controls

/// Something that somebody has, with the button that takes it away.
Item {
    id: row

    required property string glyph
    required property string title
    required property string about
    required property string action
    property string actionHint: action
    property bool enabledAction: true
    property bool lined: true
    /// How far its text stands from the edges.
    property int inset: Theme.space16

    signal triggered

    implicitHeight: Math.max(Theme.commandRow, button.implicitHeight + Theme.space8, texts.implicitHeight + Theme.space16)
    Accessible.role: Accessible.Row
    Accessible.name: title + ". " + about

    Icon {
        id: icon

        anchors.left: parent.left
        anchors.leftMargin: row.inset
        anchors.verticalCenter: parent.verticalCenter
        text: row.glyph
        color: Theme.textSecondary
    }
    Column {
        id: texts

        anchors.left: icon.right
        anchors.leftMargin: Theme.space12 - Theme.space2
        anchors.right: button.left
        anchors.rightMargin: Theme.space12
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space4

        Label {
            width: parent.width
            mayElide: true
            text: row.title
            font.weight: Font.Medium
            Accessible.ignored: true
        }
        Label {
            width: parent.width
            mayElide: true
            text: row.about
            secondary: true
            wrapMode: Text.Wrap
            maximumLineCount: 2
            font.pixelSize: Theme.fontCaption
            Accessible.ignored: true
        }
    }
    Button {
        id: button

        anchors.right: parent.right
        anchors.rightMargin: row.inset
        anchors.verticalCenter: parent.verticalCenter
        visible: row.action.length > 0
        width: visible ? implicitWidth : 0
        enabled: row.enabledAction
        text: row.action
        Accessible.name: row.actionHint
        onClicked: row.triggered()
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.hairline
        visible: row.lined
        color: Theme.line
    }
}
