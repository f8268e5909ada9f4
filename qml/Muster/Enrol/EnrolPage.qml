// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Controls
import Muster.Frame

/// Adds a device.
Page {
    id: page

    readonly property int margin: compact ? Theme.space12 : Theme.space24

    Keys.onEscapePressed: desk.go("devices")

    PageTitle {
        id: title

        anchors.left: parent.left
        anchors.right: back.left
        anchors.top: parent.top
        anchors.margins: page.margin
        anchors.topMargin: Theme.low ? 0 : page.compact ? Theme.space16 : Theme.space24
        height: Theme.low ? 0 : implicitHeight
        visible: !Theme.low
        text: qsTr("Add a device")
    }
    Button {
        id: back

        anchors.right: parent.right
        anchors.rightMargin: page.margin
        anchors.verticalCenter: Theme.low ? undefined : title.verticalCenter
        anchors.top: Theme.low ? parent.top : undefined
        anchors.topMargin: Theme.space4
        z: 1
        focus: true
        glyph: Icons.arrowLeft
        text: qsTr("Devices")
        onClicked: page.desk.go("devices")
    }
    FormFlickable {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: title.bottom
        anchors.bottom: parent.bottom
        anchors.topMargin: Theme.low ? back.height + Theme.space12 : Theme.space16
        contentHeight: cards.height + page.margin

        Column {
            id: cards

            anchors.left: parent.left
            anchors.leftMargin: page.margin
            width: Math.min(parent.width - 2 * page.margin, 2 * Theme.dialogWidth)
            spacing: Theme.space16

            Card {
                width: parent.width
                height: panel.height + 2 * page.margin

                EnrolPanel {
                    id: panel

                    anchors.left: parent.left
                    anchors.leftMargin: page.margin
                    y: page.margin
                    width: parent.width - 2 * page.margin
                    desk: page.desk
                    active: page.shown
                }
            }
            Card {
                width: parent.width
                height: tokenPanel.height + 2 * page.margin
                visible: tokenPanel.allowed

                TokenPanel {
                    id: tokenPanel

                    anchors.left: parent.left
                    anchors.leftMargin: page.margin
                    y: page.margin
                    width: parent.width - 2 * page.margin
                    desk: page.desk
                    active: page.shown
                }
            }
        }
    }
}
