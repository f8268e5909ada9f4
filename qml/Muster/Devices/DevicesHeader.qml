// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Controls

/// The names of the table's columns; a click sorts.
Item {
    id: header

    required property string sort
    /// Room before the first column, as in the rows.
    property real lead: 0
    required property bool showAge
    required property bool showFigures
    required property bool showTrend
    required property bool showVersion
    required property bool showSpeaks
    readonly property bool descending: sort.startsWith("-")
    readonly property string key: descending ? sort.slice(1) : sort

    signal sortRequested(string sort)

    component Column: Basic.Button {
        id: column

        property string sortKey
        /// Figures are looked at from the largest down.
        property bool largestFirst: false
        readonly property bool current: sortKey.length > 0 && header.key === sortKey

        height: header.height
        padding: 0
        horizontalPadding: 0
        enabled: sortKey.length > 0
        focusPolicy: enabled ? Qt.TabFocus : Qt.NoFocus
        Accessible.role: Accessible.ColumnHeader
        Accessible.name: current ? (header.descending ? qsTr("%1, largest first").arg(text) : qsTr("%1, smallest first").arg(text)) : text
        Keys.onReturnPressed: click()
        onClicked: header.sortRequested(current ? (header.descending ? sortKey : "-" + sortKey) : largestFirst ? "-" + sortKey : sortKey)

        contentItem: Item {
            Label {
                id: label

                anchors.verticalCenter: parent.verticalCenter
                text: column.text
                color: column.current || column.hovered ? Theme.text : Theme.textSecondary
                font.pixelSize: Theme.fontCaption
                font.weight: Font.Medium
                Accessible.ignored: true
            }
            Icon {
                anchors.left: label.right
                anchors.leftMargin: Theme.space4
                anchors.verticalCenter: parent.verticalCenter
                visible: column.current
                size: Theme.iconSmall
                text: header.descending ? Icons.arrowDown : Icons.arrowUp
                color: Theme.text
            }
        }
        background: Item {
            FocusRing {
                anchors.leftMargin: -Theme.space6
                shown: column.visualFocus
            }
        }
    }

    Row {
        anchors.fill: parent
        anchors.leftMargin: header.lead + Theme.columnMark + Theme.space12

        Column {
            width: header.width - header.lead - Theme.columnMark - Theme.space12 - Theme.columnState - (header.showAge ? Theme.columnAge : 0) - (header.showFigures ? 2 * Theme.columnFigure : 0) - (header.showTrend ? Theme.columnTrend : 0) - (header.showVersion ? Theme.columnVersion : 0) - (header.showSpeaks ? Theme.columnSpeaks : 0)
            text: qsTr("Name")
            sortKey: "name"
        }
        Column {
            width: Theme.columnState
            text: qsTr("State")
            sortKey: "state"
        }
        Column {
            width: Theme.columnSpeaks
            visible: header.showSpeaks
            text: qsTr("Speaks")
        }
        Column {
            width: Theme.columnTrend
            visible: header.showTrend
            text: qsTr("CPU, last hour")
            sortKey: "cpu"
            largestFirst: true
        }
        Column {
            width: Theme.columnFigure
            visible: header.showFigures
            text: qsTr("Memory")
            sortKey: "memory"
            largestFirst: true
        }
        Column {
            width: Theme.columnFigure
            visible: header.showFigures
            text: qsTr("Disk")
            sortKey: "disk"
            largestFirst: true
        }
        Column {
            width: Theme.columnVersion
            visible: header.showVersion
            text: qsTr("Version")
        }
        Column {
            width: Theme.columnAge
            visible: header.showAge
            text: qsTr("Last evidence")
            sortKey: "evidence"
            largestFirst: true
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.hairline
        color: Theme.line
    }
}
