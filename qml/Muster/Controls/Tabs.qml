// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic

/// Tabs over a line, made from their names.
Basic.TabBar {
    id: tabs

    property list<string> names

    implicitHeight: Theme.touch ? Theme.touchTarget : Theme.rowHeight
    spacing: Theme.space20
    padding: 0
    horizontalPadding: 0

    background: Item {
        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.hairline
            color: Theme.line
        }
    }

    Repeater {
        model: tabs.names

        Basic.TabButton {
            id: tab

            required property string modelData
            required property int index

            width: implicitWidth
            implicitWidth: Math.max(label.implicitWidth, Theme.touch ? Theme.touchTarget : 0)
            implicitHeight: tabs.implicitHeight
            padding: 0
            horizontalPadding: 0
            text: modelData
            Accessible.name: text
            Keys.onReturnPressed: click()
            Keys.onEnterPressed: click()
            contentItem: Label {
                id: label

                text: tab.text
                color: tab.checked ? Theme.text : Theme.textSecondary
                font.weight: tab.checked ? Font.Medium : Font.Normal
                verticalAlignment: Text.AlignVCenter
                Accessible.ignored: true
            }
            background: Item {
                Rectangle {
                    anchors.bottom: parent.bottom
                    width: parent.width
                    height: Theme.focusRing
                    visible: tab.checked
                    color: Theme.accent
                }
                FocusRing {
                    shown: tab.visualFocus
                }
            }
        }
    }
}
