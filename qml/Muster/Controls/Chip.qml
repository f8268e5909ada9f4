// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

/// A word or two on a coloured ground.
Rectangle {
    id: chip

    enum Tone {
        Neutral,
        Ok,
        Warning,
        Failing,
        Accent
    }

    property alias text: label.text
    property int tone: Chip.Neutral
    /// A glyph of Icons before the text.
    property string glyph
    readonly property color ink: [Theme.textSecondary, Theme.okText, Theme.warningText, Theme.failingText, Theme.accentText][tone]

    /// What stands beside the text.
    readonly property real around: 2 * Theme.space12 - Theme.space4 + (glyph.length > 0 ? icon.width + row.spacing : 0)

    implicitWidth: label.implicitWidth + around
    implicitHeight: Theme.chipHeight - Theme.space2
    radius: height / 2
    color: [Theme.panelRaised, Theme.okPanel, Theme.warningPanel, Theme.failingPanel, Theme.accentPanel][tone]

    Row {
        id: row

        anchors.centerIn: parent
        spacing: Theme.space6

        Icon {
            id: icon

            anchors.verticalCenter: parent.verticalCenter
            visible: chip.glyph.length > 0
            size: Theme.iconSmall
            text: chip.glyph
            color: chip.ink
        }
        Label {
            id: label

            // Who gives it less room than it wants sees the beginning.
            width: chip.width < chip.implicitWidth ? chip.width - chip.around : implicitWidth
            anchors.verticalCenter: parent.verticalCenter
            mayElide: true
            color: chip.ink
            font.pixelSize: Theme.fontCaption
            font.weight: Font.Medium
        }
    }
}
