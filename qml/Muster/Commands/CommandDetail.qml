// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Client
import Muster.Controls
import Muster.Forms
import Muster.Frame

/// One command, whole: what was asked, what came back, and what proves it.
FocusScope {
    id: detail

    required property Desk desk
    readonly property Link link: desk.link
    readonly property Account account: desk.account
    readonly property ServerClock clock: desk.clock
    required property CommandWatch watch
    required property TextSaver saver
    required property bool compact
    readonly property command item: watch.command
    readonly property real now: clock.now
    readonly property bool mayCancel: account.session.may("devices.call")
    readonly property int pad: compact ? Theme.space12 : Theme.space20

    signal backRequested
    signal deviceRequested(string id)
    /// The same is to be called again, perhaps with other params.
    signal againRequested(command command)
    /// The others of the selection that it was made for.
    signal manyRequested(string bulk)
    signal notice(string text, bool failing)

    component Line: Fact {
        visible: value.length > 0
        width: column.width
        labelWidth: Theme.factLabel - Theme.space24
        compact: true
    }
    component Heading: Label {
        secondary: true
        font.weight: Font.Medium
        Accessible.role: Accessible.Heading
    }

    FormFlickable {
        anchors.fill: parent
        contentHeight: column.height + 2 * detail.pad
        visible: detail.item.id.length > 0

        Column {
            id: column

            anchors.left: parent.left
            anchors.leftMargin: detail.pad
            y: detail.pad
            width: parent.width - 2 * detail.pad
            spacing: Theme.space12

            Item {
                width: parent.width
                height: Math.max(title.implicitHeight, close.height)

                IconButton {
                    id: back

                    anchors.left: parent.left
                    anchors.leftMargin: -Theme.space8
                    visible: detail.compact
                    width: visible ? implicitWidth : 0
                    touch: true
                    glyph: Icons.arrowLeft
                    text: qsTr("Back to the commands")
                    onClicked: detail.backRequested()
                }
                Label {
                    id: title

                    anchors.left: back.visible ? back.right : parent.left
                    anchors.right: close.visible ? close.left : parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    mayElide: true
                    text: detail.item.method
                    mono: true
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
            Chip {
                tone: CommandLook.tone(detail.item.state)
                glyph: CommandLook.glyph(detail.item.state)
                text: Format.commandState(detail.item)
            }
            Column {
                width: parent.width

                Line {
                    label: qsTr("Device")
                    value: detail.item.deviceId
                }
                Line {
                    label: qsTr("Id")
                    value: detail.item.id
                    mono: true
                }
                Line {
                    label: qsTr("Asked")
                    value: Format.fill(qsTr("%1 by %2, %3"), [Format.wallTime(detail.item.askedAt, detail.now), detail.item.askedBy, Format.ago(detail.item.askedAt, detail.now)])
                    time: detail.item.askedAt
                }
                Line {
                    label: qsTr("Sent")
                    value: detail.item.sentAt > 0 ? Format.wallTime(detail.item.sentAt, detail.now) : ""
                }
                Line {
                    label: qsTr("Finished")
                    value: detail.item.finishedAt > 0 ? (detail.item.sentAt > 0 ? Format.fill(qsTr("%1, after %2"), [Format.wallTime(detail.item.finishedAt, detail.now), Format.took(detail.item.finishedAt - detail.item.sentAt)]) : Format.wallTime(detail.item.finishedAt, detail.now)) : ""
                }
                Line {
                    label: qsTr("Waits until")
                    value: detail.item.open && detail.item.expiresAt > 0 ? Format.fill(qsTr("%1, %2 more"), [Format.wallTime(detail.item.expiresAt, detail.now), Format.span(detail.item.expiresAt - detail.now)]) : ""
                }
                Line {
                    label: qsTr("Because")
                    value: detail.item.reason
                }
                Line {
                    label: qsTr("Kind")
                    value: detail.item.isCall ? qsTr("A call that somebody waited for") : detail.item.bulk.length > 0 ? qsTr("A command, one of many") : qsTr("A command: kept, and run once")
                    lined: false
                }
            }
            Flow {
                width: parent.width
                spacing: Theme.space8

                Button {
                    glyph: Icons.cpu
                    text: qsTr("Open the device")
                    onClicked: detail.deviceRequested(detail.item.deviceId)
                }
                Button {
                    visible: detail.mayCancel && detail.item.method.length > 0 && !detail.item.forgotten
                    glyph: Icons.refreshCw
                    text: qsTr("Edit and call again")
                    onClicked: detail.againRequested(detail.item)
                }
                Button {
                    visible: detail.item.bulk.length > 0
                    glyph: Icons.listChecks
                    text: qsTr("All of these")
                    onClicked: detail.manyRequested(detail.item.bulk)
                }
                Button {
                    visible: detail.item.state === "queued"
                    danger: true
                    enabled: detail.mayCancel && detail.link.live && !detail.watch.cancelling
                    glyph: Icons.ban
                    text: qsTr("Cancel it")
                    onClicked: detail.watch.cancel()
                }
            }
            Label {
                width: parent.width
                visible: detail.item.state === "queued" && !detail.mayCancel
                wrapMode: Text.Wrap
                text: detail.desk.lacks("devices.call")
                secondary: true
            }
            Heading {
                visible: !detail.item.isCall
                text: qsTr("Receipt")
            }
            Column {
                width: parent.width
                visible: !detail.item.isCall
                spacing: Theme.space8

                Row {
                    width: parent.width
                    spacing: Theme.space8

                    Icon {
                        id: seal

                        text: detail.watch.receiptText.length > 0 ? Icons.shieldCheck : Icons.hourglass
                        color: detail.watch.receiptText.length > 0 ? Theme.okText : Theme.textTertiary
                    }
                    Label {
                        width: parent.width - seal.width - Theme.space8
                        wrapMode: Text.Wrap
                        text: detail.watch.receiptText.length > 0 ? qsTr("Signed by the device, key %1").arg(detail.watch.receiptWords) : detail.watch.receiptError.length > 0 ? detail.watch.receiptError : detail.item.receipt ? qsTr("Asking for the receipt") : detail.item.open ? qsTr("None yet: the device signs one when it has finished.") : qsTr("None: the device never ran it.")
                        color: detail.watch.receiptText.length > 0 ? Theme.text : Theme.textSecondary
                    }
                }
                Label {
                    width: parent.width
                    visible: detail.watch.receiptText.length > 0
                    wrapMode: Text.WrapAnywhere
                    text: detail.watch.receiptFingerprint
                    mono: true
                    secondary: true
                }
                Flow {
                    width: parent.width
                    spacing: Theme.space8
                    visible: detail.watch.receiptText.length > 0

                    Button {
                        visible: detail.saver !== null
                        glyph: Icons.download
                        text: qsTr("Save the receipt")
                        onClicked: detail.saver.save("receipt-" + detail.item.id + ".json", detail.watch.receiptText)
                    }
                    Button {
                        glyph: Icons.copy
                        text: qsTr("Copy the receipt")
                        onClicked: {
                            Clipboard.copy(detail.watch.receiptText);
                            detail.notice(qsTr("The receipt is on the clipboard"), false);
                        }
                    }
                }
            }
            Heading {
                text: qsTr("Params")
            }
            CodeArea {
                width: parent.width
                height: Math.min(Theme.codeHeight, Math.max(Theme.rowHeight, (detail.item.paramsText.split("\n").length + 1) * Theme.space16))
                readOnly: true
                label: qsTr("Params")
                text: detail.item.paramsText
            }
            Heading {
                visible: detail.item.hasResult || detail.item.errorText.length > 0
                text: qsTr("What came back")
            }
            Label {
                width: parent.width
                visible: detail.item.errorText.length > 0
                wrapMode: Text.Wrap
                maximumLineCount: 8
                mayElide: true
                text: detail.item.errorText
                color: Theme.failingText
            }
            CodeArea {
                readonly property string whole: detail.item.resultText

                width: parent.width
                height: Math.min(Theme.resultHeight, Math.max(Theme.rowHeight, (whole.slice(0, 4000).split("\n").length + 1) * Theme.space16))
                visible: detail.item.hasResult
                readOnly: true
                label: qsTr("What came back")
                text: whole.slice(0, 65536)
            }
            Button {
                visible: detail.item.hasResult
                glyph: Icons.copy
                text: qsTr("Copy")
                onClicked: {
                    Clipboard.copy(detail.item.resultText);
                    detail.notice(qsTr("The answer is on the clipboard"), false);
                }
            }
        }
    }
    EmptyState {
        anchors.centerIn: parent
        width: parent.width
        visible: detail.item.id.length === 0 && detail.watch.loading === States.Loading.Underway
        glyph: Icons.loaderCircle
        title: qsTr("Asking for this command")
    }
    EmptyState {
        anchors.centerIn: parent
        width: parent.width
        visible: detail.item.id.length === 0 && detail.watch.loading === States.Loading.Failed
        glyph: Icons.circleAlert
        loud: true
        title: qsTr("This command could not be read")
        text: detail.watch.errorText
        action: qsTr("Back to the commands")
        onActionTriggered: detail.backRequested()
    }
}
