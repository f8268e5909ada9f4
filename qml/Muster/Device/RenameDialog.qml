// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client
import Muster.Controls

/// Calls a device something else.
Dialog {
    id: dialog

    required property device device
    required property Link link
    readonly property string name: nameField.text.trim()

    signal renamed(string name)

    title: qsTr("Rename %1").arg(device.name)
    text: qsTr("The name is for people. Addresses, commands and the audit go on with the id, which stays: %1").arg(device.id)
    confirmText: qsTr("Rename")
    onBegun: nameField.text = device.name === device.id ? "" : device.name
    onOpened: nameField.forceActiveFocus(Qt.TabFocusReason)
    onConfirmed: asker.ask("Devices.Update", {
        "id": device.id,
        "name": name
    })

    TextField {
        id: nameField

        width: parent.width
        hint: qsTr("Name; without one it is called by its id")
        label: qsTr("Name")
        maximumLength: 256
        onAccepted: dialog.confirm()

        Asker {
            id: asker

            link: dialog.link
            onAnswered: (method, answer) => dialog.renamed(answer.name)
            onFailed: (method, message) => dialog.refuse(message)
        }
    }
}
