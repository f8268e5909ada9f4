// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic as Basic

/// A button that is only a glyph. `text` is what it does, for the tip and for screen readers.
Basic.Button {
    id: button

    property string glyph
    /// It is on: what it stands for holds now.
    property bool chosen: false
    property bool touch: Theme.touch

    implicitWidth: touch ? Theme.touchTarget : Theme.controlHeight
    implicitHeight: implicitWidth
    padding: 0
    horizontalPadding: 0
    opacity: enabled ? 1 : Theme.disabledOpacity
    Accessible.name: text
    Keys.onReturnPressed: click()
    Keys.onEnterPressed: click()

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            text: button.glyph
            color: button.chosen ? Theme.accentText : button.hovered && button.enabled ? Theme.text : Theme.textSecondary
        }
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: button.hovered || button.down ? Theme.panelRaised : "transparent"
        border.width: button.chosen ? Theme.hairline : 0
        border.color: Theme.accent

        FocusRing {
            shown: button.visualFocus
        }
    }
    Tip {
        // A finger that stays reads it too.
        visible: button.hovered || (button.touch && button.down)
        text: button.text
    }
}
