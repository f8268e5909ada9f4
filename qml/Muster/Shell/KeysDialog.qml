// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Controls
import Muster.Frame

/// What the keyboard does, on "?" or F1.
Dialog {
    id: dialog

    required property list<Place> places
    required property bool letterKeys

    readonly property var groups: [
        {
            "name": qsTr("Everywhere"),
            "keys": [["Ctrl K", qsTr("Search, go and act")], [places.length > 1 ? "Ctrl 1 … " + Math.min(9, places.length) : "Ctrl 1", qsTr("The pages")], ["Esc", qsTr("Back, or close")], ["Tab", qsTr("The next thing")], [letterKeys ? "?  F1" : "F1", qsTr("This list")]]
        },
        {
            "name": qsTr("Lists"),
            "keys": [["↑ ↓", qsTr("Through the rows")], ["Home End", qsTr("First and last")], ["Enter", qsTr("Open")], ["Space", qsTr("Choose a device")], ["Shift ↑ ↓", qsTr("Choose from here to there")], [letterKeys ? "/  Ctrl F" : "Ctrl F", qsTr("Find")]]
        },
        {
            "name": qsTr("Waiting keys"),
            "keys": letterKeys ? [["A", qsTr("Accept")], ["R", qsTr("Reject")], ["J K", qsTr("Next and previous")]] : []
        },
        {
            "name": qsTr("A device"),
            "keys": [["Alt PgUp PgDn", qsTr("The tabs")], ["Ctrl Enter", qsTr("Call the method")], ["F3", qsTr("Next match in a log")], ["Ctrl C", qsTr("Copy the chosen lines")]]
        }
    ]

    title: qsTr("Keys")
    text: letterKeys ? "" : qsTr("Single letters are turned off, in Settings.")
    confirmText: qsTr("Close")
    cancelText: ""

    Repeater {
        model: dialog.groups.filter(group => group.keys.length > 0)

        Column {
            id: group

            required property var modelData

            width: parent ? parent.width : 0
            topPadding: Theme.space4
            spacing: Theme.space4

            Label {
                text: group.modelData.name
                secondary: true
                font.weight: Font.Medium
                Accessible.role: Accessible.Heading
            }
            Repeater {
                model: group.modelData.keys

                Item {
                    id: line

                    required property var modelData

                    width: parent ? parent.width : 0
                    height: says.implicitHeight + Theme.space4
                    Accessible.role: Accessible.StaticText
                    Accessible.name: line.modelData[0] + ": " + line.modelData[1]

                    Label {
                        anchors.left: parent.left
                        width: Theme.factLabel - Theme.space8
                        text: line.modelData[0]
                        mono: true
                        Accessible.ignored: true
                    }
                    Label {
                        id: says

                        anchors.left: parent.left
                        anchors.leftMargin: Theme.factLabel
                        anchors.right: parent.right
                        wrapMode: Text.Wrap
                        text: line.modelData[1]
                        Accessible.ignored: true
                    }
                }
            }
        }
    }
}
