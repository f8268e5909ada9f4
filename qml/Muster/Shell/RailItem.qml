// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls

Basic.Button {
    id: item

    property string glyph
    property int badge: 0
    property bool current: false

    implicitHeight: Theme.touch ? Theme.touchTarget : Theme.railItemHeight
    padding: 0
    horizontalPadding: 0
    Accessible.role: Accessible.PageTab
    Accessible.name: badge > 0 ? Format.fill(qsTr("%1, %2 waiting"), [text, String(badge)]) : text
    Accessible.selected: current
    Keys.onReturnPressed: click()

    contentItem: Item {
        Icon {
            id: icon

            anchors.left: parent.left
            anchors.leftMargin: Theme.space12 - Theme.space2
            anchors.verticalCenter: parent.verticalCenter
            text: item.glyph
            color: item.current ? Theme.text : Theme.textSecondary
        }
        Label {
            anchors.left: icon.right
            anchors.leftMargin: Theme.space12 - Theme.space2
            anchors.verticalCenter: parent.verticalCenter
            text: item.text
            color: item.current ? Theme.text : Theme.textSecondary
            font.weight: Font.Medium
            Accessible.ignored: true
        }
        Rectangle {
            anchors.right: parent.right
            anchors.rightMargin: Theme.space8
            anchors.verticalCenter: parent.verticalCenter
            visible: item.badge > 0
            width: Math.max(height, count.implicitWidth + Theme.space12)
            height: Theme.space20
            radius: height / 2
            color: Theme.warningPanel

            Label {
                id: count

                anchors.centerIn: parent
                text: Format.count(item.badge)
                color: Theme.warningText
                strong: true
                font.pixelSize: Theme.fontSmall
                Accessible.ignored: true
            }
        }
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: item.current ? Theme.panelRaised : item.hovered ? Theme.panelHover : "transparent"

        FocusRing {
            shown: item.visualFocus
        }
    }
}
