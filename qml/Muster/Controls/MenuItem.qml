// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic as Basic

Basic.MenuItem {
    id: item

    property string glyph

    implicitHeight: Theme.touch ? Theme.touchTarget : Theme.controlHeight
    leftPadding: Theme.space8
    rightPadding: Theme.space8
    topPadding: 0
    bottomPadding: 0
    Accessible.name: text

    contentItem: Item {
        implicitWidth: label.implicitWidth + label.anchors.leftMargin + (icon.visible ? icon.width : 0)

        Icon {
            id: icon

            anchors.verticalCenter: parent.verticalCenter
            visible: item.glyph.length > 0
            text: item.glyph
        }
        Label {
            id: label

            anchors.left: icon.visible ? icon.right : parent.left
            anchors.leftMargin: icon.visible ? Theme.space8 : 0
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            mayElide: true
            text: item.text
            color: item.enabled ? Theme.text : Theme.textSecondary
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.radiusSmall
        color: item.highlighted ? Theme.panelRaised : "transparent"
    }
}
