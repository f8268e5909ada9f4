// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

/// A glyph of the icon font, from Icons. Says nothing to a screen reader: the control around it does.
Text {
    property int size: Theme.icon

    width: size
    height: size
    textFormat: Text.PlainText
    color: Theme.textSecondary
    renderType: Text.NativeRendering
    horizontalAlignment: Text.AlignHCenter
    verticalAlignment: Text.AlignVCenter
    font.family: Theme.iconFamily
    font.pixelSize: size
    Accessible.ignored: true
}
