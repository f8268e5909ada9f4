// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client

/// One of several filters, of which one holds: a mark, a word, a count.
Basic.Button {
    id: chip

    property int count: -1
    property int presence: States.Presence.Online
    property int level: States.Level.Ok
    property bool marked: true
    /// Not `checked`, which a click would turn over by itself.
    property bool chosen: false
    property bool touch: Theme.touch

    implicitHeight: touch ? Theme.touchTarget : Theme.compactControlHeight
    implicitWidth: Math.max(implicitContentWidth + leftPadding + rightPadding, touch ? Theme.touchTarget : 0)
    leftPadding: Theme.space12 - Theme.space2
    rightPadding: leftPadding
    topPadding: 0
    bottomPadding: 0
    Accessible.role: Accessible.RadioButton
    Accessible.name: count >= 0 ? text + " " + Format.count(count) : text
    Accessible.checkable: true
    Accessible.checked: chosen
    Keys.onReturnPressed: click()

    contentItem: Item {
        implicitWidth: row.implicitWidth

        Row {
            id: row

            anchors.centerIn: parent
            spacing: Theme.space6

            StatusDot {
                anchors.verticalCenter: parent.verticalCenter
                visible: chip.marked
                presence: chip.presence
                level: chip.level
                Accessible.ignored: true
            }
            Label {
                anchors.verticalCenter: parent.verticalCenter
                text: chip.count >= 0 ? chip.text + " " + Format.count(chip.count) : chip.text
                color: chip.chosen ? Theme.accentText : Theme.textSecondary
                font.weight: chip.chosen ? Font.Medium : Font.Normal
                Accessible.ignored: true
            }
        }
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: chip.chosen ? Theme.accentPanel : chip.hovered ? Theme.panelRaised : Theme.panel
        border.width: Theme.hairline
        border.color: chip.chosen ? Theme.accent : Theme.line

        FocusRing {
            shown: chip.visualFocus
        }
    }
}
