// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client
import Muster.Controls
import Muster.Frame
import Muster.Server

/// The other way in: a device that cannot sign, and shows a token in the place of it.
Column {
    id: panel

    required property Desk desk
    property bool active: true
    /// Of the one that was made now; its token is told this once.
    property string madeId
    property string madeToken
    readonly property bool allowed: desk.may("approvals.decide")
    readonly property bool made: madeToken.length > 0

    spacing: Theme.space12
    visible: allowed

    function make(): void {
        const params = {};
        if (idField.text.trim().length > 0)
            params.id = idField.text.trim();
        if (nameField.text.trim().length > 0)
            params.name = nameField.text.trim();
        asker.ask("Devices.Create", params);
    }

    function say(text: string): void {
        Accessible.announce(text, Accessible.Assertive);
    }

    ServerFacts {
        id: facts

        link: panel.desk.link
        active: panel.active && panel.allowed
    }
    Asker {
        id: asker

        link: panel.desk.link
        onAnswered: (method, answer) => {
            idField.clear();
            nameField.clear();
            panel.madeId = answer.id;
            panel.madeToken = answer.token;
            given.begin();
            panel.say(qsTr("The token of %1 is made. It is shown this once.").arg(answer.id));
        }
        onFailed: (method, message) => {
            panel.say(message);
            idField.forceActiveFocus(Qt.TabFocusReason);
        }
    }
    Label {
        width: parent.width
        wrapMode: Text.Wrap
        text: qsTr("A device with a token")
        strong: true
        Accessible.role: Accessible.Heading
    }
    Label {
        width: parent.width
        wrapMode: Text.Wrap
        text: qsTr("For devices that speak mDash, as those with Mongoose OS do: they sign nothing, and show a token that is made here.")
        secondary: true
        lineHeight: 1.3
    }
    Banner {
        width: parent.width
        glyph: Icons.triangleAlert
        text: qsTr("A token proves less than a key: whoever has it is taken for the device.")
    }
    Column {
        width: parent.width
        spacing: Theme.space8
        visible: !panel.made

        TextField {
            id: idField

            width: parent.width
            glyph: Icons.cpu
            hint: qsTr("Id, as hall-light; or none for a random one")
            label: qsTr("Id of the new device")
            maximumLength: 128
            wrong: asker.errorText.length > 0
            onAccepted: nameField.forceActiveFocus(Qt.TabFocusReason)
        }
        TextField {
            id: nameField

            width: parent.width
            glyph: Icons.fileText
            hint: qsTr("Name, as Hall light; or none")
            label: qsTr("Name of the new device")
            maximumLength: 256
            onAccepted: panel.make()
        }
        Label {
            id: failed

            width: parent.width
            visible: text.length > 0
            wrapMode: Text.Wrap
            text: asker.errorText
            color: Theme.failingText
        }
        Button {
            primary: true
            enabled: panel.desk.link.live && !asker.busy
            glyph: Icons.plus
            text: qsTr("Make a token")
            onClicked: panel.make()
        }
    }
    TokenGiven {
        id: given

        width: parent.width
        visible: panel.made
        deviceId: panel.madeId
        token: panel.madeToken
        url: facts.url
        coded: true
    }
    Flow {
        width: parent.width
        visible: panel.made
        spacing: Theme.space8

        Button {
            glyph: Icons.cpu
            text: qsTr("Look at the device")
            onClicked: panel.desk.go("device/" + panel.madeId)
        }
        Button {
            glyph: Icons.plus
            text: qsTr("Make another")
            onClicked: {
                panel.madeToken = "";
                idField.forceActiveFocus(Qt.TabFocusReason);
            }
        }
    }
}
