// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls

/// A glyph with a word below it, and how much waits there.
Basic.Button {
    id: tab

    required property string glyph
    property bool current: false
    property int badge: 0

    Accessible.role: Accessible.PageTab
    Accessible.name: badge > 0 ? Format.fill(qsTr("%1, %2 waiting"), [text, badge]) : text
    Accessible.selected: current
    Keys.onReturnPressed: click()

    contentItem: Column {
        topPadding: Theme.space2
        spacing: Theme.space4

        Item {
            anchors.horizontalCenter: parent.horizontalCenter
            width: Theme.iconLarge
            height: Theme.iconLarge - Theme.space2

            Icon {
                anchors.centerIn: parent
                size: Theme.space20
                text: tab.glyph
                color: tab.current ? Theme.accentText : Theme.textSecondary
            }
            Rectangle {
                anchors.left: parent.right
                anchors.leftMargin: -Theme.space4
                y: -Theme.space4
                visible: tab.badge > 0
                width: Math.max(height, count.implicitWidth + Theme.space8)
                height: Theme.space16
                radius: height / 2
                color: Theme.warningPanel

                Label {
                    id: count

                    anchors.centerIn: parent
                    text: Format.count(tab.badge)
                    color: Theme.warningText
                    strong: true
                    font.pixelSize: Theme.fontSmall
                    Accessible.ignored: true
                }
            }
        }
        Label {
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(implicitWidth, tab.width - Theme.space2)
            mayElide: true
            text: tab.text
            color: tab.current ? Theme.accentText : Theme.textSecondary
            font.pixelSize: Theme.fontSmall
            font.weight: tab.current ? Font.Medium : Font.Normal
            Accessible.ignored: true
        }
    }
    background: Item {
        FocusRing {
            anchors.margins: Theme.space4
            shown: tab.visualFocus
        }
    }
}
