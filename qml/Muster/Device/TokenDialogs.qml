// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls
import Muster.Frame
import Muster.Server

/// Gives a device another token, or takes it back: both are asked about, since both end its connection.
Item {
    id: dialogs

    required property device device
    required property Link link
    /// It was told this once, and is forgotten when its dialog closes.
    property string token

    signal closed
    signal notice(string text, bool failing)

    function renew(): void {
        renewDialog.open();
    }

    function revoke(): void {
        revokeDialog.open();
    }

    ServerFacts {
        id: facts

        link: dialogs.link
        active: givenDialog.visible
    }
    Asker {
        id: asker

        link: dialogs.link
        onAnswered: (method, answer) => {
            if (method === "Devices.RenewToken") {
                dialogs.token = answer.token;
                givenDialog.open();
            } else {
                dialogs.notice(qsTr("The token of %1 is taken back").arg(answer.id), false);
            }
        }
        onFailed: (method, message) => (method === "Devices.RenewToken" ? renewDialog : revokeDialog).refuse(message)
    }
    Dialog {
        id: renewDialog

        title: qsTr("Make a new token for %1?").arg(dialogs.device.name)
        text: qsTr("The token that it has counts for nothing from then on, and its connection is closed. It comes back when the new one is put into it, which is shown once.")
        confirmText: qsTr("Make a new token")
        careful: true
        onConfirmed: asker.ask("Devices.RenewToken", {
            "id": dialogs.device.id
        })
        onClosed: dialogs.closed()
    }
    Dialog {
        id: revokeDialog

        title: qsTr("Take the token of %1 back?").arg(dialogs.device.name)
        text: qsTr("Its connection is closed, and it cannot come again until it has a new token. What is known of it stays.")
        confirmText: qsTr("Take it back")
        danger: true
        onConfirmed: asker.ask("Devices.RevokeToken", {
            "id": dialogs.device.id
        })
        onClosed: dialogs.closed()
    }
    Dialog {
        id: givenDialog

        title: qsTr("The new token of %1").arg(dialogs.device.name)
        text: qsTr("Nobody is shown it again: copy it before this is closed.")
        confirmText: qsTr("Close")
        cancelText: ""
        // A click beside it would lose the token.
        closePolicy: Basic.Popup.CloseOnEscape
        onOpened: given.begin()
        onClosed: {
            dialogs.token = "";
            dialogs.closed();
        }

        TokenGiven {
            id: given

            width: parent.width
            deviceId: dialogs.device.id
            token: dialogs.token
            url: facts.url
        }
    }
}
