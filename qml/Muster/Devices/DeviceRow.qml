// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Charts
import Muster.Client
import Muster.Controls

/// One device in the table.
Item {
    id: row

    required property device device
    required property string deviceId
    required property int loadingState
    required property int index
    required property bool chosen
    /// Something can be done with several: a box to tick stands before the mark.
    property bool choosable: false
    /// Room for that box.
    property real lead: 0
    /// Somebody is choosing: the boxes show without a pointer.
    property bool choosing: false
    property real now: 0
    property bool current: false
    property bool focused: false
    property bool showAge: true
    property bool showFigures: true
    property bool showTrend: true
    property bool showVersion: true
    property bool showSpeaks: true
    readonly property bool here: loadingState === States.Loading.Loaded
    readonly property bool online: device.presence === States.Presence.Online
    readonly property color stateInk: !online ? Theme.textTertiary : device.level === States.Level.Failing ? Theme.failingText : device.level === States.Level.Warning ? Theme.warningText : Theme.textSecondary

    signal openRequested(string id)
    signal chooseRequested(string id)
    /// Everything from where the choice began to this row.
    signal chooseToRequested(int row)

    implicitHeight: Theme.tableRow
    Accessible.role: Accessible.Row
    Accessible.name: here ? Format.fill(qsTr("%1, %2, memory %3, disk %4, last evidence %5"), [device.name, state.text, memory.text, disk.text, age.text]) : qsTr("Loading")
    Accessible.focusable: true
    Accessible.focused: focused
    Accessible.selectable: choosable
    Accessible.selected: chosen
    Accessible.checkable: choosable
    Accessible.checked: chosen
    Accessible.onPressAction: row.openRequested(row.deviceId)

    Rectangle {
        anchors.fill: parent
        anchors.leftMargin: Theme.hairline
        anchors.rightMargin: Theme.hairline
        color: row.current || row.chosen ? Theme.accentPanel : mouse.containsMouse ? Theme.panelHover : "transparent"
    }
    Rectangle {
        width: Theme.focusRing
        height: parent.height
        visible: row.focused
        color: Theme.accent
    }
    StatusDot {
        anchors.left: parent.left
        anchors.leftMargin: row.lead + Theme.space16 - Theme.space2
        anchors.verticalCenter: parent.verticalCenter
        visible: row.here
        presence: row.device.presence
        level: row.device.level
        Accessible.ignored: true
    }
    Rectangle {
        anchors.left: parent.left
        anchors.leftMargin: row.lead + Theme.columnMark + Theme.space12
        anchors.verticalCenter: parent.verticalCenter
        visible: !row.here
        width: Theme.nameMinimum
        height: Theme.space12
        radius: Theme.radiusSmall
        color: Theme.panelRaised
    }
    Row {
        id: cells

        anchors.fill: parent
        anchors.leftMargin: row.lead + Theme.columnMark + Theme.space12
        visible: row.here

        Item {
            width: row.width - row.lead - Theme.columnMark - Theme.space12 - Theme.columnState - (row.showAge ? Theme.columnAge : 0) - (row.showFigures ? 2 * Theme.columnFigure : 0) - (row.showTrend ? Theme.columnTrend : 0) - (row.showVersion ? Theme.columnVersion : 0) - (row.showSpeaks ? Theme.columnSpeaks : 0)
            height: parent.height

            Label {
                id: name

                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, parent.width - Theme.space16 - (newKey.visible ? newKey.width + Theme.space8 : 0))
                mayElide: true
                text: row.device.name
                strong: true
                Accessible.ignored: true
            }
            Chip {
                id: newKey

                anchors.left: name.right
                anchors.leftMargin: Theme.space8
                anchors.verticalCenter: parent.verticalCenter
                visible: row.device.pendingKey
                tone: Chip.Failing
                text: qsTr("New key")
            }
            Label {
                anchors.left: newKey.visible ? newKey.right : name.right
                anchors.right: parent.right
                anchors.leftMargin: Theme.space8
                anchors.rightMargin: Theme.space16
                anchors.verticalCenter: parent.verticalCenter
                // What it is called elsewhere, where the name leaves it room.
                visible: row.device.name !== row.device.id && width >= implicitWidth
                text: row.device.id
                secondary: true
                Accessible.ignored: true
            }
        }
        Label {
            id: state

            width: Theme.columnState
            height: parent.height
            rightPadding: Theme.space8
            verticalAlignment: Text.AlignVCenter
            mayElide: true
            text: Format.deviceState(row.device, row.now)
            color: row.stateInk
            Accessible.ignored: true
        }
        Label {
            width: Theme.columnSpeaks
            height: parent.height
            rightPadding: Theme.space8
            visible: row.showSpeaks
            verticalAlignment: Text.AlignVCenter
            mayElide: true
            text: row.device.door
            secondary: true
            Accessible.ignored: true
        }
        Item {
            width: Theme.columnTrend
            height: parent.height
            visible: row.showTrend

            Sparkline {
                anchors.verticalCenter: parent.verticalCenter
                visible: values.length > 0
                values: row.device.cpuTrend
                viewport: row.ListView.view
                standsAt: row.y + y
            }
            Label {
                anchors.verticalCenter: parent.verticalCenter
                visible: row.device.cpuTrend.length === 0
                text: "–"
                color: Theme.textTertiary
                Accessible.ignored: true
            }
        }
        Label {
            id: memory

            visible: row.showFigures
            figures: true
            width: Theme.columnFigure
            height: parent.height
            verticalAlignment: Text.AlignVCenter
            text: Format.health(States.Measure.Memory, row.device.memory)
            secondary: true
            Accessible.ignored: true
        }
        Label {
            id: disk

            visible: row.showFigures
            figures: true
            width: Theme.columnFigure
            height: parent.height
            verticalAlignment: Text.AlignVCenter
            text: Format.health(States.Measure.Disk, row.device.disk)
            secondary: true
            Accessible.ignored: true
        }
        Label {
            width: Theme.columnVersion
            height: parent.height
            rightPadding: Theme.space8
            visible: row.showVersion
            verticalAlignment: Text.AlignVCenter
            mayElide: true
            text: row.device.agentVersion.length > 0 ? row.device.agentVersion : "–"
            secondary: true
            Accessible.ignored: true
        }
        Age {
            id: age

            visible: row.showAge
            figures: true
            width: Theme.columnAge - Theme.space8
            height: parent.height
            verticalAlignment: Text.AlignVCenter
            time: row.device.evidenceAt
            now: row.now
            secondary: true
            Accessible.ignored: true
        }
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
        enabled: row.here
        hoverEnabled: true
        cursorShape: Qt.PointingHandCursor
        onClicked: event => {
            const view = row.ListView.view;
            if (row.choosable && (event.modifiers & Qt.ShiftModifier))
                row.chooseToRequested(row.index);
            else if (row.choosable && (event.modifiers & Qt.ControlModifier))
                row.chooseRequested(row.deviceId);
            else {
                view.currentIndex = row.index;
                row.openRequested(row.deviceId);
                return;
            }
            view.currentIndex = row.index;
            view.forceActiveFocus();
        }
    }
    CheckBox {
        id: box

        anchors.left: parent.left
        anchors.leftMargin: Theme.space6
        anchors.verticalCenter: parent.verticalCenter
        visible: row.here && row.choosable && (row.choosing || mouse.containsMouse || hovered || row.focused || Theme.touch)
        focusPolicy: Qt.NoFocus
        chosen: row.chosen
        text: qsTr("Choose %1").arg(row.device.name)
        onClicked: row.chooseRequested(row.deviceId)
    }
}
