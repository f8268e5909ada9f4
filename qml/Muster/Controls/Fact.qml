// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

/// A label and what it says, in a list of facts with lines between.
Item {
    id: fact

    property string label
    property string value
    property bool mono: false
    property color valueColor: Theme.text
    property int labelWidth: Theme.factLabel
    property bool compact: false
    property bool lined: true

    implicitHeight: Math.max(compact ? Theme.factRowCompact : Theme.factRow, valueLabel.implicitHeight + 2 * Theme.space6)
    Accessible.role: Accessible.StaticText
    Accessible.name: label + ": " + value

    Label {
        id: labelLabel

        y: valueLabel.y
        width: fact.labelWidth - Theme.space8
        text: fact.label
        secondary: true
        mayElide: true
        Accessible.ignored: true
    }
    Label {
        id: valueLabel

        anchors.left: parent.left
        anchors.leftMargin: fact.labelWidth
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        text: fact.value.length > 0 ? fact.value : "–"
        mono: fact.mono
        color: fact.valueColor
        mayElide: true
        maximumLineCount: 3
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.hairline
        visible: fact.lined
        color: Theme.line
    }
}
