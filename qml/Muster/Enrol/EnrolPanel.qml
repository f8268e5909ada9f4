// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Client
import Muster.Controls
import Muster.Frame
import Muster.Server

/// How a device comes to this server: the line to type there, and whether its key has come.
Column {
    id: panel

    required property Desk desk
    readonly property Link link: desk.link
    readonly property FleetWatch fleet: desk.fleet
    property bool active: true
    readonly property int waiting: fleet.counts.approvals
    readonly property bool side: width > Theme.dialogWidth + Theme.menuWidth
    /// The address of the device's door.
    readonly property string door: facts.url.replace(/^http/, "ws") + "/device"
    /// The key without its armour: one word for a shell.
    readonly property string key: facts.keyPem.replace(/-----[A-Z ]+-----/g, "").replace(/\s+/g, "")
    readonly property string line: facts.url.length > 0 && key.length > 0 ? "muster-agent run --server " + door + " --cloud-key spki:" + key : ""
    readonly property bool local: /^http:\/\/(127\.|localhost|\[::1\])/.test(facts.url)

    spacing: Theme.space12

    ServerFacts {
        id: facts

        link: panel.link
        active: panel.active
    }
    Label {
        width: parent.width
        visible: panel.line.length > 0
        wrapMode: Text.Wrap
        text: qsTr("Install muster-agent on the device, and start it there with this line. It holds this server's address and key, which are no secrets: the device believes no other server.")
        secondary: true
        lineHeight: 1.3
    }
    Banner {
        width: parent.width
        visible: panel.local && panel.line.length > 0
        glyph: Icons.triangleAlert
        text: qsTr("This server listens on this machine alone: devices elsewhere do not reach it. The settings listen and url say where it is reached.")
    }
    Label {
        width: parent.width
        visible: facts.loading === States.Loading.Failed
        wrapMode: Text.Wrap
        text: facts.errorText
        color: Theme.failingText
    }
    Button {
        visible: facts.loading === States.Loading.Failed
        text: qsTr("Try again")
        onClicked: facts.refresh()
    }
    Item {
        width: parent.width
        height: panel.side ? Math.max(typed.height, qr.height) : typed.height + (qr.visible ? qr.height + Theme.space16 : 0)
        visible: panel.line.length > 0

        Column {
            id: typed

            width: panel.side ? parent.width - qr.width - Theme.space16 : parent.width
            spacing: Theme.space8

            Rectangle {
                width: parent.width
                height: words.implicitHeight + 2 * Theme.space12
                radius: Theme.radiusControl
                color: Theme.panelRaised

                Label {
                    id: words

                    anchors.left: parent.left
                    anchors.leftMargin: Theme.space12
                    y: Theme.space12
                    width: parent.width - 2 * Theme.space12
                    wrapMode: Text.WrapAnywhere
                    text: panel.line
                    mono: true
                    lineHeight: 1.3
                }
            }
            Button {
                glyph: Icons.copy
                text: qsTr("Copy the line")
                onClicked: {
                    Clipboard.copy(panel.line);
                    panel.desk.notice(qsTr("The line is on the clipboard"), false);
                }
            }
        }
        QrCode {
            id: qr

            anchors.right: panel.side ? parent.right : undefined
            y: panel.side ? 0 : typed.height + Theme.space16
            width: Theme.menuWidth
            text: panel.line
        }
    }
    Label {
        width: parent.width
        visible: panel.line.length > 0
        wrapMode: Text.Wrap
        text: Format.fill(qsTr("The agent shows six words of its own, and these of this server: %1"), [facts.keyWords])
        secondary: true
    }
    Rectangle {
        width: parent.width
        height: Math.max(Theme.rowHeight, status.implicitHeight + 2 * Theme.space12, look.visible ? look.implicitHeight + 2 * Theme.space4 : 0)
        radius: Theme.radiusControl
        color: panel.waiting > 0 ? Theme.warningPanel : Theme.panelRaised
        Accessible.role: Accessible.AlertMessage
        Accessible.name: status.text

        Icon {
            id: mark

            anchors.left: parent.left
            anchors.leftMargin: Theme.space12
            anchors.verticalCenter: parent.verticalCenter
            text: panel.waiting > 0 ? Icons.keyRound : Icons.hourglass
            color: panel.waiting > 0 ? Theme.warningText : Theme.textSecondary
        }
        Label {
            id: status

            anchors.left: mark.right
            anchors.right: look.visible ? look.left : parent.right
            anchors.margins: Theme.space12
            anchors.verticalCenter: parent.verticalCenter
            wrapMode: Text.Wrap
            text: panel.line.length === 0 && facts.loading !== States.Loading.Failed ? qsTr("Asking this server for its address and key …") : panel.waiting === 0 ? qsTr("Waiting for its key …") : qsTr("%Ln keys wait for you: compare their words with the devices'.", "", panel.waiting)
            color: panel.waiting > 0 ? Theme.warningText : Theme.textSecondary
            Accessible.ignored: true
        }
        Button {
            id: look

            anchors.right: parent.right
            anchors.rightMargin: Theme.space8
            anchors.verticalCenter: parent.verticalCenter
            visible: panel.waiting > 0
            text: qsTr("Look")
            onClicked: panel.desk.go("approvals")
        }
    }
}
