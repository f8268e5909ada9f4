// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic as Basic

Basic.TextField {
    id: field

    /// What the field is for, for screen readers.
    property string label
    /// Shown while nothing stands in the field. Qt's own placeholder would take a device's text for markup.
    property string hint
    property string glyph
    property bool touch: Theme.touch
    property bool wrong: false

    implicitHeight: touch ? Theme.touchTarget : Theme.controlHeight
    leftPadding: glyph.length > 0 ? Theme.space12 + Theme.icon + Theme.space8 : Theme.space12
    rightPadding: Theme.space12
    topPadding: 0
    bottomPadding: 0
    verticalAlignment: TextInput.AlignVCenter
    color: Theme.text
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentInk
    selectByMouse: true
    renderType: Text.NativeRendering
    font.family: Theme.family
    font.pixelSize: Theme.fontBody
    Accessible.name: label.length > 0 ? label : hint
    // Qt names no field that holds a password.
    Accessible.description: echoMode === TextInput.Password ? Accessible.name : ""

    background: Rectangle {
        radius: Theme.radiusControl
        color: Theme.panel
        border.width: field.activeFocus ? Theme.focusRing : Theme.hairline
        border.color: field.wrong ? Theme.failing : field.activeFocus ? Theme.accent : Theme.line

        Icon {
            anchors.left: parent.left
            anchors.leftMargin: Theme.space12
            anchors.verticalCenter: parent.verticalCenter
            visible: field.glyph.length > 0
            text: field.glyph
            color: Theme.textTertiary
        }
    }

    Hint {
        anchors.left: parent.left
        anchors.leftMargin: field.leftPadding
        width: field.width - field.leftPadding - field.rightPadding
        height: field.height
        visible: field.length === 0 && field.preeditText.length === 0
        text: field.hint
    }
}
