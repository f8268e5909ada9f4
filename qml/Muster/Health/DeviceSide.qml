// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Client
import Muster.Controls

/// Why the device counts as what it counts as, the machine it runs on, and what it is trusted by.
Column {
    id: side

    required property device device
    required property real now
    required property bool live
    readonly property bool online: device.presence === States.Presence.Online
    readonly property int factWidth: Theme.factLabel - Theme.space16

    spacing: Theme.space16

    component Group: Card {
        id: group

        property string title
        default property alias facts: list.data

        width: side.width
        height: list.y + list.height + Theme.space8

        Label {
            anchors.left: parent.left
            anchors.leftMargin: Theme.space16
            y: Theme.space12
            text: group.title
            secondary: true
            font.weight: Font.Medium
            Accessible.role: Accessible.Heading
        }
        Column {
            id: list

            anchors.left: parent.left

            anchors.leftMargin: Theme.space16
            y: Theme.space32 + Theme.space4
            width: parent.width - 2 * Theme.space16
        }
    }
    component Line: Fact {
        visible: value.length > 0
        width: side.width - 2 * Theme.space16
        labelWidth: side.factWidth
        compact: true
    }

    Group {
        title: qsTr("State")

        Line {
            label: side.live ? qsTr("Now") : qsTr("Was")
            value: Format.deviceState(side.device, side.now)
            valueColor: !side.online || !side.live ? Theme.text : side.device.level === States.Level.Failing ? Theme.failingText : side.device.level === States.Level.Warning ? Theme.warningText : Theme.okText
        }
        Line {
            label: qsTr("Connection")
            value: side.device.presenceReason
        }
        Line {
            label: qsTr("Since")
            value: side.device.presenceSince > 0 ? Format.fill(qsTr("%1, for %2"), [Format.wallTime(side.device.presenceSince, side.now), Format.span(side.now - side.device.presenceSince)]) : ""
        }
        Line {
            label: side.device.byToken ? qsTr("Last heard") : qsTr("Signed proof")
            value: Format.ago(side.device.evidenceAt, side.now)
            time: side.device.evidenceAt
        }
        Line {
            label: qsTr("Link")
            value: side.device.linkAt > 0 ? qsTr("answered %1").arg(Format.ago(side.device.linkAt, side.now)) : ""
            time: side.device.linkAt
        }
        Line {
            label: qsTr("Round trip")
            value: side.device.roundTripMs >= 0 ? qsTr("%1 ms").arg(side.device.roundTripMs) : ""
        }
        Line {
            label: qsTr("Connection")
            value: side.device.generation > 0 ? Format.fill(qsTr("number %1, from %2"), [String(side.device.generation), side.device.address]) : ""
            whole: side.device.address
            byKey: true
            lined: !side.device.byToken
        }
        Line {
            label: qsTr("Clock")
            // mDash says nothing of its clock.
            value: side.device.byToken ? "" : Format.clock(side.device.clockAheadMs)
            valueColor: Format.clockIsOff(side.device.clockAheadMs) ? Theme.warningText : Theme.text
            lined: false
        }
    }
    Group {
        title: qsTr("Machine")

        Line {
            label: qsTr("Id")
            value: side.device.id
            mono: true
            byKey: true
        }
        Line {
            label: qsTr("Model")
            value: side.device.machine.model
        }
        Line {
            label: qsTr("System")
            value: side.device.machine.os
        }
        Line {
            label: qsTr("Kernel")
            value: side.device.machine.kernel
        }
        Line {
            label: qsTr("Processors")
            value: side.device.machine.cpus > 0 ? Format.fill(qsTr("%1 × %2"), [String(side.device.machine.cpus), side.device.machine.arch]) : side.device.machine.arch
        }
        Line {
            label: qsTr("Memory")
            value: side.device.byToken ? "" : Format.kibibytes(side.device.machine.memoryKib)
        }
        Line {
            label: qsTr("Disk")
            value: side.device.byToken ? "" : Format.kibibytes(side.device.machine.diskKib)
        }
        Line {
            label: qsTr("Host name")
            value: side.device.machine.hostname
        }
        Line {
            label: qsTr("Bus")
            value: side.device.busState === "connected" ? qsTr("Connected, for %1").arg(Format.span(side.now - side.device.busSince)) : side.device.busState === "away" ? qsTr("Away, for %1").arg(Format.span(side.now - side.device.busSince)) : side.device.busState === "off" ? qsTr("Not set up") : ""
        }
        Line {
            label: qsTr("Containers")
            value: side.device.hasEngine ? qsTr("An engine is there") : ""
        }
        Line {
            label: side.device.byToken ? qsTr("Firmware") : qsTr("Agent")
            value: (side.device.agentName + " " + side.device.agentVersion).trim()
            lined: false
        }
    }
    Group {
        title: qsTr("Token")
        visible: side.device.byToken

        Line {
            label: qsTr("Trusted by")
            value: qsTr("A token, not signed")
        }
        Line {
            label: qsTr("Speaks")
            value: side.device.door
        }
        Line {
            label: side.device.tokenGiven ? qsTr("Given") : qsTr("Taken back")
            value: side.device.tokenChangedAt > 0 ? Format.fill(qsTr("%1 by %2"), [Format.wallTime(side.device.tokenChangedAt, side.now), side.device.tokenChangedBy]) : ""
            valueColor: side.device.tokenGiven ? Theme.text : Theme.warningText
            lined: false
        }
    }
    Group {
        title: qsTr("Key")
        visible: !side.device.byToken

        Line {
            label: qsTr("Words")
            value: side.device.words.join(" ")
            byKey: true
            mono: true
        }
        Line {
            label: qsTr("Fingerprint")
            value: side.device.fingerprint
            byKey: true
            mono: true
        }
        Line {
            label: qsTr("Algorithm")
            value: Format.algorithm(side.device.algorithm, 0)
        }
        Line {
            label: qsTr("Accepted")
            value: side.device.acceptedAt > 0 ? Format.fill(qsTr("%1 by %2"), [Format.wallTime(side.device.acceptedAt, side.now), side.device.acceptedBy]) : ""
            lined: false
        }
    }
}
