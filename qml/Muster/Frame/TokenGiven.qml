// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Client
import Muster.Controls

/// A device's token, which is shown this once, and what to put into the device.
Column {
    id: given

    required property string deviceId
    required property string token
    /// Of the server, as it is reached; empty: it has not said yet.
    required property string url
    /// For a camera as well.
    property bool coded: false
    readonly property string server: url.length > 0 ? url.replace(/^http/, "ws") + "/api/v2/rpc" : ""
    /// One line: after the first of two, a device would show its token elsewhere.
    readonly property string line: server.length > 0 ? "mos config-set dash.enable=true dash.token=" + token + " dash.server=" + server : ""

    /// The keyboard goes to what has to be copied.
    function begin(): void {
        tokenLine.take();
    }

    spacing: Theme.space12

    component Line: Column {
        id: part

        property string label
        property string value

        function take(): void {
            copy.forceActiveFocus(Qt.TabFocusReason);
        }

        width: given.width
        spacing: Theme.space4
        visible: value.length > 0

        Label {
            width: parent.width
            wrapMode: Text.Wrap
            text: part.label
            secondary: true
            font.pixelSize: Theme.fontCaption
        }
        Rectangle {
            width: parent.width
            height: Math.max(words.implicitHeight + 2 * Theme.space8, copy.height)
            radius: Theme.radiusControl
            color: Theme.panelRaised

            Label {
                id: words

                anchors.left: parent.left
                anchors.leftMargin: Theme.space12
                anchors.right: copy.left
                anchors.verticalCenter: parent.verticalCenter
                wrapMode: Text.WrapAnywhere
                text: part.value
                mono: true
            }
            IconButton {
                id: copy

                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                glyph: done.running ? Icons.check : Icons.copy
                text: done.running ? qsTr("Copied") : qsTr("Copy: %1").arg(part.label)
                onClicked: {
                    Clipboard.copy(part.value);
                    done.restart();
                    Accessible.announce(qsTr("Copied"));
                }

                Timer {
                    id: done

                    interval: Theme.toast / 4
                }
            }
        }
    }

    Line {
        label: qsTr("Id")
        value: given.deviceId
    }
    Line {
        id: tokenLine

        label: qsTr("Token, shown this once")
        value: given.token
    }
    Line {
        label: qsTr("To put it into a device with Mongoose OS")
        value: given.line
    }
    Label {
        width: parent.width
        visible: given.server.length > 0
        wrapMode: Text.Wrap
        text: qsTr("Other firmware has the same two settings: dash.token is the token, and dash.server is %1").arg(given.server)
        secondary: true
        font.pixelSize: Theme.fontCaption
    }
    Banner {
        width: parent.width
        visible: given.server.startsWith("ws:")
        glyph: Icons.lockOpen
        text: qsTr("This server is reached without TLS: who listens on the way reads the token.")
    }
    QrCode {
        width: Theme.menuWidth
        visible: given.coded && squares > 0
        text: given.coded ? given.line : ""
    }
}
