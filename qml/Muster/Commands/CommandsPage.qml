// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls
import Muster.Frame

/// What was asked of the fleet: what is on its way, and what came of it.
Page {
    id: page

    readonly property int margin: compact ? Theme.space12 : Theme.space24
    readonly property bool stacked: width < Theme.commandDetail + Theme.containerList + 3 * Theme.space24
    /// The one to look at, which the address names; empty: none.
    readonly property string openId: place.subject
    readonly property bool opened: openId.length > 0
    readonly property bool filtered: model.state.length > 0 || model.deviceId.length > 0 || model.bulk.length > 0

    /// Each is a step of the history: back leads to the list, or to the one before.
    function open(id: string): void {
        desk.go(id.length > 0 ? "commands/" + id : "commands");
    }

    Keys.onEscapePressed: {
        page.open("");
        list.forceActiveFocus();
    }

    CommandsModel {
        id: model

        link: page.link
        onItemsChanged: {
            // What is looked at has gone on: look again.
            const row = rowOf(page.openId);
            if (row >= 0 && at(row).state !== watch.command.state && watch.command.id.length > 0)
                watch.refresh();
        }
    }
    Query {
        place: page.place
        values: ({
                "bulk": model.bulk,
                "device": model.deviceId,
                "state": model.state
            })
        onAsked: values => {
            model.bulk = values.bulk ?? "";
            deviceField.text = values.device ?? "";
            model.deviceId = deviceField.text;
            model.state = ["open", "failed", "done"].includes(values.state) ? values.state : "";
        }
    }
    CommandWatch {
        id: watch

        link: page.link
        commandId: page.openId
        onCancelled: page.notice(qsTr("It is cancelled"), false)
        onCancelFailed: message => page.notice(message, true)
    }
    BulkWatch {
        id: many

        backend: page.desk.backend
        bulk: model.bulk
        onBulkChanged: {
            againDialog.close();
            cancelDialog.close();
        }
        onMadeAgain: (bulk, commands) => {
            page.notice(qsTr("%Ln commands are on their way", "", commands), false);
            // Back leads to the bulk that it was called again for.
            page.desk.goSet("commands", "bulk=" + encodeURIComponent(bulk));
        }
        onEnded: (done, failures) => {
            if (failures > 0)
                page.notice(done > 0 ? Format.fill(qsTr("%1 of %2 commands have failed"), [Format.count(failures), Format.count(done + failures)]) : qsTr("All %Ln commands have failed", "", failures), true);
        }
        onCancelled: commands => page.notice(commands > 0 ? qsTr("%Ln commands are cancelled", "", commands) : qsTr("Nothing waits any more: what was sent cannot be taken back"), false)
        onFailed: message => page.notice(message, true)
    }
    Dialog {
        id: againDialog

        /// As the person was told; more may fail while they think.
        property int told: 0

        title: Format.fill(qsTr("Call %1 again where it failed, on %Ln devices?", "", told), [many.method])
        text: qsTr("With the same params, and as long to come as the first time.")
        confirmText: qsTr("Call again")
        onConfirmed: many.again(told)
    }
    Dialog {
        id: cancelDialog

        title: qsTr("Cancel what was not sent yet?")
        text: qsTr("What a device has already goes on: nothing can take it back.")
        confirmText: qsTr("Cancel the rest")
        cancelText: qsTr("Leave it")
        danger: true
        onConfirmed: many.cancelRest()
    }
    Connections {
        target: page.saver
        function onSaved(where: string): void {
            page.notice(qsTr("Saved: %1").arg(where), false);
        }
        function onFailed(message: string): void {
            page.notice(message, true);
        }
    }

    PageTitle {
        id: title

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: page.margin
        anchors.topMargin: Theme.low ? 0 : page.compact ? Theme.space16 : Theme.space24
        height: Theme.low ? 0 : implicitHeight
        visible: (!page.stacked || !page.opened) && !Theme.low
        text: qsTr("Commands")
        detail: model.counts.open > 0 && page.compact ? qsTr("%Ln on their way", "", model.counts.open) : model.counts.open > 0 ? Format.fill(qsTr("%1 on their way, %2 waiting for the device"), [Format.count(model.counts.open - model.counts.queued), Format.count(model.counts.queued)]) : ""
    }
    Flow {
        id: filters

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: title.bottom
        anchors.margins: page.margin
        anchors.topMargin: Theme.low ? Theme.space8 : Theme.space16
        visible: table.visible
        spacing: Theme.space8

        TextField {
            id: deviceField

            width: Theme.low ? Theme.menuWidth : page.compact ? filters.width : Theme.filterWidth
            glyph: Icons.cpu
            hint: qsTr("Of one device: its id")
            onEditingFinished: model.deviceId = text.trim()
            onTextChanged: {
                if (text.length === 0)
                    model.deviceId = "";
            }
            Keys.onEscapePressed: clear()
            Keys.onDownPressed: list.forceActiveFocus()
        }
        Repeater {
            model: [
                {
                    "state": "",
                    "name": qsTr("All")
                },
                {
                    "state": "open",
                    "name": qsTr("Open")
                },
                {
                    "state": "failed",
                    "name": qsTr("Failed")
                },
                {
                    "state": "done",
                    "name": qsTr("Done")
                }
            ]

            FilterChip {
                required property var modelData

                height: deviceField.height
                text: modelData.name
                count: modelData.state === "open" ? model.counts.open : -1
                marked: false
                chosen: model.state === modelData.state
                onClicked: {
                    model.state = modelData.state;
                    list.positionViewAtBeginning();
                }
            }
        }
    }
    BulkCard {
        id: bulkCard

        anchors.left: table.left
        anchors.right: table.right
        anchors.top: filters.bottom
        anchors.topMargin: Theme.space12
        visible: model.bulk.length > 0 && table.visible
        height: visible ? implicitHeight : 0
        watch: many
        mayCall: page.account.session.may("devices.call")
        onAgainRequested: {
            againDialog.told = many.failures;
            againDialog.open();
        }
        onCancelRequested: cancelDialog.open()
        onCloseRequested: model.bulk = ""
    }
    Card {
        id: table

        anchors.left: parent.left
        anchors.right: page.opened && !page.stacked ? side.left : parent.right
        anchors.top: bulkCard.visible ? bulkCard.bottom : filters.bottom
        anchors.bottom: parent.bottom
        anchors.leftMargin: page.margin
        anchors.rightMargin: page.opened && !page.stacked ? Theme.space16 : page.margin
        anchors.topMargin: Theme.space12
        anchors.bottomMargin: page.compact ? Theme.space8 : page.margin
        visible: !page.stacked || !page.opened

        ListView {
            id: list

            anchors.fill: parent
            anchors.margins: Theme.hairline
            focus: !page.opened
            activeFocusOnTab: true
            clip: true
            currentIndex: -1
            highlightMoveDuration: 0
            keyNavigationEnabled: true
            boundsBehavior: Flickable.StopAtBounds
            model: model
            Accessible.role: Accessible.Table
            Accessible.name: qsTr("Commands")
            Keys.onReturnPressed: page.open(model.at(currentIndex).id)
            Keys.onPressed: event => {
                if (event.key === Qt.Key_Home)
                    currentIndex = 0;
                else if (event.key === Qt.Key_End)
                    currentIndex = count - 1;
                else
                    return;
                event.accepted = true;
            }

            Basic.ScrollBar.vertical: ScrollBar {}

            delegate: CommandRow {
                width: ListView.view.width
                now: page.clock.now
                compact: page.compact
                showWho: ListView.view.width > Theme.paletteWidth
                current: commandId === page.openId
                focused: ListView.isCurrentItem && ListView.view.activeFocus
                onChosen: id => {
                    list.currentIndex = index;
                    list.forceActiveFocus();
                    page.open(id);
                }
            }
            footer: Item {
                width: ListView.view.width
                height: model.more ? more.height + Theme.space24 : Theme.space8

                Button {
                    id: more

                    anchors.centerIn: parent
                    visible: model.more
                    text: qsTr("Show older")
                    onClicked: model.loadMore()
                    onActiveFocusChanged: {
                        // Who comes here by Tab sees it.
                        if (activeFocus)
                            list.positionViewAtEnd();
                    }
                }
            }
        }
        EmptyState {
            anchors.centerIn: parent
            width: parent.width
            visible: model.loading === States.Loading.Underway && list.count === 0
            glyph: Icons.loaderCircle
            title: qsTr("Asking for the commands")
        }
        EmptyState {
            anchors.centerIn: parent
            width: parent.width
            visible: model.loading === States.Loading.Loaded && list.count === 0
            glyph: page.filtered ? Icons.searchX : Icons.send
            title: page.filtered ? qsTr("No command matches") : qsTr("Nothing was asked yet")
            text: page.filtered ? "" : qsTr("Call a method on a device's page. A call for a device that is away can be left for later: it waits here.")
            action: page.filtered ? qsTr("Show all") : ""
            onActionTriggered: {
                deviceField.clear();
                model.bulk = "";
                model.state = "";
            }
        }
        EmptyState {
            anchors.centerIn: parent
            width: parent.width
            visible: model.loading === States.Loading.Failed
            glyph: Icons.circleAlert
            loud: true
            title: qsTr("The commands could not be read")
            text: model.errorText
            action: qsTr("Try again")
            onActionTriggered: model.retry()
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
        visible: page.opened

        CommandDetail {
            anchors.fill: parent
            anchors.margins: Theme.hairline
            focus: page.opened
            desk: page.desk
            watch: watch
            saver: page.saver
            compact: page.stacked
            onBackRequested: {
                page.open("");
                list.forceActiveFocus();
            }
            onDeviceRequested: id => page.desk.go("device/" + id)
            onAgainRequested: command => page.desk.goWith("device/" + command.deviceId + "/methods/" + command.method, {
                "device": command.deviceId,
                "method": command.method,
                "params": command.paramsText
            })
            onManyRequested: bulk => model.bulk = bulk
            onNotice: (text, failing) => page.notice(text, failing)
        }
    }
}
