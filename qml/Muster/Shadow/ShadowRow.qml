// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client
import Muster.Controls

/// A leaf of the state: what is wanted, what is reported, since when.
Item {
    id: row

    required property int index
    required property string name
    required property string desired
    required property string reported
    required property bool differs
    required property real since
    required property bool isSwitch
    required property bool isOn
    required property bool isWanted
    required property bool isOfAgent
    required property bool compact
    required property real now
    /// This person may say what is wanted.
    property bool may: false
    property bool focused: false
    readonly property string state: differs ? qsTr("differs") : isWanted ? qsTr("as wanted") : qsTr("reported")

    signal toggled(int index)
    signal editRequested(int index)

    implicitHeight: compact ? Theme.cardTwoLines - Theme.space16 : Theme.historyRow
    Accessible.role: Accessible.ListItem
    Accessible.name: Format.fill(qsTr("%1: wanted %2, reported %3, %4"), [name, desired.length > 0 ? desired : qsTr("nothing"), reported.length > 0 ? reported : qsTr("nothing"), state])
    Accessible.onPressAction: row.editRequested(row.index)

    Rectangle {
        anchors.fill: parent
        color: mouse.containsMouse && row.may && !row.isOfAgent ? Theme.panelHover : "transparent"
    }
    Rectangle {
        width: Theme.focusRing
        height: parent.height
        visible: row.focused
        color: Theme.accent
    }
    MouseArea {
        id: mouse

        anchors.fill: parent
        enabled: row.may && !row.isOfAgent
        hoverEnabled: true
        onClicked: row.editRequested(row.index)
    }
    Rectangle {
        id: dot

        anchors.left: parent.left
        anchors.leftMargin: Theme.space16
        anchors.verticalCenter: label.verticalCenter
        width: Theme.space8
        height: width
        radius: width / 2
        color: row.differs ? Theme.warning : row.isWanted ? Theme.ok : Theme.lineStrong
    }
    Label {
        id: label

        anchors.left: dot.right
        anchors.leftMargin: Theme.space12
        y: row.compact ? Theme.space12 : (parent.height - height) / 2
        width: row.compact ? tail.x - x - Theme.space8 : parent.width * 0.3
        mayElide: true
        text: row.name
        strong: true
        Accessible.ignored: true
    }
    Label {
        id: wanted

        anchors.left: row.compact ? dot.right : label.right
        anchors.leftMargin: Theme.space12
        y: row.compact ? label.y + label.height + Theme.space4 : (parent.height - height) / 2
        width: row.compact ? Math.min(implicitWidth, (tail.x - x - Theme.space8) / 2) : parent.width * 0.2
        mayElide: true
        mono: true
        text: row.isWanted ? row.desired : "–"
        color: row.differs ? Theme.warningText : Theme.text
        Accessible.ignored: true
    }
    Label {
        anchors.left: wanted.right
        anchors.leftMargin: Theme.space12
        y: wanted.y
        width: tail.x - x - Theme.space8
        mayElide: true
        mono: true
        text: row.compact && row.isWanted ? (row.differs ? "≠ " : "= ") + row.reported : row.reported.length > 0 ? row.reported : "–"
        secondary: true
        Accessible.ignored: true
    }
    Item {
        id: tail

        anchors.right: parent.right
        anchors.rightMargin: Theme.space16
        width: row.compact ? flip.width + Theme.space8 + age.width : Theme.columnTime + Theme.space8 + Theme.touchTarget
        height: parent.height

        Age {
            id: age

            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            width: row.compact ? Math.min(implicitWidth, Theme.columnTime) : Theme.columnTime
            mayElide: true
            visible: row.since > 0
            time: row.since
            now: row.now
            color: Theme.textTertiary
            font.pixelSize: Theme.fontCaption
        }
        CheckBox {
            id: flip

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            visible: row.isSwitch && row.may
            width: visible ? implicitWidth : 0
            focusPolicy: Qt.NoFocus
            text: row.name
            chosen: row.isOn
            onClicked: row.toggled(row.index)
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.hairline
        color: Theme.line
    }
}
