// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls
import Muster.Frame

/// Who is signed in; opens to sign out.
Basic.Button {
    id: button

    required property Desk desk
    readonly property Link link: desk.link
    readonly property Account account: desk.account
    readonly property bool compact: desk.compact

    implicitHeight: Theme.touch ? Theme.touchTarget : Theme.chipHeight + Theme.space2
    implicitWidth: compact ? Theme.touchTarget : Math.max(Math.min(label.implicitWidth + Theme.space24 - Theme.space2, Theme.menuWidth), Theme.touch ? Theme.touchTarget : 0)
    padding: 0
    horizontalPadding: 0
    text: account.session.user.length > 0 ? account.session.user : qsTr("Account")
    Accessible.name: qsTr("Signed in as %1").arg(text)
    Accessible.role: Accessible.ButtonMenu
    Keys.onReturnPressed: click()
    onClicked: menu.popup(button, button.width - menu.width, button.height + Theme.space4)

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            visible: button.compact
            text: Icons.user
        }
        Label {
            id: label

            anchors.centerIn: parent
            width: Math.min(implicitWidth, parent.width - Theme.space12)
            visible: !button.compact
            mayElide: true
            text: button.text
            secondary: true
            font.weight: Font.Medium
            font.pixelSize: Theme.fontCaption
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: height / 2
        color: button.compact && !button.hovered ? "transparent" : button.hovered ? Theme.line : Theme.panelRaised

        FocusRing {
            radius: parent.height
            shown: button.visualFocus
        }
    }

    Menu {
        id: menu

        MenuItem {
            enabled: false
            glyph: Icons.user
            text: Format.fill(qsTr("%1 · %2"), [button.account.session.user, button.account.session.role])
        }
        MenuItem {
            enabled: false
            glyph: Icons.monitor
            text: button.link.serverAddress
        }
        // Who dictates, or whose hand is not steady, presses letters that they do not mean.
        MenuItem {
            glyph: button.desk.letterKeys ? Icons.check : ""
            text: qsTr("Single letters as shortcuts")
            Accessible.checkable: true
            Accessible.checked: button.desk.letterKeys
            onTriggered: button.desk.letterKeys = !button.desk.letterKeys
        }
        MenuItem {
            glyph: Icons.logOut
            text: qsTr("Sign out")
            onTriggered: button.account.signOut()
        }
    }
}
