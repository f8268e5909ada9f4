// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls

/// A call or command in a short list: what, how it ended, when.
Basic.AbstractButton {
    id: past

    required property string method
    required property string words
    required property real time
    required property real now
    required property string glyph
    required property color ink

    implicitHeight: Theme.touch ? Theme.touchTarget : Theme.methodRow
    text: method
    Accessible.role: Accessible.Button
    Accessible.name: Format.fill(qsTr("%1, %2, %3"), [method, words, age.text])
    Keys.onReturnPressed: click()

    contentItem: Item {
        Icon {
            id: icon

            anchors.left: parent.left
            anchors.leftMargin: Theme.space4
            anchors.verticalCenter: parent.verticalCenter
            text: past.glyph
            color: past.ink
        }
        Label {
            id: name

            anchors.left: icon.right
            anchors.leftMargin: Theme.space8
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, parent.width / 2 - icon.width - Theme.space12)
            mayElide: true
            text: past.method
            mono: true
            Accessible.ignored: true
        }
        Label {
            anchors.left: name.right
            anchors.leftMargin: Theme.space12
            anchors.right: age.left
            anchors.rightMargin: Theme.space12
            anchors.verticalCenter: parent.verticalCenter
            mayElide: true
            excerpt: true
            text: past.words
            color: past.ink
            font.pixelSize: Theme.fontCaption
            Accessible.ignored: true
        }
        Age {
            id: age

            anchors.right: parent.right
            anchors.rightMargin: Theme.space4
            anchors.verticalCenter: parent.verticalCenter
            figures: true
            time: past.time
            now: past.now
            secondary: true
            font.pixelSize: Theme.fontCaption
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.radiusSmall
        color: past.hovered ? Theme.panelHover : "transparent"

        FocusRing {
            shown: past.visualFocus
        }
    }
}
