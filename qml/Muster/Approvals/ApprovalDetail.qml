// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Client
import Muster.Controls

/// Everything that helps to decide on one key.
Card {
    id: detail

    required property approval item
    required property real now
    required property bool compact
    required property bool enabledActions
    required property bool mayDecide
    /// Single letters are shortcuts, and said to be.
    property bool letterKeys: true
    readonly property bool rejected: item.state === "rejected"
    readonly property int pad: compact ? Theme.space16 : Theme.space24

    signal acceptRequested
    signal rejectRequested
    signal rejectAllRequested
    signal backRequested

    implicitHeight: column.height + 2 * pad
    border.color: item.newKey ? Theme.failing : Theme.line

    component KeyBox: Rectangle {
        id: box

        property string title
        property var words
        property string fingerprint
        property bool isNew: false

        height: boxColumn.height + 2 * Theme.space16
        radius: Theme.radiusControl
        color: isNew ? Theme.failingPanel : Theme.panelRaised

        Column {
            id: boxColumn

            anchors.left: parent.left
            anchors.leftMargin: Theme.space16
            y: Theme.space16
            width: parent.width - 2 * Theme.space16
            spacing: Theme.space8

            Label {
                width: parent.width
                wrapMode: Text.Wrap
                text: box.title
                color: box.isNew ? Theme.failingText : Theme.textSecondary
                font.weight: Font.Medium
            }
            Label {
                width: parent.width
                wrapMode: Text.Wrap
                text: box.words.join("\u00a0· ")
                strong: true
                font.pixelSize: Theme.fontLead
                lineHeight: 1.2
            }
            Label {
                width: parent.width
                wrapMode: Text.WrapAnywhere
                text: box.fingerprint
                mono: true
                secondary: true
            }
        }
    }

    Column {
        id: column

        anchors.left: parent.left
        anchors.leftMargin: detail.pad
        y: detail.pad
        width: parent.width - 2 * detail.pad
        spacing: Theme.space16

        Item {
            id: head

            readonly property real forName: width - (back.visible ? back.width - Theme.space12 : 0)
            /// The mark stands below where it would leave the name no room.
            readonly property bool beside: forName - kind.implicitWidth - Theme.space12 >= Math.min(name.implicitWidth, Theme.nameMinimum / 2)

            width: parent.width
            height: Math.max(name.height, Theme.chipHeight, back.visible ? back.height : 0) + (beside ? 0 : Theme.chipHeight + Theme.space8)

            IconButton {
                id: back

                anchors.left: parent.left
                anchors.leftMargin: -Theme.space12
                anchors.verticalCenter: name.verticalCenter
                visible: detail.compact
                width: visible ? implicitWidth : 0
                touch: true
                glyph: Icons.arrowLeft
                text: qsTr("Back to the waiting keys")
                onClicked: detail.backRequested()
            }
            Label {
                id: name

                anchors.left: back.visible ? back.right : parent.left
                anchors.verticalCenter: parent.verticalCenter
                anchors.verticalCenterOffset: head.beside ? 0 : -(Theme.chipHeight + Theme.space8) / 2
                width: Math.min(implicitWidth, head.forName - (head.beside ? kind.width + Theme.space12 : 0))
                mayElide: true
                text: detail.item.deviceId
                strong: true
                font.pixelSize: Theme.fontTitle
                Accessible.role: Accessible.Heading
            }
            Chip {
                id: kind

                anchors.left: head.beside ? name.right : parent.left
                anchors.leftMargin: head.beside ? Theme.space12 : 0
                anchors.verticalCenter: name.verticalCenter
                anchors.verticalCenterOffset: head.beside ? 0 : (parent.height - Theme.chipHeight) / 2 + (Theme.chipHeight + Theme.space8) / 2
                tone: detail.item.newKey ? Chip.Failing : Chip.Neutral
                glyph: detail.item.newKey ? Icons.shieldAlert : ""
                text: detail.item.newKey ? (detail.compact ? qsTr("New key") : qsTr("Known device, new key")) : qsTr("New device")
            }
        }
        Banner {
            width: parent.width
            visible: detail.item.newKey
            failing: true
            glyph: Icons.triangleAlert
            text: qsTr("This device is known by another key. Either it was set up anew, or somebody uses its name. The accepted key goes on working until you decide.")
        }
        Column {
            width: parent.width
            visible: !detail.item.newKey
            spacing: Theme.space4

            Label {
                width: parent.width
                wrapMode: Text.Wrap
                text: detail.item.words.join("\u00a0· ")
                strong: true
                font.pixelSize: detail.compact ? Theme.fontTitle : Theme.fontWords
                lineHeight: 1.2
                Accessible.name: qsTr("The six words: %1").arg(detail.item.words.join(", "))
            }
        }
        Grid {
            width: parent.width
            visible: detail.item.newKey
            columns: detail.width >= Theme.dialogWidth + Theme.nameMinimum ? 2 : 1
            spacing: Theme.space12

            KeyBox {
                width: (parent.width - (parent.columns - 1) * Theme.space12) / parent.columns
                title: qsTr("Accepted before, works now")
                words: detail.item.replacesWords
                fingerprint: detail.item.replacesFingerprint
            }
            KeyBox {
                width: (parent.width - (parent.columns - 1) * Theme.space12) / parent.columns
                isNew: true
                title: detail.rejected ? qsTr("New, rejected") : qsTr("New, waits for you")
                words: detail.item.words
                fingerprint: detail.item.fingerprint
            }
        }
        Column {
            width: parent.width

            Fact {
                width: parent.width
                label: qsTr("Algorithm")
                value: Format.algorithm(detail.item.algorithm, detail.item.bits)
            }
            Fact {
                width: parent.width
                label: qsTr("Machine")
                value: [detail.item.machine.model, detail.item.machine.os, detail.item.machine.arch].filter(part => part.length > 0).join("\u00a0· ")
            }
            Fact {
                width: parent.width
                label: qsTr("Agent")
                value: (detail.item.agentName + " " + detail.item.agentVersion).trim()
            }
            Fact {
                width: parent.width
                label: qsTr("Fingerprint")
                value: detail.item.fingerprint
                mono: true
                byKey: true
            }
            Fact {
                width: parent.width
                label: qsTr("First seen")
                whole: detail.item.address
                time: detail.item.firstSeen
                value: Format.fill(qsTr("%1, from %2, %3"), [Format.wallTime(detail.item.firstSeen, detail.now), detail.item.address, qsTr("%Ln attempts", "", detail.item.attempts)])
            }
            Fact {
                width: parent.width
                label: qsTr("Last seen")
                value: detail.item.connected ? qsTr("Waits on the line now") : Format.ago(detail.item.lastSeen, detail.now)
                time: detail.item.connected ? 0 : detail.item.lastSeen
            }
            Fact {
                width: parent.width
                visible: detail.rejected && detail.item.decidedAt > 0
                label: qsTr("Rejected")
                time: detail.item.decidedAt
                value: Format.fill(qsTr("by %1, %2"), [detail.item.decidedBy, Format.wallTime(detail.item.decidedAt, detail.now)])
            }
            Fact {
                width: parent.width
                label: qsTr("Clock")
                value: Format.clock(detail.item.clockAheadMs)
                valueColor: Format.clockIsOff(detail.item.clockAheadMs) ? Theme.warningText : Theme.text
            }
            Fact {
                width: parent.width
                label: qsTr("Twin")
                value: detail.item.twins.length > 0 ? qsTr("The same key is held by %1").arg(detail.item.twins.join(", ")) : qsTr("No other device holds this key")
                valueColor: detail.item.twins.length > 0 ? Theme.failingText : Theme.okText
            }
        }
        Flow {
            id: actions

            width: parent.width
            spacing: Theme.space8

            Button {
                primary: true
                enabled: detail.enabledActions
                glyph: Icons.check
                text: detail.rejected ? qsTr("Accept after all…") : detail.item.newKey ? qsTr("Replace the key…") : qsTr("Accept…")
                onClicked: detail.acceptRequested()
            }
            Button {
                danger: true
                visible: !detail.rejected
                enabled: detail.enabledActions
                glyph: Icons.x
                text: qsTr("Reject…")
                onClicked: detail.rejectRequested()
            }
            Button {
                danger: true
                visible: !detail.rejected && detail.item.pendingFromNetwork > 1
                enabled: detail.enabledActions
                glyph: Icons.x
                text: Format.fill(qsTr("Reject all %Ln from %1…", "", detail.item.pendingFromNetwork), [detail.item.network])
                onClicked: detail.rejectAllRequested()
            }
            Label {
                height: Theme.controlHeight
                leftPadding: Theme.space8
                verticalAlignment: Text.AlignVCenter
                visible: !detail.compact && (detail.letterKeys || !detail.mayDecide)
                text: detail.mayDecide ? (detail.rejected ? qsTr("A accept after all · J K next, previous") : qsTr("A accept · R reject · J K next, previous")) : qsTr("Deciding takes the permission approvals.decide: an admin can give it.")
                secondary: true
            }
        }
    }
}
