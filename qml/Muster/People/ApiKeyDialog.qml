// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Controls

/// Asks what an API key is for, and how long it is good.
Dialog {
    id: dialog

    /// Whose key it will be.
    property string user
    readonly property string name: nameField.text.trim()
    readonly property int days: [30, 90, 365, 0][daysBox.chosen] ?? 0

    title: qsTr("Make an API key for %1").arg(user)
    text: qsTr("It may do what the account may. It is shown once.")
    confirmText: qsTr("Make it")
    ready: name.length > 0
    onBegun: {
        nameField.clear();
        daysBox.chosen = 2;
    }
    onOpened: nameField.forceActiveFocus(Qt.TabFocusReason)

    TextField {
        id: nameField

        width: parent.width
        glyph: Icons.keyRound
        hint: qsTr("What it is for")
        maximumLength: 64
        onAccepted: dialog.confirm()
    }
    ComboBox {
        id: daysBox

        width: parent.width
        label: qsTr("Good for")
        model: [qsTr("30 days"), qsTr("90 days"), qsTr("A year"), qsTr("Until it is removed")]
        chosen: 2
        onActivated: index => chosen = index
    }
}
