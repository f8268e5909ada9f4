// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client

/// A label and what it says, in a list of facts with lines between.
Item {
    id: fact

    property string label
    property string value
    /// What is copied of it.
    property string whole: value
    /// When it was, for a value that says how long ago.
    property real time: 0
    /// People compare it, or type it elsewhere: the keyboard comes to it as well.
    property bool byKey: false
    property bool mono: false
    property color valueColor: Theme.text
    property int labelWidth: Theme.factLabel
    property bool compact: false
    property bool lined: true

    function copyWhole(): void {
        Clipboard.copy(whole);
        done.restart();
        Accessible.announce(qsTr("Copied"));
    }

    /// Large text on a phone leaves no room beside the label.
    readonly property bool stacked: width < 2 * labelWidth

    implicitHeight: stacked ? labelLabel.implicitHeight + valueLabel.implicitHeight + 2 * Theme.space6 : Math.max(compact ? Theme.factRowCompact : Theme.factRow, valueLabel.implicitHeight + 2 * Theme.space6, labelLabel.implicitHeight + 2 * Theme.space6)
    Accessible.role: Accessible.StaticText
    Accessible.name: label + ": " + value

    Label {
        id: labelLabel

        anchors.left: parent.left
        // Beside the first line of the value, unless it takes more lines itself.
        y: fact.stacked ? Theme.space6 : implicitHeight > valueLabel.implicitHeight ? (parent.height - implicitHeight) / 2 : valueLabel.y
        width: fact.stacked ? fact.width : fact.labelWidth - Theme.space8
        text: fact.label
        secondary: true
        mayElide: true
        wrapMode: Text.Wrap
        maximumLineCount: 2
        Accessible.ignored: true
    }
    Label {
        id: valueLabel

        anchors.left: parent.left
        anchors.leftMargin: fact.stacked ? 0 : fact.labelWidth
        anchors.right: copy.visible ? copy.left : parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: fact.stacked ? labelLabel.implicitHeight / 2 : 0
        tip: fact.time > 0 ? Format.fullTime(fact.time) : truncated ? fact.value : ""
        text: fact.value.length > 0 ? fact.value : "–"
        mono: fact.mono
        color: fact.valueColor
        mayElide: true
        maximumLineCount: 3
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
    HoverHandler {
        id: pointer
    }
    // A finger that stays copies it.
    TapHandler {
        acceptedDevices: PointerDevice.TouchScreen
        onLongPressed: fact.copyWhole()
    }
    IconButton {
        id: copy

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.space24
        height: Theme.space24
        // It has its room all the time: nothing moves when it shows.
        visible: (!Theme.touch || done.running) && fact.whole.length > 0
        opacity: pointer.hovered || visualFocus || done.running ? 1 : 0
        focusPolicy: fact.byKey ? Qt.TabFocus : Qt.NoFocus
        glyph: done.running ? Icons.check : Icons.copy
        text: done.running ? qsTr("Copied") : qsTr("Copy: %1").arg(fact.label)
        onClicked: fact.copyWhole()

        Timer {
            id: done

            interval: Theme.toast / 4
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.hairline
        visible: fact.lined
        color: Theme.line
    }
}
