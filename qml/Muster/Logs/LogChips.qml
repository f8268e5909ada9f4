// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls

/// Which lines of a log are shown: how grave, and of which containers.
Flow {
    id: chips

    required property LogModel log
    required property LogFilter filter
    required property bool compact

    /// These shall be read beside the first one.
    signal alsoRequested(names: list<string>)

    component Grade: FilterChip {
        required property int least

        /// What it is called where there is room for it.
        required property string name

        marked: least > 0
        Accessible.name: count >= 0 ? name + " " + Format.count(count) : name
        presence: States.Presence.Online
        chosen: chips.filter.leastLevel === least
        onClicked: chips.filter.leastLevel = least
    }

    spacing: Theme.space6

    Grade {
        least: States.LogLevel.Unknown
        name: qsTr("All lines")
        text: chips.compact ? qsTr("All") : name
    }
    Grade {
        least: States.LogLevel.Warning
        level: States.Level.Warning
        name: qsTr("Warnings and worse")
        text: chips.compact ? qsTr("Warnings") : name
        count: chips.log.warnings
    }
    Grade {
        least: States.LogLevel.Error
        level: States.Level.Failing
        name: qsTr("Errors")
        text: name
        count: chips.log.errors
    }
    Repeater {
        model: chips.log.containers.length > 1 ? chips.log.containers : []

        Row {
            id: one

            required property string modelData
            required property int index
            readonly property bool shown: !chips.filter.hidden.includes(modelData)

            Basic.AbstractButton {
                id: button

                height: Theme.touch ? Theme.touchTarget : Theme.compactControlHeight
                leftPadding: Theme.space8
                rightPadding: Theme.space8
                text: one.modelData
                Accessible.role: Accessible.CheckBox
                Accessible.name: qsTr("Show the lines of %1").arg(text)
                Accessible.checkable: true
                Accessible.checked: one.shown
                Keys.onReturnPressed: click()
                onClicked: chips.filter.hidden = one.shown ? [...chips.filter.hidden, one.modelData] : chips.filter.hidden.filter(name => name !== one.modelData)

                contentItem: Label {
                    verticalAlignment: Text.AlignVCenter
                    mono: true
                    text: button.text
                    color: one.shown ? Theme.series[chips.log.hueOf(one.modelData)] : Theme.textTertiary
                    font.strikeout: !one.shown
                    Accessible.ignored: true
                }
                background: Rectangle {
                    radius: Theme.radiusControl
                    color: button.hovered ? Theme.panelRaised : Theme.panel
                    border.width: Theme.hairline
                    border.color: one.shown ? Theme.lineStrong : Theme.line

                    FocusRing {
                        shown: button.visualFocus
                    }
                }
            }
            IconButton {
                anchors.verticalCenter: parent.verticalCenter
                visible: one.index > 0
                glyph: Icons.x
                text: qsTr("Read %1 no more").arg(one.modelData)
                onClicked: chips.alsoRequested(chips.log.also.filter(name => name !== one.modelData))
            }
        }
    }
}
