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
    /// The page is low for its text: what stands elsewhere as well makes room.
    property bool brief: false
    required property bool mayForget
    required property bool mayRename
    /// Who accepts keys gives tokens and takes them back.
    required property bool mayDecide
    required property bool mayCall
    required property bool mayReadCommands
    readonly property bool online: device.presence === States.Presence.Online
    readonly property bool warned: online && device.level === States.Level.Warning
    readonly property bool failing: online && device.level === States.Level.Failing
    /// The worst that is known of it comes first: on a phone nothing else of it may be in view.
    readonly property string state: !online || !(warned || failing) ? qsTr("Online") : device.conditionText.length > 0 ? Format.condition(device) : failing ? qsTr("Failing") : qsTr("Warning")

    /// What most people come for stays in view where there is room for it beside a name that says something; the rest is in the menu.
    readonly property real forButtons: width - dot.width - Theme.space12 - Math.min(name.implicitWidth, Theme.nameMinimum) - Theme.space16 - moreButton.width
    readonly property bool callBeside: mayCall && !compact && callText.room + Theme.space8 <= forButtons
    readonly property bool mayReboot: mayCall && device.mayReboot
    readonly property bool rebootBeside: mayReboot && !compact && rebootText.room + Theme.space8 + (callBeside ? callText.room + Theme.space8 : 0) + (containersBeside ? containersText.room + Theme.space8 : 0) <= forButtons
    readonly property bool containersBeside: device.hasEngine && !compact && containersText.room + Theme.space8 + (callBeside ? callText.room + Theme.space8 : 0) <= forButtons
    /// How it does has a line of its own where the buttons leave it none.
    readonly property bool chipBeside: compact ? Theme.low : chip.implicitWidth + Theme.space12 <= forButtons - (acts.width - moreButton.width)

    /// What is not as with most of them is said, unless the page is too low for a line more.
    readonly property bool trustShown: device.byToken && !(Theme.low && chipBeside)

    signal backRequested
    signal renameRequested
    signal renewTokenRequested
    signal revokeTokenRequested
    signal forgetRequested
    signal rebootRequested
    signal tabRequested(string name)
    signal commandsRequested

    function facts(): string {
        const list = [];
        const bus = !online ? "" : device.busState === "connected" ? qsTr("bus connected") : device.busState === "away" ? qsTr("bus away") : "";
        for (const fact of [device.name === device.id ? "" : device.id, device.machine.os, device.machine.arch, device.agentVersion.length === 0 ? "" : (device.byToken ? qsTr("firmware %1") : qsTr("agent %1")).arg(device.agentVersion), device.bootedAt > 0 && online ? qsTr("up %1").arg(Format.span(now - device.bootedAt)) : "", bus, online && device.hasEngine ? qsTr("containers") : ""]) {
            if (fact.length > 0)
                list.push(fact);
        }
        return list.join(" · ");
    }

    /// How sure one is that it is there: a token is no proof.
    function heard(): string {
        const age = now - device.evidenceAt;
        if (device.byToken)
            return age < 1000 ? qsTr("heard just now") : qsTr("heard %1 ago").arg(Format.span(age));
        return age < 1000 ? qsTr("proof just now") : qsTr("proof %1 old").arg(Format.span(age));
    }

    function standing(): string {
        if (online)
            return Format.fill(live ? qsTr("%1 · %2") : qsTr("Was: %1 · %2"), [state, heard()]);
        if (device.presence === States.Presence.Never)
            return qsTr("Never seen");
        return Format.fill(device.byToken ? qsTr("Offline %1 · last heard %2") : qsTr("Offline %1 · last proof %2"), [Format.span(now - device.presenceSince), Format.ago(device.evidenceAt, now)]);
    }

    implicitHeight: lines.implicitHeight

    // What a button takes, known before it is there: asked of the button itself, the answer would depend on whether it shows.
    component Wanted: TextMetrics {
        readonly property real room: advanceWidth + Theme.icon + Theme.space8 + 2 * Theme.space12

        font.family: Theme.family
        font.pixelSize: Theme.fontBody
        font.weight: Font.Medium
    }
    Wanted {
        id: callText

        text: call.text
    }
    Wanted {
        id: rebootText

        text: reboot.text
    }
    Wanted {
        id: containersText

        text: containers.text
    }

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
                width: Math.min(implicitWidth, parent.width - (back.visible ? back.width - Theme.space8 : 0) - dot.width - Theme.space12 - (chip.visible ? chip.width + Theme.space12 : 0) - acts.width - (header.compact ? 0 : Theme.space16))
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
                visible: header.chipBeside
                tone: !header.online || !header.live ? Chip.Neutral : header.failing ? Chip.Failing : header.warned ? Chip.Warning : Chip.Ok
                glyph: header.failing ? Icons.circleAlert : header.warned ? Icons.triangleAlert : ""
                text: presence.text
                Accessible.role: Accessible.Indicator
                Accessible.name: text
            }
            Row {
                id: acts

                anchors.right: parent.right
                anchors.rightMargin: header.compact ? -Theme.space8 : 0
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.space8

                Button {
                    id: reboot

                    visible: header.rebootBeside
                    enabled: header.online && header.live
                    glyph: Icons.rotateCw
                    text: qsTr("Restart…")
                    onClicked: header.rebootRequested()
                }
                Button {
                    id: call

                    visible: header.callBeside
                    glyph: Icons.terminal
                    text: qsTr("Call a method")
                    onClicked: header.tabRequested("methods")
                }
                Button {
                    id: containers

                    visible: header.containersBeside
                    glyph: Icons.boxes
                    text: qsTr("Containers")
                    onClicked: header.tabRequested("containers")
                }
                IconButton {
                    id: moreButton

                    glyph: Icons.ellipsis
                    text: qsTr("Actions")
                    Accessible.role: Accessible.ButtonMenu
                    onClicked: more.popup(moreButton, moreButton.width - more.width, moreButton.height + Theme.space4)
                }
            }
            Menu {
                id: more

                MenuItem {
                    visible: header.mayReboot && !header.rebootBeside
                    height: visible ? implicitHeight : 0
                    enabled: header.online && header.live
                    glyph: Icons.rotateCw
                    text: qsTr("Restart…")
                    onTriggered: header.rebootRequested()
                }
                MenuItem {
                    visible: header.mayCall && !header.callBeside
                    height: visible ? implicitHeight : 0
                    glyph: Icons.terminal
                    text: qsTr("Call a method")
                    onTriggered: header.tabRequested("methods")
                }
                MenuItem {
                    visible: header.device.hasEngine && !header.containersBeside
                    height: visible ? implicitHeight : 0
                    glyph: Icons.boxes
                    text: qsTr("Containers")
                    onTriggered: header.tabRequested("containers")
                }
                MenuItem {
                    glyph: Icons.copy
                    text: qsTr("Copy the id")
                    onTriggered: Clipboard.copy(header.device.id)
                }
                MenuItem {
                    glyph: Icons.copy
                    visible: !header.device.byToken
                    height: visible ? implicitHeight : 0
                    text: qsTr("Copy the fingerprint")
                    enabled: header.device.fingerprint.length > 0
                    onTriggered: Clipboard.copy(header.device.fingerprint)
                }
                MenuItem {
                    glyph: Icons.send
                    text: qsTr("What was asked of it")
                    enabled: header.mayReadCommands
                    onTriggered: header.commandsRequested()
                }
                MenuItem {
                    glyph: Icons.fileText
                    text: qsTr("Rename…")
                    enabled: header.mayRename && header.live
                    onTriggered: header.renameRequested()
                }
                MenuItem {
                    visible: header.device.byToken
                    height: visible ? implicitHeight : 0
                    glyph: Icons.keyRound
                    text: qsTr("New token…")
                    enabled: header.mayDecide && header.live
                    onTriggered: header.renewTokenRequested()
                }
                MenuItem {
                    visible: header.device.byToken
                    height: visible ? implicitHeight : 0
                    glyph: Icons.ban
                    text: qsTr("Take the token back…")
                    enabled: header.mayDecide && header.live && header.device.tokenGiven
                    onTriggered: header.revokeTokenRequested()
                }
                MenuItem {
                    glyph: Icons.trash2
                    text: qsTr("Forget…")
                    enabled: header.mayForget
                    onTriggered: header.forgetRequested()
                }
            }
        }
        Flow {
            width: parent.width
            visible: !header.chipBeside || header.trustShown
            spacing: Theme.space8

            Chip {
                id: presence

                tone: chip.tone
                glyph: chip.glyph
                visible: !header.chipBeside
                text: header.standing()
            }
            Chip {
                id: trust

                visible: header.trustShown
                width: Math.min(implicitWidth, parent.width)
                tone: header.device.tokenGiven ? Chip.Neutral : Chip.Warning
                glyph: header.device.tokenGiven ? Icons.lockOpen : Icons.ban
                text: header.device.tokenGiven ? qsTr("Trusted by a token, not signed") : qsTr("Its token is taken back: it cannot come")
            }
        }
        Flow {
            width: parent.width
            // The same facts stand beside the charts.
            visible: !Theme.low && !header.brief
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
