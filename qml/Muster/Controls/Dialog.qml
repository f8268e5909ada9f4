// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic as Basic

/// Asks before something that cannot be undone. Never blocks: `confirmed` comes when it comes.
Basic.Popup {
    id: dialog

    property string title
    property string text
    property string confirmText
    property string cancelText: qsTr("Cancel")
    property bool danger: false
    /// The keyboard starts on Cancel: for what must not happen by a reflex.
    property bool careful: danger
    /// What is asked for is there: it may be confirmed.
    property bool ready: true
    /// Why what was asked for was refused; see refuse().
    property string errorText
    default property alias extra: extraColumn.data

    signal confirmed
    /// It is shown for something new: what was typed before goes.
    signal begun

    /// It was confirmed and refused: it comes back with what was typed, and says why.
    function refuse(why: string): void {
        errorText = why;
        open();
        content.say(why);
    }

    function confirm(): void {
        if (!ready)
            return;
        close();
        confirmed();
    }

    onAboutToShow: {
        if (errorText.length === 0)
            begun();
    }
    onClosed: errorText = ""
    parent: Basic.Overlay.overlay
    anchors.centerIn: parent
    width: Math.min(Theme.dialogWidth, (parent ? parent.width : Theme.dialogWidth) - 2 * Theme.space16)
    modal: true
    focus: true
    padding: Theme.low ? Theme.space16 : Theme.space24
    closePolicy: Basic.Popup.CloseOnEscape | Basic.Popup.CloseOnPressOutside
    onOpened: careful ? cancelButton.forceActiveFocus(Qt.TabFocusReason) : confirmButton.forceActiveFocus(Qt.TabFocusReason)

    Basic.Overlay.modal: Rectangle {
        color: Theme.shade
    }
    background: Card {}
    // What is higher than a phone on its side scrolls.
    height: Math.min(column.height + 2 * padding, parent ? parent.height - 2 * Theme.space8 : 0)
    contentItem: FormFlickable {
        id: content

        function say(text: string): void {
            Accessible.announce(text, Accessible.Assertive);
        }

        contentHeight: column.height
        // Where all is in view, the ring around a button is too.
        clip: contentHeight > height
        Accessible.role: Accessible.Dialog
        Accessible.name: dialog.title

        Column {
            id: column

            width: parent.width
            spacing: Theme.space12

            Label {
                width: parent.width
                wrapMode: Text.Wrap
                text: dialog.title
                strong: true
                font.pixelSize: Theme.fontLead
                mayElide: true
                maximumLineCount: 3
            }
            Label {
                width: parent.width
                visible: text.length > 0
                wrapMode: Text.Wrap
                text: dialog.text
                secondary: true
                lineHeight: 1.3
            }
            Label {
                width: parent.width
                visible: text.length > 0
                wrapMode: Text.Wrap
                text: dialog.errorText
                color: Theme.failingText
            }
            Column {
                id: extraColumn

                width: parent.width
                spacing: Theme.space8
                visible: children.length > 0
            }
            Item {
                width: parent.width
                height: confirmButton.height + Theme.space4

                Row {
                    anchors.right: parent.right
                    anchors.bottom: parent.bottom
                    spacing: Theme.space8

                    Button {
                        id: cancelButton

                        visible: text.length > 0
                        text: dialog.cancelText
                        onClicked: dialog.close()
                        KeyNavigation.right: confirmButton
                    }
                    Button {
                        id: confirmButton

                        text: dialog.confirmText
                        primary: !dialog.danger
                        danger: dialog.danger
                        enabled: dialog.ready
                        onClicked: dialog.confirm()
                        KeyNavigation.left: cancelButton
                    }
                }
            }
        }
    }
}
