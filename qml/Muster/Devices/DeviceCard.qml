// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Charts
import Muster.Client
import Muster.Controls

/// One device on a phone.
Card {
    id: card

    required property device device
    required property string deviceId
    required property int loadingState
    required property int index
    required property bool chosen
    property bool choosing: false
    property real now: 0
    property bool current: false
    readonly property bool here: loadingState === States.Loading.Loaded
    readonly property bool online: device.presence === States.Presence.Online

    signal openRequested(string id)
    signal chooseRequested(string id)

    implicitHeight: Theme.deviceCardHeight
    color: chosen ? Theme.accentPanel : Theme.panel
    border.color: current || chosen ? Theme.accent : Theme.line
    Accessible.role: Accessible.ListItem
    Accessible.name: here ? Format.fill(qsTr("%1, %2, last evidence %3"), [device.name, state.text, age.text]) : qsTr("Loading")
    Accessible.selectable: true
    Accessible.selected: chosen
    Accessible.checkable: true
    Accessible.checked: chosen
    Accessible.onPressAction: card.openRequested(card.deviceId)

    Item {
        anchors.fill: parent
        anchors.margins: Theme.space12
        visible: card.here

        StatusDot {
            id: dot

            anchors.left: parent.left
            y: Theme.space4
            presence: card.device.presence
            level: card.device.level
            Accessible.ignored: true
        }
        Label {
            id: name

            anchors.left: dot.right
            anchors.leftMargin: Theme.space8
            anchors.right: newKey.visible ? newKey.left : age.left
            anchors.rightMargin: Theme.space8
            mayElide: true
            text: card.device.name
            strong: true
            Accessible.ignored: true
        }
        Chip {
            id: newKey

            anchors.right: age.left
            anchors.rightMargin: Theme.space8
            anchors.verticalCenter: name.verticalCenter
            visible: card.device.pendingKey
            tone: Chip.Failing
            text: qsTr("New key")
        }
        Age {
            id: age

            anchors.right: parent.right
            anchors.baseline: name.baseline
            time: card.device.evidenceAt
            now: card.now
            secondary: true
            font.pixelSize: Theme.fontCaption
            Accessible.ignored: true
        }
        Label {
            id: state

            anchors.left: name.left
            anchors.right: parent.right
            anchors.top: name.bottom
            anchors.topMargin: Theme.space4
            mayElide: true
            text: Format.deviceState(card.device, card.now)
            color: !card.online ? Theme.textTertiary : card.device.level === States.Level.Failing ? Theme.failingText : card.device.level === States.Level.Warning ? Theme.warningText : Theme.textSecondary
            Accessible.ignored: true
        }
        Row {
            id: figures

            anchors.left: name.left
            anchors.bottom: parent.bottom
            spacing: Theme.space12
            visible: card.device.measured

            Label {
                id: cpu

                text: qsTr("CPU %1").arg(Format.health(States.Measure.Cpu, card.device.cpu))
                secondary: true
                font.pixelSize: Theme.fontCaption
                Accessible.ignored: true
            }
            Label {
                id: memory

                text: qsTr("Memory %1").arg(Format.health(States.Measure.Memory, card.device.memory))
                secondary: true
                font.pixelSize: Theme.fontCaption
                Accessible.ignored: true
            }
            Label {
                // Large text on a phone leaves it no room: the device's own page has it.
                visible: implicitWidth <= figures.parent.width - figures.x - cpu.width - memory.width - 2 * figures.spacing
                text: qsTr("Disk %1").arg(Format.health(States.Measure.Disk, card.device.disk))
                secondary: true
                font.pixelSize: Theme.fontCaption
                Accessible.ignored: true
            }
        }
        Sparkline {
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            visible: values.length > 0 && parent.width - width > figures.width + Theme.space32
            width: Theme.sparklineWidth - Theme.space32
            values: card.device.cpuTrend
            viewport: card.ListView.view
            standsAt: card.y + Theme.space12 + y
        }
    }
    MouseArea {
        anchors.fill: parent
        enabled: card.here
        onClicked: {
            card.ListView.view.currentIndex = card.index;
            if (card.choosing)
                card.chooseRequested(card.deviceId);
            else
                card.openRequested(card.deviceId);
        }
        // A long press begins to choose several.
        onPressAndHold: card.chooseRequested(card.deviceId)
    }
}
