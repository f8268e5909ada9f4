// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic as Basic

/// A box to tick. `checked` is what its owner says: a click asks by `clicked`, and changes nothing itself.
Basic.AbstractButton {
    id: box

    property bool chosen: false
    property bool touch: Theme.touch

    implicitWidth: touch ? Theme.touchTarget : Theme.space24
    implicitHeight: touch ? Theme.touchTarget : Theme.space24
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.checkable: true
    Accessible.checked: chosen
    Keys.onReturnPressed: click()

    contentItem: Item {
        Rectangle {
            anchors.centerIn: parent
            width: Theme.icon
            height: Theme.icon
            radius: Theme.radiusSmall
            color: box.chosen ? Theme.accent : Theme.panel
            border.width: box.chosen ? 0 : Theme.hairline
            border.color: Theme.lineStrong

            Icon {
                anchors.centerIn: parent
                visible: box.chosen
                size: Theme.iconSmall
                text: Icons.check
                color: Theme.accentInk
            }
            FocusRing {
                radius: Theme.radiusSmall + Theme.focusRing
                shown: box.visualFocus
            }
        }
    }
}
