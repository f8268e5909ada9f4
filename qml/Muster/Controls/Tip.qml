// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic as Basic

/// A few words beside the pointer.
Basic.ToolTip {
    id: tip

    delay: Theme.toast / 10
    width: Math.min(implicitWidth, Theme.dialogWidth)
    contentItem: Label {
        text: tip.text
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontCaption
    }
    background: Rectangle {
        color: Theme.panelRaised
        radius: Theme.radiusSmall
        border.width: Theme.hairline
        border.color: Theme.line
    }
}
