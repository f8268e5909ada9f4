// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Charts
import Muster.Client
import Muster.Controls

/// One container in the list.
Item {
    id: row

    required property container container
    required property string containerId
    required property list<real> trend
    required property int loadingState
    required property int index
    property real now: 0
    property bool current: false
    property bool focused: false
    property bool figures: true
    readonly property bool busy: loadingState === States.Loading.Underway
    readonly property bool measured: container.cpu >= 0 || container.memory >= 0

    signal chosen(int row)

    implicitHeight: Theme.containerRow
    Accessible.role: Accessible.ListItem
    Accessible.name: Format.fill(qsTr("%1, %2, image %3"), [container.name, state.text, container.image]) + (usage.text.length > 0 ? ", " + usage.text : "")
    Accessible.focusable: true
    Accessible.focused: focused
    Accessible.selected: current
    Accessible.onPressAction: row.chosen(row.index)

    Rectangle {
        anchors.fill: parent
        anchors.leftMargin: Theme.hairline
        anchors.rightMargin: Theme.hairline
        color: row.current ? Theme.accentPanel : mouse.containsMouse ? Theme.panelHover : "transparent"
    }
    Rectangle {
        width: Theme.focusRing
        height: parent.height
        visible: row.focused
        color: Theme.accent
    }
    StatusDot {
        id: dot

        anchors.left: parent.left

        anchors.leftMargin: Theme.space16
        anchors.verticalCenter: name.verticalCenter
        presence: row.container.running || row.container.level !== States.Level.Unknown ? States.Presence.Online : States.Presence.Offline
        level: row.container.level
        Accessible.ignored: true
    }
    Label {
        id: name

        anchors.left: dot.right
        anchors.leftMargin: Theme.space8 + Theme.space2
        y: Theme.space12 + Theme.space2
        width: Math.min(implicitWidth, (parent.width - dot.width - Theme.space24) / 2)
        mayElide: true
        text: row.container.name
        strong: true
        Accessible.ignored: true
    }
    Label {
        id: state

        anchors.left: name.right
        anchors.leftMargin: Theme.space12
        anchors.right: parent.right
        anchors.rightMargin: Theme.space16
        anchors.baseline: name.baseline
        horizontalAlignment: Text.AlignRight
        mayElide: true
        text: row.busy ? qsTr("Asked the device…") : Format.containerState(row.container, row.now) + (row.container.restarts > 0 ? " · " + qsTr("%Ln restarts", "", row.container.restarts) : "")
        color: row.container.level === States.Level.Failing ? Theme.failingText : row.container.level === States.Level.Warning ? Theme.warningText : Theme.textSecondary
        font.pixelSize: Theme.fontCaption
        Accessible.ignored: true
    }
    Label {
        anchors.left: parent.left
        anchors.leftMargin: Theme.space16
        anchors.right: trendLine.visible ? trendLine.left : usage.left
        anchors.rightMargin: Theme.space12
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space12 + Theme.space2
        mayElide: true
        text: row.container.image
        mono: true
        secondary: true
        Accessible.ignored: true
    }
    Sparkline {
        id: trendLine

        anchors.right: usage.left
        anchors.rightMargin: Theme.space12
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space12
        visible: values.length > 2 && row.width > Theme.dialogWidth
        width: Theme.sparklineWidth / 2
        values: row.trend
        viewport: row.ListView.view
        standsAt: row.y + y
        // A container of a tenth of a processor should still show its ups and downs.
        high: Math.max(100, ...row.trend.filter(value => value === value))
    }
    Label {
        id: usage

        anchors.right: parent.right
        anchors.rightMargin: Theme.space16
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space12 + Theme.space2
        figures: true
        text: !row.figures || !row.container.running ? "" : row.measured ? Format.fill(qsTr("%1 · %2"), [Format.share(row.container.cpu), Format.bytes(row.container.memory)]) : qsTr("no figures")
        color: row.measured ? Theme.textSecondary : Theme.textTertiary
        font.pixelSize: Theme.fontCaption
        Accessible.ignored: true
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.hairline
        color: Theme.line
    }
    MouseArea {
        id: mouse

        anchors.fill: parent
        // Below the texts, which show what they hide.
        z: -1
        hoverEnabled: true
        cursorShape: Qt.PointingHandCursor
        onClicked: row.chosen(row.index)
    }
}
