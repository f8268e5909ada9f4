// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client
import Muster.Controls

/// How far one call is that many devices got.
Card {
    id: card

    required property BulkWatch watch
    required property bool mayCall

    signal againRequested
    signal cancelRequested
    signal closeRequested

    readonly property int over: watch.done + watch.failures
    readonly property string says: Format.fill(qsTr("%1 of %2 done"), [Format.count(watch.done), Format.count(watch.total)])

    implicitHeight: column.implicitHeight + 2 * Theme.space12
    Accessible.role: Accessible.Grouping
    Accessible.name: Format.fill(qsTr("%1 on many devices: %2"), [watch.method, says])

    Column {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.space12
        spacing: Theme.space8

        Item {
            width: parent.width
            height: Math.max(method.implicitHeight, close.height)

            Label {
                id: method

                anchors.left: parent.left
                anchors.right: close.left
                anchors.rightMargin: Theme.space8
                anchors.verticalCenter: parent.verticalCenter
                mayElide: true
                text: card.watch.method
                mono: true
                font.weight: Font.Medium
            }
            IconButton {
                id: close

                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                glyph: Icons.x
                text: qsTr("Show all commands")
                onClicked: card.closeRequested()
            }
        }
        Rectangle {
            width: parent.width
            height: Theme.space6
            radius: height / 2
            color: Theme.panelRaised
            Accessible.role: Accessible.ProgressBar
            Accessible.name: card.says

            Row {
                anchors.left: parent.left
                height: parent.height

                Rectangle {
                    width: card.watch.total > 0 ? column.width * card.watch.done / card.watch.total : 0
                    height: parent.height
                    radius: height / 2
                    color: Theme.ok
                }
                Rectangle {
                    width: card.watch.total > 0 ? column.width * card.watch.failures / card.watch.total : 0
                    height: parent.height
                    radius: height / 2
                    color: Theme.failing
                }
            }
        }
        Flow {
            width: parent.width
            spacing: Theme.space12

            Label {
                height: again.height
                verticalAlignment: Text.AlignVCenter
                text: card.watch.errorText.length > 0 ? card.watch.errorText : card.says
            }
            Label {
                height: again.height
                verticalAlignment: Text.AlignVCenter
                visible: card.watch.failures > 0
                text: qsTr("%Ln failed", "", card.watch.failures)
                color: Theme.failingText
            }
            Label {
                height: again.height
                verticalAlignment: Text.AlignVCenter
                visible: card.watch.open > card.watch.waiting
                text: qsTr("%Ln on their way", "", card.watch.open - card.watch.waiting)
                secondary: true
            }
            Label {
                height: again.height
                verticalAlignment: Text.AlignVCenter
                visible: card.watch.waiting > 0
                text: qsTr("%Ln waiting for their device", "", card.watch.waiting)
                secondary: true
            }
            Label {
                height: again.height
                verticalAlignment: Text.AlignVCenter
                visible: card.watch.takenBack > 0
                text: qsTr("%Ln taken back", "", card.watch.takenBack)
                secondary: true
            }
            Button {
                id: again

                visible: card.mayCall && card.watch.failures > 0
                enabled: !card.watch.busy
                glyph: Icons.refreshCw
                text: qsTr("Again for those…")
                onClicked: card.againRequested()
            }
            Button {
                visible: card.mayCall && card.watch.waiting > 0
                enabled: !card.watch.busy
                glyph: Icons.ban
                text: qsTr("Cancel the rest…")
                onClicked: card.cancelRequested()
            }
        }
    }
}
