// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Controls

/// Something that is shown this once, to be copied.
Dialog {
    id: dialog

    property string secret

    signal copied

    confirmText: qsTr("Copy and close")
    cancelText: qsTr("Close")
    onConfirmed: {
        Clipboard.copy(dialog.secret);
        dialog.copied();
    }
    // Not at once: it is copied after it is closed.
    onClosed: Qt.callLater(() => dialog.secret = "")

    Rectangle {
        width: parent.width
        height: words.height + 2 * Theme.space12
        radius: Theme.radiusControl
        color: Theme.panelRaised

        Label {
            id: words

            anchors.left: parent.left
            anchors.leftMargin: Theme.space12
            y: Theme.space12
            width: parent.width - 2 * Theme.space12
            wrapMode: Text.WrapAnywhere
            text: dialog.secret
            mono: true
        }
    }
}
