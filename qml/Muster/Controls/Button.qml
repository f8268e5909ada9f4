// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic as Basic

Basic.Button {
    id: button

    /// The one thing that this screen is for.
    property bool primary: false
    /// Takes something away.
    property bool danger: false
    /// It is on: what it stands for holds now.
    property bool chosen: false
    /// A glyph of Icons, before the text.
    property string glyph
    /// As large as a finger needs it.
    property bool touch: Theme.touch

    readonly property color ink: !enabled && !primary ? Theme.textTertiary : primary ? Theme.accentInk : chosen ? Theme.accentText : danger ? Theme.failingText : Theme.text

    implicitHeight: touch ? Theme.touchTarget : Theme.controlHeight
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    leftPadding: Theme.space12
    rightPadding: Theme.space12
    topPadding: 0
    bottomPadding: 0
    opacity: enabled ? 1 : Theme.disabledOpacity
    Accessible.name: text
    Keys.onReturnPressed: click()
    Keys.onEnterPressed: click()

    contentItem: Item {
        implicitWidth: label.implicitWidth + (button.glyph.length > 0 ? icon.implicitWidth + row.spacing : 0)
        implicitHeight: row.implicitHeight

        Row {
            id: row

            anchors.centerIn: parent
            spacing: Theme.space8

            Icon {
                id: icon

                anchors.verticalCenter: parent.verticalCenter
                visible: button.glyph.length > 0
                text: button.glyph
                color: button.ink
            }
            Label {
                id: label

                anchors.verticalCenter: parent.verticalCenter
                // Whole where the button has its own width.
                width: Math.min(implicitWidth, Math.max(0, button.availableWidth - (button.glyph.length > 0 ? icon.width + row.spacing : 0)))
                mayElide: true
                text: button.text
                color: button.ink
                font.weight: Font.Medium
                Accessible.ignored: true
            }
        }
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: button.primary ? (button.hovered || button.down ? Theme.accentHover : Theme.accent) : button.hovered || button.down ? Theme.line : Theme.panelRaised
        border.width: button.primary ? 0 : Theme.hairline
        border.color: button.chosen ? Theme.accent : Theme.line

        FocusRing {
            shown: button.visualFocus
        }
    }
}
