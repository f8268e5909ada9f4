// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Client
import Muster.Controls
import Muster.Frame
import Muster.People
import Muster.Server

/// This server, this window, and where one is signed in.
Page {
    id: page

    readonly property int margin: compact ? Theme.space12 : Theme.space24
    readonly property bool wide: width > 2 * Theme.commandDetail + 3 * Theme.space24
    readonly property bool mayBackUp: desk.may("server.manage")
    /// How the last backup went, whoever asked for it.
    readonly property var backup: facts.backup
    readonly property bool backingUp: backups.busy || backup.underway === true

    ServerFacts {
        id: facts

        link: page.link
        active: page.shown
    }
    SessionsModel {
        id: sessions

        link: page.link
        user: page.account.session.user
        active: page.shown && page.account.session.user.length > 0
    }
    Asker {
        id: asker

        link: page.link
        onAnswered: (method, answer) => {
            sessions.refresh();
            page.notice(qsTr("That session is signed out"), false);
        }
        onFailed: (method, message) => page.notice(message, true)
    }
    Asker {
        id: backups

        link: page.link
        onAnswered: (method, answer) => {
            facts.refresh();
            page.notice(qsTr("The backup is made, and was read back"), false);
        }
        onFailed: (method, message) => {
            facts.refresh();
            page.notice(message, true);
        }
    }

    function copy(text: string, what: string): void {
        Clipboard.copy(text);
        notice(qsTr("%1 is on the clipboard").arg(what), false);
    }

    component Line: Fact {
        width: parent ? parent.width : 0
        labelWidth: page.compact ? Theme.factLabel - Theme.space24 : Theme.factLabel + Theme.space32
        compact: true
    }

    PageTitle {
        id: title

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: page.margin
        anchors.topMargin: Theme.low ? 0 : page.compact ? Theme.space16 : Theme.space24
        height: Theme.low ? 0 : implicitHeight
        visible: !Theme.low
        text: qsTr("Settings")
    }
    FormFlickable {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: title.bottom
        anchors.bottom: parent.bottom
        anchors.topMargin: Theme.space16
        contentHeight: grid.height + page.margin

        Item {
            id: grid

            anchors.left: parent.left
            anchors.leftMargin: page.margin
            width: parent.width - 2 * page.margin
            height: Math.max(left.height, page.wide ? right.height : 0)

            Column {
                id: left

                anchors.left: parent.left
                width: page.wide ? (parent.width - Theme.space16) / 2 : parent.width
                spacing: Theme.space16

                SettingsCard {
                    width: parent.width
                    title: qsTr("This server")

                    Label {
                        width: parent.width
                        visible: facts.loading === States.Loading.Failed || facts.loading === States.Loading.Underway
                        wrapMode: Text.Wrap
                        text: facts.loading === States.Loading.Failed ? facts.errorText : qsTr("Asking …")
                        color: facts.loading === States.Loading.Failed ? Theme.failingText : Theme.textSecondary
                    }
                    Button {
                        visible: facts.loading === States.Loading.Failed
                        text: qsTr("Try again")
                        onClicked: facts.refresh()
                    }
                    Column {
                        width: parent.width
                        visible: facts.name.length > 0

                        Line {
                            label: qsTr("Name")
                            value: facts.name
                        }
                        Line {
                            label: qsTr("Address")
                            value: facts.url
                        }
                        Line {
                            label: qsTr("Version")
                            value: facts.version
                        }
                        Line {
                            label: qsTr("Started")
                            value: Format.fill(qsTr("%1, %2"), [Format.fullTime(facts.startedAt), Format.ago(facts.startedAt, page.clock.now)])
                        }
                        Line {
                            label: qsTr("Fleet back")
                            visible: facts.fleetBack.length > 0
                            value: facts.fleetBack
                        }
                        Line {
                            label: qsTr("Key words")
                            value: facts.keyWords
                        }
                        Line {
                            label: qsTr("Fingerprint")
                            value: facts.keyFingerprint
                            mono: true
                            lined: false
                        }
                    }
                    Flow {
                        width: parent.width
                        spacing: Theme.space8
                        visible: facts.name.length > 0

                        Button {
                            glyph: Icons.copy
                            text: qsTr("Copy the address")
                            onClicked: page.copy(facts.url, qsTr("The address"))
                        }
                        Button {
                            width: Math.min(implicitWidth, parent.width)
                            glyph: Icons.copy
                            text: qsTr("Copy the public key")
                            onClicked: page.copy(facts.keyPem, qsTr("The public key"))
                        }
                    }
                }
                SettingsCard {
                    width: parent.width
                    visible: facts.name.length > 0
                    title: qsTr("Storage")

                    Column {
                        width: parent.width

                        Repeater {
                            model: facts.storage

                            Line {
                                required property var modelData

                                label: modelData.label
                                value: modelData.value
                            }
                        }
                    }
                    Rectangle {
                        width: parent.width
                        height: Theme.space6
                        radius: height / 2
                        color: Theme.panelRaised
                        Accessible.role: Accessible.ProgressBar
                        Accessible.name: qsTr("Used of the disk")

                        Rectangle {
                            width: parent.width * Math.min(1, facts.diskUsed)
                            height: parent.height
                            radius: height / 2
                            color: facts.diskUsed > 0.95 ? Theme.failing : facts.diskUsed > 0.85 ? Theme.warning : Theme.accent
                        }
                    }
                    Label {
                        width: parent.width
                        topPadding: Theme.space8
                        wrapMode: Text.Wrap
                        text: qsTr("What is kept, and how long")
                        secondary: true
                        font.weight: Font.Medium
                        Accessible.role: Accessible.Heading
                    }
                    Column {
                        width: parent.width

                        Repeater {
                            model: facts.retention

                            Line {
                                required property var modelData

                                label: modelData.label
                                value: modelData.value
                            }
                        }
                    }
                }
            }
            Column {
                id: right

                anchors.top: page.wide ? parent.top : left.bottom
                anchors.topMargin: page.wide ? 0 : Theme.space16
                anchors.right: parent.right
                width: left.width
                spacing: Theme.space16

                SettingsCard {
                    width: parent.width
                    title: qsTr("Backup")
                    text: facts.backsUp ? qsTr("Copies the databases and keys into a new folder on the server, reads the copy back, and keeps the last seven. Take them to another machine.") : qsTr("PostgreSQL is backed up by its own tools: pg_dump with the schemas muster and telemetry, or what its host does. Copy the server's folder “keys” once.")

                    Button {
                        visible: facts.backsUp
                        glyph: Icons.database
                        text: page.backingUp ? qsTr("Making it …") : qsTr("Back up now")
                        enabled: page.mayBackUp && page.link.live && !page.backingUp
                        onClicked: {
                            backups.ask("Server.Backup", {});
                            facts.refresh();
                        }
                    }
                    Label {
                        width: parent.width
                        visible: facts.backsUp && !page.mayBackUp
                        wrapMode: Text.Wrap
                        text: qsTr("It takes the permission server.manage: an admin has it.")
                        secondary: true
                    }
                    Label {
                        width: parent.width
                        visible: page.backup.underway === true
                        wrapMode: Text.Wrap
                        text: visible ? Format.fill(qsTr("A backup is being made since %1."), [Format.clockTime(page.backup.begunAt)]) : ""
                        secondary: true
                    }
                    Label {
                        width: parent.width
                        visible: page.backup.error?.length > 0
                        wrapMode: Text.Wrap
                        text: visible ? Format.fill(qsTr("The last one failed, %1: %2"), [Format.ago(page.backup.endedAt, page.clock.now), page.backup.error]) : ""
                        color: Theme.failingText
                    }
                    Column {
                        width: parent.width
                        visible: page.backup.folder?.length > 0
                        spacing: Theme.space4

                        Line {
                            label: qsTr("Made")
                            time: page.backup.endedAt ?? 0
                            value: Format.ago(time, page.clock.now)
                        }

                        Line {
                            label: qsTr("Folder")
                            value: page.backup?.folder ?? ""
                            mono: true
                        }
                        Line {
                            label: qsTr("Holds")
                            value: !page.backup.folder ? "" : Format.fill(qsTr("%1 and %2"), [qsTr("%Ln devices", "", page.backup.devices), qsTr("%Ln accounts", "", page.backup.accounts)])
                        }
                        Repeater {
                            model: page.backup?.files ?? []

                            Label {
                                required property var modelData

                                width: parent ? parent.width : 0
                                wrapMode: Text.WrapAnywhere
                                text: Format.fill(qsTr("%1, %2: SHA-256 %3"), [modelData.name, Format.bytes(modelData.bytes), modelData.sha256])
                                mono: true
                                secondary: true
                            }
                        }
                    }
                }
                SettingsCard {
                    width: parent.width
                    title: qsTr("This window")

                    Label {
                        text: qsTr("Theme")
                        secondary: true
                        font.weight: Font.Medium
                    }
                    Flow {
                        width: parent.width
                        spacing: Theme.space8

                        Repeater {
                            model: [qsTr("As the system"), qsTr("Dark"), qsTr("Light")]

                            FilterChip {
                                required property string modelData
                                required property int index
                                readonly property int mode: [Theme.System, Theme.Dark, Theme.Light][index]

                                text: modelData
                                marked: false
                                chosen: Theme.mode === mode
                                onClicked: Theme.mode = mode
                            }
                        }
                    }
                    Label {
                        text: qsTr("Language")
                        secondary: true
                        font.weight: Font.Medium
                    }
                    Flow {
                        width: parent.width
                        spacing: Theme.space8

                        Repeater {
                            model: [""].concat(Language.codes)

                            FilterChip {
                                required property string modelData

                                text: modelData.length > 0 ? Language.nameOf(modelData) : qsTr("As the system")
                                marked: false
                                chosen: Language.chosen === modelData
                                onClicked: Language.chosen = modelData
                            }
                        }
                    }
                    Label {
                        text: qsTr("Text size")
                        secondary: true
                        font.weight: Font.Medium
                    }
                    Flow {
                        width: parent.width
                        spacing: Theme.space8

                        Repeater {
                            model: [0.9, 1, 1.15, 1.3, 1.5]

                            FilterChip {
                                required property real modelData

                                text: Format.percent(modelData)
                                marked: false
                                chosen: Math.abs(Theme.textScale - modelData) < 0.01
                                onClicked: Theme.textScale = modelData
                            }
                        }
                    }
                    Label {
                        text: qsTr("Times")
                        secondary: true
                        font.weight: Font.Medium
                    }
                    Flow {
                        width: parent.width
                        spacing: Theme.space8

                        Repeater {
                            model: [qsTr("Of this machine's zone"), qsTr("UTC")]

                            FilterChip {
                                required property string modelData
                                required property int index

                                text: modelData
                                marked: false
                                chosen: Format.utc === (index === 1)
                                onClicked: Format.utc = index === 1
                            }
                        }
                    }
                }
                SettingsCard {
                    width: parent.width
                    visible: !page.compact
                    title: qsTr("Keyboard")
                    text: qsTr("Single letters act at once: A accepts a waiting key, R rejects it, J and K go through the list, / searches.")

                    Flow {
                        width: parent.width
                        spacing: Theme.space8

                        Repeater {
                            model: [qsTr("They act"), qsTr("They do nothing")]

                            FilterChip {
                                required property string modelData
                                required property int index

                                text: modelData
                                marked: false
                                chosen: page.desk.letterKeys === (index === 0)
                                onClicked: page.desk.letterKeys = index === 0
                            }
                        }
                    }
                }
                SettingsCard {
                    width: parent.width
                    title: qsTr("Where you are signed in")

                    Label {
                        width: parent.width
                        visible: sessions.count === 0
                        wrapMode: Text.Wrap
                        text: sessions.loading === States.Loading.Failed ? sessions.errorText : sessions.loading === States.Loading.Loaded ? qsTr("Nowhere: this program signs in with an API key.") : qsTr("Asking …")
                        secondary: true
                    }
                    Column {
                        anchors.left: parent.left
                        anchors.leftMargin: -Theme.space16
                        width: parent.width + 2 * Theme.space16

                        Repeater {
                            model: sessions

                            SessionRow {
                                width: parent ? parent.width : 0
                                now: page.clock.now
                                enabledAction: page.link.live && !asker.busy
                                action: entry.current ? "" : qsTr("Sign out")
                                lined: index < sessions.count - 1
                                onTriggered: asker.ask("Sessions.Revoke", {
                                    "id": entry.id
                                })

                                required property int index
                            }
                        }
                    }
                    Button {
                        visible: sessions.more
                        text: qsTr("Show more")
                        onClicked: sessions.loadMore()
                    }
                }
            }
        }
    }
}
