// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client
import Muster.Controls

/// Name, presence with the age of its proof, and what the device is.
Item {
    id: header

    required property device device
    required property real now
    required property bool compact
    /// False: what is shown is how things stood.
    required property bool live
    required property bool mayForget
    readonly property bool online: device.presence === States.Presence.Online
    readonly property bool warned: online && device.level === States.Level.Warning
    readonly property bool failing: online && device.level === States.Level.Failing
    /// The worst that is known of it comes first: on a phone nothing else of it may be in view.
    readonly property string state: !online || !(warned || failing) ? qsTr("Online") : device.conditionText.length > 0 ? Format.condition(device) : failing ? qsTr("Failing") : qsTr("Warning")

    signal backRequested
    signal forgetRequested

    function facts(): string {
        const list = [];
        const bus = !online ? "" : device.busState === "connected" ? qsTr("bus connected") : device.busState === "away" ? qsTr("bus away") : "";
        for (const fact of [device.machine.os, device.machine.arch, device.agentVersion.length > 0 ? qsTr("agent %1").arg(device.agentVersion) : "", device.bootedAt > 0 && online ? qsTr("up %1").arg(Format.span(now - device.bootedAt)) : "", bus, online && device.hasEngine ? qsTr("containers") : ""]) {
            if (fact.length > 0)
                list.push(fact);
        }
        return list.join(" · ");
    }

    implicitHeight: lines.implicitHeight

    Column {
        id: lines

        width: parent.width
        spacing: Theme.space8

        Item {
            width: parent.width
            height: header.compact ? Theme.touchTarget : Theme.controlHeight

            IconButton {
                id: back

                anchors.verticalCenter: parent.verticalCenter
                anchors.left: parent.left
                anchors.leftMargin: -Theme.space8
                visible: header.compact
                width: visible ? implicitWidth : 0
                touch: true
                glyph: Icons.arrowLeft
                text: qsTr("Back to the devices")
                onClicked: header.backRequested()
            }
            StatusDot {
                id: dot

                anchors.left: back.visible ? back.right : parent.left
                anchors.verticalCenter: parent.verticalCenter
                size: Theme.dotLarge
                presence: header.device.presence
                level: header.device.level
                Accessible.ignored: true
            }
            Label {
                id: name

                anchors.left: dot.right
                anchors.leftMargin: Theme.space12
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, parent.width - (back.visible ? back.width - Theme.space8 : 0) - dot.width - Theme.space12 - (chip.visible ? chip.width + Theme.space12 : 0) - (forget.visible ? forget.width + Theme.space16 : 0) - (forgetSmall.visible ? forgetSmall.width : 0))
                mayElide: true
                text: header.device.name
                strong: true
                font.pixelSize: Theme.fontTitle
                Accessible.role: Accessible.Heading
            }
            Chip {
                id: chip

                anchors.left: name.right
                anchors.leftMargin: Theme.space12
                anchors.verticalCenter: parent.verticalCenter
                visible: !header.compact || Theme.low
                tone: !header.online || !header.live ? Chip.Neutral : header.failing ? Chip.Failing : header.warned ? Chip.Warning : Chip.Ok
                glyph: header.failing ? Icons.circleAlert : header.warned ? Icons.triangleAlert : ""
                text: presence.text
                Accessible.role: Accessible.Indicator
                Accessible.name: text
            }
            Button {
                id: forget

                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                visible: header.mayForget && !header.compact
                glyph: Icons.trash2
                text: qsTr("Forget")
                onClicked: header.forgetRequested()
            }
            IconButton {
                id: forgetSmall

                anchors.right: parent.right
                anchors.rightMargin: -Theme.space8
                anchors.verticalCenter: parent.verticalCenter
                visible: header.mayForget && header.compact
                glyph: Icons.trash2
                text: qsTr("Forget")
                onClicked: header.forgetRequested()
            }
        }
        Row {
            visible: header.compact && !Theme.low
            spacing: Theme.space8

            Chip {
                id: presence

                tone: chip.tone
                glyph: chip.glyph
                text: header.online ? Format.fill(header.live ? qsTr("%1 · %2") : qsTr("Was: %1 · %2"), [header.state, header.now - header.device.evidenceAt < 1000 ? qsTr("proof just now") : qsTr("proof %1 old").arg(Format.span(header.now - header.device.evidenceAt))]) : header.device.presence === States.Presence.Never ? qsTr("Never seen") : Format.fill(qsTr("Offline %1 · last proof %2"), [Format.span(header.now - header.device.presenceSince), Format.ago(header.device.evidenceAt, header.now)])
            }
        }
        Flow {
            width: parent.width
            // The same facts stand beside the charts.
            visible: !Theme.low
            spacing: Theme.space4

            Label {
                width: Math.min(implicitWidth, parent.width)
                wrapMode: Text.Wrap
                maximumLineCount: 2
                mayElide: true
                text: header.facts() + (header.facts().length > 0 && header.device.words.length > 0 ? " · " + qsTr("key") : "")
                secondary: true
            }
            Label {
                width: Math.min(implicitWidth, parent.width)
                height: Theme.space16
                verticalAlignment: Text.AlignVCenter
                mayElide: true
                text: header.device.words.join("-")
                mono: true
                secondary: true
            }
        }
    }
}
