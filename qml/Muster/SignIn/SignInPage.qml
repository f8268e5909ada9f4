// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Client
import Muster.Controls
import Muster.Frame

/// Before anybody is signed in: connecting, the sign-in by password or one-time link, and the first account.
FocusScope {
    id: page

    required property Backend backend
    required property bool compact
    property string link
    required property bool outdated
    /// See ElsewhereBanner; empty: nowhere.
    required property string elsewhere
    readonly property bool signedOut: backend.link.state === Link.SignedOut
    readonly property bool setup: signedOut && backend.account.setupNeeded
    property bool byLink: false

    signal reloadRequested
    signal elsewhereRequested

    function submit(): void {
        if (!submitButton.enabled)
            return;
        if (setup)
            backend.account.completeSetup(linkField.text, user.text, password.text);
        else if (byLink)
            backend.account.redeem(linkField.text);
        else
            backend.account.signIn(user.text, password.text);
    }

    /// A sign-in is refused as a whole, since nobody is told which half was wrong; of a first account the server says what it was.
    function refuses(member: string): bool {
        return backend.account.signInError.length > 0 && (!setup || backend.account.refusedMember === member);
    }

    function start(): void {
        if (!signedOut)
            return;
        if (link.length > 0)
            linkField.text = link;
        if (setup || byLink)
            linkField.text.length > 0 ? user.forceActiveFocus() : linkField.forceActiveFocus();
        else
            user.forceActiveFocus();
    }

    onSignedOutChanged: start()
    onSetupChanged: start()
    Component.onCompleted: start()

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }
    IconButton {
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.space12
        glyph: Theme.dark ? Icons.moon : Icons.sun
        text: qsTr("Switch between dark and light")
        onClicked: Theme.mode = Theme.dark ? Theme.Light : Theme.Dark
    }
    FormFlickable {
        anchors.fill: parent
        anchors.topMargin: Theme.low ? 0 : Theme.space48
        // The button for the theme stays free.
        anchors.rightMargin: Theme.low ? Theme.touchTarget + Theme.space12 : 0
        contentHeight: Math.max(height, card.height + 2 * Theme.space24)

        Card {
            id: card

            anchors.horizontalCenter: parent.horizontalCenter
            y: Math.max(Theme.space24, (parent.height - height) * 0.4 - Theme.space24)
            width: Math.min(Theme.signInWidth, parent.width - 2 * Theme.space16)
            height: column.height + 2 * Theme.space24

            Column {
                id: column

                anchors.left: parent.left
                anchors.leftMargin: Theme.space24
                y: Theme.space24
                width: parent.width - 2 * Theme.space24
                spacing: Theme.space12

                Row {
                    spacing: Theme.space8

                    Rectangle {
                        anchors.verticalCenter: parent.verticalCenter
                        width: Theme.space24
                        height: width
                        radius: Theme.radiusControl - 1
                        color: Theme.accent

                        Rectangle {
                            anchors.centerIn: parent
                            width: Theme.space12 + 1
                            height: width
                            radius: width / 2
                            color: "transparent"
                            border.width: Theme.focusRing
                            border.color: Theme.accentInk
                        }
                    }
                    Label {
                        anchors.verticalCenter: parent.verticalCenter
                        text: "Muster"
                        strong: true
                        font.pixelSize: Theme.fontTitle
                    }
                }
                Label {
                    width: parent.width
                    wrapMode: Text.Wrap
                    mayElide: true
                    maximumLineCount: 3
                    text: !page.signedOut ? qsTr("Connecting to %1").arg(page.backend.link.serverAddress) : page.setup ? qsTr("First start of %1: make the account of its first administrator.").arg(page.backend.link.serverAddress) : qsTr("Sign in to %1").arg(page.backend.link.serverAddress)
                    secondary: true
                }
                OutdatedBanner {
                    width: parent.width
                    visible: page.outdated
                    onReloadRequested: page.reloadRequested()
                }
                ElsewhereBanner {
                    width: parent.width
                    visible: host.length > 0
                    host: page.elsewhere
                    onOpenRequested: page.elsewhereRequested()
                }
                Banner {
                    width: parent.width
                    visible: text.length > 0
                    failing: true
                    glyph: Icons.circleAlert
                    text: page.backend.account.signInError.length > 0 ? page.backend.account.signInError : page.backend.link.trouble
                }
                Label {
                    width: parent.width
                    visible: !page.signedOut && page.backend.link.nextAttemptAt > 0
                    wrapMode: Text.Wrap
                    text: visible ? qsTr("Next try in %1.").arg(Format.span(Math.max(0, page.backend.link.nextAttemptAt - page.backend.clock.now))) : ""
                    secondary: true
                }
                Button {
                    visible: !page.signedOut && page.backend.link.nextAttemptAt > 0
                    glyph: Icons.refreshCw
                    text: qsTr("Try now")
                    onClicked: page.backend.link.retryNow()
                }
                Column {
                    width: parent.width
                    spacing: Theme.space8
                    visible: page.signedOut && (page.setup || page.byLink)

                    Label {
                        text: page.setup ? qsTr("Setup link") : qsTr("One-time link")
                        secondary: true
                        font.pixelSize: Theme.fontCaption
                    }
                    TextField {
                        id: linkField

                        width: parent.width
                        glyph: Icons.link
                        label: page.setup ? qsTr("Setup link") : qsTr("One-time link")
                        hint: page.setup ? qsTr("As the server printed it") : qsTr("Paste the whole link")
                        inputMethodHints: Qt.ImhNoAutoUppercase | Qt.ImhNoPredictiveText | Qt.ImhUrlCharactersOnly
                        onAccepted: page.setup ? user.forceActiveFocus() : page.submit()
                    }
                }
                Column {
                    width: parent.width
                    spacing: Theme.space8
                    visible: page.signedOut && (page.setup || !page.byLink)

                    Label {
                        text: qsTr("Name")
                        secondary: true
                        font.pixelSize: Theme.fontCaption
                    }
                    TextField {
                        id: user

                        width: parent.width
                        label: qsTr("Name")
                        wrong: page.refuses("user")
                        inputMethodHints: Qt.ImhNoAutoUppercase | Qt.ImhNoPredictiveText
                        onAccepted: password.forceActiveFocus()
                    }
                    Label {
                        text: qsTr("Password")
                        secondary: true
                        font.pixelSize: Theme.fontCaption
                    }
                    TextField {
                        id: password

                        width: parent.width
                        label: qsTr("Password")
                        wrong: page.refuses("password")
                        echoMode: TextInput.Password
                        onAccepted: page.setup ? again.forceActiveFocus() : page.submit()
                    }
                }
                Column {
                    width: parent.width
                    spacing: Theme.space8
                    visible: page.setup

                    Label {
                        text: qsTr("Password again")
                        secondary: true
                        font.pixelSize: Theme.fontCaption
                    }
                    TextField {
                        id: again

                        width: parent.width
                        label: qsTr("Password again")
                        echoMode: TextInput.Password
                        wrong: text.length > 0 && text !== password.text
                        onAccepted: page.submit()
                    }
                    Label {
                        visible: again.wrong
                        text: qsTr("The two passwords differ")
                        color: Theme.failingText
                        font.pixelSize: Theme.fontCaption
                    }
                }
                Item {
                    width: 1
                    height: Theme.space4
                    visible: page.signedOut
                }
                Button {
                    id: submitButton

                    width: parent.width
                    visible: page.signedOut
                    primary: true
                    enabled: !page.backend.account.signingIn && (!(page.setup || page.byLink) || linkField.text.trim().length > 0) && (page.byLink && !page.setup || (user.text.trim().length > 0 && password.text.length > 0)) && (!page.setup || again.text === password.text)
                    text: page.backend.account.signingIn ? qsTr("One moment…") : page.setup ? qsTr("Make the account") : qsTr("Sign in")
                    onClicked: page.submit()
                }
                Button {
                    width: parent.width
                    visible: page.signedOut && !page.setup
                    text: page.byLink ? qsTr("Use name and password") : qsTr("Use a one-time link")
                    onClicked: {
                        page.byLink = !page.byLink;
                        page.start();
                    }
                }
            }
        }
    }
}
