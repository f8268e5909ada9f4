// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

/// What stands where there is nothing to show: why, and what to do about it.
FocusScope {
    id: empty

    property string glyph
    property string title
    property string text
    property string action
    /// Another way on; empty: there is none.
    property string otherAction
    property bool loud: false

    signal actionTriggered
    signal otherActionTriggered

    implicitHeight: column.implicitHeight + 2 * Theme.space48
    // In the middle of something that is lower than this, it scrolls.
    height: anchors.centerIn !== null ? Math.min(implicitHeight, anchors.centerIn.height) : implicitHeight
    Accessible.role: Accessible.Grouping
    Accessible.name: title + ". " + text

    Flickable {
        id: scroll

        anchors.fill: parent
        contentHeight: column.implicitHeight
        interactive: contentHeight > height
        clip: interactive
        boundsBehavior: Flickable.StopAtBounds

        Column {
            id: column

            anchors.horizontalCenter: parent.horizontalCenter
            y: Math.max(0, (scroll.height - height) / 2)
            width: Math.min(scroll.width - 2 * Theme.space24, Theme.dialogWidth)
            spacing: Theme.space8

            Icon {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: empty.glyph.length > 0
                size: Theme.iconHuge
                text: empty.glyph
                color: empty.loud ? Theme.failing : Theme.textTertiary
            }
            Label {
                width: parent.width
                topPadding: Theme.space8
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.Wrap
                text: empty.title
                strong: true
                font.pixelSize: Theme.fontLead
            }
            Label {
                width: parent.width
                visible: empty.text.length > 0
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.Wrap
                text: empty.text
                secondary: true
                lineHeight: 1.3
            }
            Item {
                width: 1
                height: Theme.space8
                visible: empty.action.length > 0
            }
            Button {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: empty.action.length > 0
                focus: true
                text: empty.action
                onClicked: empty.actionTriggered()
            }
            Button {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: empty.otherAction.length > 0
                text: empty.otherAction
                onClicked: empty.otherActionTriggered()
            }
        }
    }
}
