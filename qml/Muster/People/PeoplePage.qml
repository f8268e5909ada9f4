// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls
import Muster.Frame

/// Who may use this server: accounts, where they are signed in, and their API keys.
Page {
    id: page

    readonly property int margin: compact ? Theme.space12 : Theme.space24
    readonly property bool stacked: width < Theme.commandDetail + Theme.containerList + 3 * Theme.space24
    readonly property bool may: desk.may(place.permission)
    /// The account that the address names.
    readonly property string asked: place.subject
    /// The account that is looked at; empty: none.
    property string openUser
    property account opened
    readonly property bool detailed: openUser.length > 0 && tabs.currentIndex === 0
    readonly property PagedModel model: [accounts, sessions, keys][tabs.currentIndex]

    whole: detailed && stacked
    onAskedChanged: {
        openUser = asked;
        if (asked.length > 0)
            tabs.currentIndex = 0;
    }
    onOpenUserChanged: look()
    Keys.onEscapePressed: close()

    /// An account stands in the address, and is a step of the history: back leads to the list.
    function show(user: string): void {
        desk.go("people" + (user.length > 0 ? "/" + user : ""));
    }

    function close(): void {
        show("");
        accountList.forceActiveFocus();
    }

    /// The account that is looked at need not be among those of the list's first page.
    function look(): void {
        const listed = accounts.named(openUser);
        finder.active = may && openUser.length > 0 && listed.user.length === 0;
        opened = listed.user.length > 0 ? listed : finder.named(openUser);
    }

    function refresh(): void {
        finder.refresh();
        accounts.refresh();
        sessions.refresh();
        keys.refresh();
        detail.refresh();
    }

    AccountsModel {
        id: accounts

        link: page.link
        active: page.may
        onItemsChanged: page.look()
    }
    Query {
        readonly property list<string> names: ["", "sessions", "keys"]

        place: page.place
        values: ({
                "show": names[tabs.currentIndex],
                "text": accounts.text
            })
        onAsked: values => {
            tabs.currentIndex = Math.max(0, names.indexOf(values.show ?? ""));
            search.text = values.text ?? "";
        }
    }
    AccountsModel {
        id: finder

        link: page.link
        text: page.openUser
        onItemsChanged: page.opened = accounts.named(page.openUser).user.length > 0 ? page.opened : named(page.openUser)
    }
    SessionsModel {
        id: sessions

        link: page.link
        active: page.may && tabs.currentIndex === 1
    }
    ApiKeysModel {
        id: keys

        link: page.link
        active: page.may && tabs.currentIndex === 2
    }
    Asker {
        id: asker

        link: page.link
        onFailed: (method, message) => {
            // What was typed is still there, for another try.
            const dialogs = {
                "Users.Create": accountDialog,
                "ApiKeys.Create": keyDialog
            };
            const dialog = method === "Users.Update" && passwordDialog.asked ? passwordDialog : dialogs[method];
            if (dialog !== undefined)
                dialog.refuse(message);
            else
                page.notice(message, true);
        }
        onAnswered: (method, answer) => {
            if (method === "SignInLinks.Create") {
                linkDialog.secret = answer.link;
                linkDialog.open();
            } else if (method === "ApiKeys.Create") {
                keyShown.secret = answer.api_key;
                keyShown.open();
            } else if (method === "Users.Create") {
                page.show(answer.user);
                page.notice(qsTr("%1 may sign in now").arg(answer.user), false);
            } else if (method === "Users.Delete") {
                page.show("");
                page.notice(qsTr("The account is removed"), false);
            } else if (method === "Users.Update") {
                page.notice(qsTr("It is changed"), false);
            } else if (method === "Sessions.Revoke") {
                page.notice(qsTr("That session is signed out"), false);
            } else if (method === "ApiKeys.Delete") {
                page.notice(qsTr("The key is removed"), false);
            }
            page.refresh();
        }
    }

    PageTitle {
        id: title

        anchors.left: parent.left
        anchors.right: add.left
        anchors.top: parent.top
        anchors.margins: page.margin
        anchors.topMargin: Theme.low ? 0 : page.compact ? Theme.space16 : Theme.space24
        height: Theme.low ? 0 : implicitHeight
        visible: !page.whole && !Theme.low
        text: qsTr("People")
    }
    Button {
        id: add

        anchors.right: parent.right
        anchors.rightMargin: page.margin
        anchors.verticalCenter: Theme.low ? tabs.verticalCenter : title.verticalCenter
        visible: !page.whole && page.may
        primary: true
        enabled: page.link.live && !asker.busy
        glyph: Icons.plus
        text: qsTr("Add an account")
        onClicked: accountDialog.open()
    }
    Tabs {
        id: tabs

        anchors.left: parent.left
        anchors.right: Theme.low ? add.left : parent.right
        anchors.top: title.bottom
        anchors.margins: page.margin
        anchors.topMargin: Theme.low ? Theme.space4 : Theme.space12
        visible: !page.whole && page.may
        names: [qsTr("Accounts"), qsTr("Sessions"), qsTr("API keys")]
    }
    TextField {
        id: search

        anchors.left: parent.left
        anchors.top: tabs.bottom
        anchors.leftMargin: page.margin
        anchors.topMargin: Theme.space12
        width: page.compact ? parent.width - 2 * page.margin : Theme.filterWidth
        height: visible ? implicitHeight : 0
        visible: tabs.visible && tabs.currentIndex === 0 && (accounts.total > 8 || accounts.text.length > 0)
        glyph: Icons.search
        hint: qsTr("A part of the name")
        onTextChanged: accounts.text = text.trim()
        Keys.onDownPressed: accountList.forceActiveFocus()
    }
    Card {
        id: table

        anchors.left: parent.left
        anchors.right: page.detailed && !page.stacked ? side.left : parent.right
        anchors.top: search.visible ? search.bottom : tabs.bottom
        anchors.bottom: parent.bottom
        anchors.leftMargin: page.margin
        anchors.rightMargin: page.detailed && !page.stacked ? Theme.space16 : page.margin
        anchors.topMargin: Theme.space12
        anchors.bottomMargin: page.compact ? Theme.space8 : page.margin
        visible: !page.whole

        component More: Item {
            id: moreItem

            required property PagedModel rows

            width: ListView.view.width
            height: rows.more ? moreButton.height + Theme.space24 : Theme.space8

            Button {
                id: moreButton

                anchors.centerIn: parent
                visible: moreItem.rows.more
                text: Format.fill(qsTr("Show more: %1 of %2"), [Format.count(moreItem.rows.count), Format.count(moreItem.rows.total)])
                onClicked: moreItem.rows.loadMore()
            }
        }
        component Rows: ListView {
            anchors.fill: parent
            anchors.margins: Theme.hairline
            activeFocusOnTab: true
            clip: true
            currentIndex: -1
            highlightMoveDuration: 0
            keyNavigationEnabled: true
            boundsBehavior: Flickable.StopAtBounds
            Accessible.role: Accessible.Table

            Basic.ScrollBar.vertical: ScrollBar {}
        }

        Rows {
            id: accountList

            focus: true
            visible: tabs.currentIndex === 0
            model: accounts
            Accessible.name: qsTr("Accounts")
            Keys.onReturnPressed: {
                if (currentItem instanceof AccountRow)
                    page.show((currentItem as AccountRow).entry.user);
            }
            delegate: AccountRow {
                width: ListView.view.width
                now: page.clock.now
                current: entry.user === page.openUser
                focused: ListView.isCurrentItem && ListView.view.activeFocus
                onChosen: user => {
                    accountList.currentIndex = index;
                    accountList.forceActiveFocus();
                    page.show(user);
                }
            }
            footer: More {
                rows: accounts
            }
        }
        Rows {
            id: sessionList

            visible: tabs.currentIndex === 1
            model: sessions
            Accessible.name: qsTr("Sessions")
            delegate: SessionRow {
                width: ListView.view.width
                now: page.clock.now
                showUser: true
                enabledAction: page.link.live && !asker.busy
                onTriggered: page.endSession(entry.id)
            }
            footer: More {
                rows: sessions
            }
        }
        Rows {
            id: keyList

            visible: tabs.currentIndex === 2
            model: keys
            Accessible.name: qsTr("API keys")
            delegate: ApiKeyRow {
                width: ListView.view.width
                now: page.clock.now
                showUser: true
                enabledAction: page.link.live && !asker.busy
                onTriggered: page.removeKey(entry.id, entry.name)
            }
            footer: More {
                rows: keys
            }
        }
        EmptyState {
            anchors.centerIn: parent
            width: parent.width
            visible: page.may && page.model.loading === States.Loading.Underway && page.model.count === 0
            glyph: Icons.loaderCircle
            title: qsTr("Asking for the list")
        }
        EmptyState {
            anchors.centerIn: parent
            width: parent.width
            visible: page.may && page.model.loading === States.Loading.Loaded && page.model.count === 0
            glyph: tabs.currentIndex === 0 ? Icons.searchX : tabs.currentIndex === 1 ? Icons.monitor : Icons.keyRound
            title: tabs.currentIndex === 0 ? qsTr("No account matches") : tabs.currentIndex === 1 ? qsTr("Nobody is signed in") : qsTr("There is no API key")
            text: tabs.currentIndex === 2 ? qsTr("Programs sign in with one. Open an account to make a key for it.") : ""
        }
        EmptyState {
            anchors.centerIn: parent
            width: parent.width
            visible: page.may && page.model.loading === States.Loading.Failed
            glyph: Icons.circleAlert
            loud: true
            title: qsTr("The list could not be read")
            text: page.model.errorText
            action: qsTr("Try again")
            onActionTriggered: page.model.retry()
        }
        EmptyState {
            anchors.centerIn: parent
            width: parent.width
            visible: !page.may
            glyph: Icons.lock
            title: qsTr("People are not for your role")
            text: qsTr("It takes the permission people.manage: an admin can give it.")
        }
    }
    Card {
        id: side

        anchors.right: parent.right
        anchors.rightMargin: page.margin
        anchors.top: page.stacked ? parent.top : table.top
        anchors.topMargin: page.stacked ? page.margin : 0
        anchors.bottom: parent.bottom
        anchors.bottomMargin: page.compact ? Theme.space8 : page.margin
        width: page.stacked ? parent.width - 2 * page.margin : Theme.commandDetail
        visible: page.detailed && page.may

        EmptyState {
            anchors.centerIn: parent
            width: parent.width
            visible: page.opened.user.length === 0
            glyph: finder.loading === States.Loading.Loaded ? Icons.searchX : Icons.loaderCircle
            title: finder.loading === States.Loading.Loaded ? qsTr("There is no such account") : qsTr("Asking for this account")
            text: finder.loading === States.Loading.Failed ? finder.errorText : page.openUser
            action: qsTr("Back to the accounts")
            onActionTriggered: page.close()
        }
        AccountDetail {
            id: detail

            anchors.fill: parent
            anchors.margins: Theme.hairline
            visible: page.opened.user.length > 0
            focus: page.detailed
            desk: page.desk
            asker: asker
            item: page.opened
            compact: page.stacked
            onBackRequested: page.close()
            onLinkRequested: asker.ask("SignInLinks.Create", {
                "user": page.openUser
            })
            onPasswordRequested: passwordDialog.open()
            onKeyRequested: {
                keyDialog.user = page.openUser;
                keyDialog.open();
            }
            onRemoveRequested: removeDialog.open()
            onKeyRemoveRequested: (id, name) => page.removeKey(id, name)
            onSessionEndRequested: id => page.endSession(id)
        }
    }

    function endSession(id: string): void {
        asker.ask("Sessions.Revoke", {
            "id": id
        });
    }

    function removeKey(id: string, name: string): void {
        keyGone.keyId = id;
        keyGone.title = qsTr("Remove the key %1?").arg(name);
        keyGone.open();
    }

    AccountDialog {
        id: accountDialog

        onConfirmed: asker.ask("Users.Create", password.length > 0 ? {
            "user": user,
            "role": role,
            "password": password
        } : {
            "user": user,
            "role": role
        })
    }
    ApiKeyDialog {
        id: keyDialog

        onConfirmed: asker.ask("ApiKeys.Create", days > 0 ? {
            "user": user,
            "name": name,
            "expires_in_days": days
        } : {
            "user": user,
            "name": name
        })
    }
    Dialog {
        id: passwordDialog

        title: qsTr("A password for %1").arg(page.openUser)
        text: qsTr("Whoever is signed in as %1 is signed out.").arg(page.openUser)
        confirmText: qsTr("Set it")
        ready: passwordField.length >= 10
        /// The last change of an account was one of its password.
        property bool asked: false

        onBegun: passwordField.clear()
        onOpened: passwordField.forceActiveFocus(Qt.TabFocusReason)
        onConfirmed: {
            asked = true;
            asker.ask("Users.Update", {
                "user": page.openUser,
                "password": passwordField.text
            });
        }

        TextField {
            id: passwordField

            width: parent.width
            glyph: Icons.lock
            hint: qsTr("At least 10 characters")
            label: qsTr("Password")
            echoMode: TextInput.Password
            maximumLength: 1024
            onAccepted: passwordDialog.confirm()
        }
    }
    Dialog {
        id: removeDialog

        title: qsTr("Remove %1?").arg(page.openUser)
        text: qsTr("Its sessions and API keys end at once. What it did stays in the audit.")
        confirmText: qsTr("Remove the account")
        danger: true
        onConfirmed: asker.ask("Users.Delete", {
            "user": page.openUser
        })
    }
    Dialog {
        id: keyGone

        property string keyId

        text: qsTr("Programs that use it are refused at once.")
        confirmText: qsTr("Remove the key")
        danger: true
        onConfirmed: asker.ask("ApiKeys.Delete", {
            "id": keyId
        })
    }
    SecretDialog {
        id: linkDialog

        title: qsTr("A link that signs %1 in, once").arg(page.openUser)
        text: qsTr("It is good for an hour, and shown this once. Whoever opens it first is in.")
        onCopied: page.notice(qsTr("The link is on the clipboard"), false)
    }
    SecretDialog {
        id: keyShown

        title: qsTr("The API key")
        text: qsTr("It is shown this once, for Authorization: Bearer. The server keeps no copy of it.")
        onCopied: page.notice(qsTr("The key is on the clipboard"), false)
    }
}
