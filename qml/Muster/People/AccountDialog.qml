// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Controls

/// Asks for a new account's name, role and, if wanted, password.
Dialog {
    id: dialog

    readonly property string user: nameField.text.trim()
    readonly property string role: RoleWords.names[roleBox.chosen] ?? "viewer"
    readonly property string password: passwordField.text

    title: qsTr("Add an account")
    text: qsTr("Without a password the person signs in by a link that you send. They can get a password later.")
    confirmText: qsTr("Add")
    ready: user.length > 0 && (password.length === 0 || password.length >= 10)
    onBegun: {
        nameField.clear();
        passwordField.clear();
        roleBox.chosen = 0;
    }
    onOpened: nameField.forceActiveFocus(Qt.TabFocusReason)

    TextField {
        id: nameField

        width: parent.width
        glyph: Icons.user
        hint: qsTr("Name")
        maximumLength: 64
        onAccepted: roleBox.forceActiveFocus(Qt.TabFocusReason)
    }
    ComboBox {
        id: roleBox

        width: parent.width
        label: qsTr("Role")
        model: RoleWords.words
        chosen: 0
        onActivated: index => chosen = index
    }
    Label {
        width: parent.width
        wrapMode: Text.Wrap
        text: RoleWords.meaning(dialog.role)
        secondary: true
        font.pixelSize: Theme.fontCaption
    }
    TextField {
        id: passwordField

        width: parent.width
        glyph: Icons.lock
        hint: qsTr("Password, at least 10 characters; or none")
        label: qsTr("Password")
        echoMode: TextInput.Password
        wrong: length > 0 && length < 10
        maximumLength: 1024
        onAccepted: dialog.confirm()
    }
}
