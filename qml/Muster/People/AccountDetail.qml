// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Client
import Muster.Controls
import Muster.Frame

/// One account: what it may do, and how its owner gets in.
FocusScope {
    id: detail

    required property Desk desk
    readonly property Link link: desk.link
    readonly property Account account: desk.account
    readonly property ServerClock clock: desk.clock
    required property Asker asker
    required property account item
    required property bool compact
    readonly property int pad: compact ? Theme.space12 : Theme.space20
    readonly property bool self: item.user === account.session.user
    readonly property bool ready: link.live && !asker.busy

    signal backRequested
    signal linkRequested
    signal passwordRequested
    signal keyRequested
    signal removeRequested
    signal keyRemoveRequested(string id, string name)
    signal sessionEndRequested(string id)

    function refresh(): void {
        sessions.refresh();
        keys.refresh();
    }

    component Heading: Label {
        width: parent.width - 2 * detail.pad
        anchors.left: parent.left
        anchors.leftMargin: detail.pad
        secondary: true
        font.weight: Font.Medium
        Accessible.role: Accessible.Heading
    }

    SessionsModel {
        id: sessions

        link: detail.link
        user: detail.item.user
        active: detail.item.user.length > 0
    }
    ApiKeysModel {
        id: keys

        link: detail.link
        user: detail.item.user
        active: detail.item.user.length > 0
    }
    FormFlickable {
        anchors.fill: parent
        contentHeight: column.height + 2 * detail.pad

        Column {
            id: column

            y: detail.pad
            width: parent.width
            spacing: Theme.space12

            Item {
                anchors.left: parent.left
                anchors.leftMargin: detail.pad
                width: parent.width - 2 * detail.pad
                height: Math.max(title.implicitHeight, close.height)

                IconButton {
                    id: back

                    anchors.left: parent.left
                    anchors.leftMargin: -Theme.space8
                    visible: detail.compact
                    width: visible ? implicitWidth : 0
                    touch: true
                    glyph: Icons.arrowLeft
                    text: qsTr("Back to the accounts")
                    onClicked: detail.backRequested()
                }
                Label {
                    id: title

                    anchors.left: back.visible ? back.right : parent.left
                    anchors.right: close.visible ? close.left : parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    mayElide: true
                    text: detail.item.user
                    strong: true
                    font.pixelSize: Theme.fontLead
                    Accessible.role: Accessible.Heading
                }
                IconButton {
                    id: close

                    anchors.right: parent.right
                    visible: !detail.compact
                    glyph: Icons.x
                    text: qsTr("Close")
                    onClicked: detail.backRequested()
                }
            }
            Label {
                anchors.left: parent.left
                anchors.leftMargin: detail.pad
                width: parent.width - 2 * detail.pad
                wrapMode: Text.Wrap
                text: Format.fill(qsTr("Made %1. %2"), [Format.ago(detail.item.createdAt, detail.clock.now), detail.item.hasPassword ? qsTr("Signs in with a password, or by a link.") : qsTr("Has no password, and signs in by a link.")])
                secondary: true
            }
            Heading {
                text: qsTr("Role")
            }
            ComboBox {
                anchors.left: parent.left
                anchors.leftMargin: detail.pad
                width: parent.width - 2 * detail.pad
                label: qsTr("Role of %1").arg(detail.item.user)
                model: RoleWords.words
                chosen: RoleWords.names.indexOf(detail.item.role)
                enabled: detail.ready && !detail.self
                onActivated: index => {
                    // What the server has is shown: it may refuse.
                    if (RoleWords.names[index] !== detail.item.role)
                        detail.asker.ask("Users.Update", {
                            "user": detail.item.user,
                            "role": RoleWords.names[index]
                        });
                    currentIndex = chosen;
                }
            }
            Label {
                anchors.left: parent.left
                anchors.leftMargin: detail.pad
                width: parent.width - 2 * detail.pad
                wrapMode: Text.Wrap
                text: detail.self ? qsTr("%1 Nobody changes their own role: another admin can.").arg(RoleWords.meaning(detail.item.role)) : RoleWords.meaning(detail.item.role)
                secondary: true
                font.pixelSize: Theme.fontCaption
            }
            Flow {
                anchors.left: parent.left
                anchors.leftMargin: detail.pad
                width: parent.width - 2 * detail.pad
                spacing: Theme.space8

                Button {
                    glyph: Icons.link
                    text: qsTr("Make a sign-in link")
                    enabled: detail.ready
                    onClicked: detail.linkRequested()
                }
                Button {
                    glyph: Icons.lock
                    text: detail.item.hasPassword ? qsTr("New password") : qsTr("Set a password")
                    enabled: detail.ready
                    onClicked: detail.passwordRequested()
                }
                Button {
                    glyph: Icons.keyRound
                    text: qsTr("Make an API key")
                    enabled: detail.ready
                    onClicked: detail.keyRequested()
                }
                Button {
                    glyph: Icons.trash2
                    width: Math.min(implicitWidth, parent.width)
                    danger: true
                    text: qsTr("Remove the account")
                    enabled: detail.ready && !detail.self
                    onClicked: detail.removeRequested()
                }
            }
            Heading {
                text: qsTr("Open sessions")
            }
            Label {
                anchors.left: parent.left
                anchors.leftMargin: detail.pad
                visible: sessions.count === 0
                text: sessions.loading === States.Loading.Failed ? sessions.errorText : sessions.loading === States.Loading.Loaded ? qsTr("None: nobody is signed in.") : qsTr("Asking …")
                secondary: true
            }
            Column {
                width: parent.width

                Repeater {
                    model: sessions

                    SessionRow {
                        width: column.width
                        inset: detail.pad
                        now: detail.clock.now
                        enabledAction: detail.ready
                        onTriggered: detail.sessionEndRequested(entry.id)
                    }
                }
            }
            Heading {
                text: qsTr("API keys")
            }
            Label {
                anchors.left: parent.left
                anchors.leftMargin: detail.pad
                visible: keys.count === 0
                text: keys.loading === States.Loading.Failed ? keys.errorText : keys.loading === States.Loading.Loaded ? qsTr("None.") : qsTr("Asking …")
                secondary: true
            }
            Column {
                width: parent.width

                Repeater {
                    model: keys

                    ApiKeyRow {
                        width: column.width
                        inset: detail.pad
                        now: detail.clock.now
                        enabledAction: detail.ready
                        onTriggered: detail.keyRemoveRequested(entry.id, entry.name)
                    }
                }
            }
        }
    }
}
