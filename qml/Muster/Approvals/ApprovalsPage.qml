// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls
import Muster.Frame

/// The keys that wait for a person. A device may do nothing until one has accepted its key.
Page {
    id: page

    /// The device that the address names.
    readonly property string asked: place.subject
    /// The device whose key to look at first, until it was found; empty: the newest.
    property string deviceId
    readonly property int margin: compact ? Theme.space12 : Theme.space24
    /// No room for list and detail side by side: the one opens over the other.
    readonly property bool stacked: width < Theme.compactBelow
    readonly property bool mayDecide: account.session.may("approvals.decide")
    readonly property bool keys: desk.letterKeys && !desk.covered && !dialog.visible && !crowdDialog.visible && !search.activeFocus
    /// A few are looked through; of more, somebody looks for one.
    readonly property bool searching: model.total > 8 || model.text.length > 0
    /// On a phone: the list, or the one that was opened.
    property bool opened: false
    property approval current

    // Not a binding: it ends where the key was found, and the next link would do nothing.
    onAskedChanged: {
        deviceId = asked;
        opened = false;
        take();
    }

    /// The device that the address names, where no key of it waits.
    readonly property bool missing: deviceId.length > 0 && model.loading === States.Loading.Loaded && model.text.length === 0 && model.rowOfDevice(deviceId) < 0

    function take(): void {
        // Several keys may wait for one device: the one that was chosen stays.
        const wanted = deviceId.length === 0 ? -1 : current.deviceId === deviceId && model.rowOf(current.id) >= 0 ? model.rowOf(current.id) : model.rowOfDevice(deviceId);
        if (wanted >= 0) {
            list.currentIndex = wanted;
            opened = true;
            deviceId = "";
        }
        // The address names another one, which does not wait: nothing of this list is what was meant.
        if (missing)
            list.currentIndex = -1;
        else if (list.currentIndex < 0 && model.count > 0)
            list.currentIndex = 0;
        list.currentIndex = Math.min(list.currentIndex, model.count - 1);
        current = model.at(list.currentIndex);
        if (model.count === 0)
            opened = false;
    }

    /// On a phone a key fills the window, which is a step of the history: back leads to the list.
    function open(row: int): void {
        list.currentIndex = row;
        if (stacked && asked === current.deviceId)
            opened = true;
        else if (stacked)
            desk.go("approvals/" + current.deviceId);
    }

    function back(): void {
        opened = false;
        desk.go("approvals");
    }

    function ask(accept: bool): void {
        if (!mayDecide || !link.live || current.id.length === 0)
            return;
        dialog.accept = accept;
        dialog.subject = current;
        dialog.open();
    }

    function askAll(): void {
        crowdDialog.network = current.network;
        crowdDialog.waiting = current.pendingFromNetwork;
        crowdDialog.open();
    }

    ApprovalsModel {
        id: model

        link: page.link
        rejected: rejectedChip.chosen
        onItemsChanged: page.take()
        onDecided: (deviceId, accepted) => {
            page.deviceId = "";
            if (page.asked === deviceId)
                page.desk.go("approvals");
            page.notice(accepted ? qsTr("%1 is accepted").arg(deviceId) : qsTr("%1 is rejected").arg(deviceId), false);
        }
        onRejectedFrom: (network, count) => page.notice(Format.fill(qsTr("%Ln keys from %1 are rejected", "", count), [network]), false)
        onDecisionFailed: (deviceId, message) => page.notice(Format.fill(qsTr("Nothing was decided on %1: %2"), [deviceId, message]), true)
    }
    Shortcut {
        sequences: ["A"]
        enabled: page.keys
        onActivated: page.ask(true)
    }
    Shortcut {
        sequences: ["R"]
        enabled: page.keys && !model.rejected
        onActivated: page.ask(false)
    }
    Shortcut {
        sequences: ["J"]
        enabled: page.keys
        onActivated: list.incrementCurrentIndex()
    }
    Shortcut {
        sequences: ["K"]
        enabled: page.keys
        onActivated: list.decrementCurrentIndex()
    }
    Keys.onEscapePressed: page.back()

    PageTitle {
        id: title

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: page.margin
        anchors.topMargin: Theme.low ? 0 : page.compact ? Theme.space16 : Theme.space24
        height: Theme.low ? 0 : implicitHeight
        visible: (!page.opened || !page.stacked) && !Theme.low
        text: qsTr("Approvals")
    }
    Label {
        id: subtitle

        anchors.left: title.left
        anchors.right: title.right
        anchors.top: title.bottom
        anchors.topMargin: Theme.space4
        visible: !page.opened || !page.stacked
        wrapMode: Text.Wrap
        text: qsTr("A device may do nothing until a person accepts its key. Compare the words below with the ones the device shows.")
        secondary: true
    }
    Row {
        id: states

        anchors.left: list.left
        anchors.top: subtitle.bottom
        anchors.topMargin: Theme.low ? Theme.space8 : Theme.space16
        visible: !page.stacked || !page.opened
        spacing: Theme.space8

        FilterChip {
            text: qsTr("Waiting")
            marked: false
            count: page.fleet.counts.approvals
            chosen: !rejectedChip.chosen
            onClicked: rejectedChip.chosen = false
        }
        FilterChip {
            id: rejectedChip

            text: qsTr("Rejected")
            marked: false
            onClicked: chosen = true
        }
    }
    Query {
        place: page.place
        values: ({
                "show": rejectedChip.chosen ? "rejected" : "",
                "text": model.text
            })
        onAsked: values => {
            rejectedChip.chosen = values.show === "rejected";
            search.text = values.text ?? "";
        }
    }
    TextField {
        id: search

        anchors.left: list.left
        anchors.right: list.right
        anchors.top: states.bottom
        anchors.topMargin: Theme.space8
        visible: page.searching && (!page.stacked || !page.opened)
        hint: qsTr("Id, address or fingerprint")
        Accessible.name: model.rejected ? qsTr("Find a rejected key") : qsTr("Find a waiting key")
        onTextChanged: model.text = text.trim()
    }
    Label {
        id: more

        anchors.left: list.left
        anchors.right: list.right
        anchors.bottom: parent.bottom
        height: visible ? Theme.controlHeight : 0
        visible: model.total > model.count && list.visible
        verticalAlignment: Text.AlignVCenter
        mayElide: true
        secondary: true
        text: Format.fill(qsTr("The newest %1 of %2: the field above finds others"), [Format.count(model.count), Format.count(model.total)])
    }
    ListView {
        id: list

        anchors.left: parent.left
        anchors.top: search.visible ? search.bottom : states.bottom
        anchors.bottom: more.visible ? more.top : parent.bottom
        anchors.leftMargin: page.margin
        anchors.topMargin: Theme.low ? Theme.space8 : Theme.space12
        width: page.stacked ? parent.width - 2 * page.margin : Math.min(Theme.approvalList, (parent.width - 2 * page.margin) * 0.42)
        visible: count > 0 && (!page.stacked || !page.opened)
        focus: true
        clip: true
        spacing: Theme.space12
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        model: model
        Accessible.role: Accessible.List
        Accessible.name: model.rejected ? qsTr("Rejected keys") : qsTr("Waiting keys")
        onCurrentIndexChanged: page.current = model.at(currentIndex)
        Keys.onReturnPressed: {
            page.open(currentIndex);
        }

        Basic.ScrollBar.vertical: ScrollBar {}

        delegate: ApprovalCard {
            width: ListView.view.width
            now: page.clock.now
            current: ListView.isCurrentItem && !page.stacked
            focused: ListView.isCurrentItem && ListView.view.activeFocus
            onChosen: row => {
                list.forceActiveFocus();
                page.open(row);
            }
        }
    }
    FormFlickable {
        id: detailFlick

        anchors.left: page.stacked ? parent.left : list.right
        anchors.right: parent.right
        anchors.top: page.stacked ? parent.top : list.top
        anchors.bottom: parent.bottom
        anchors.leftMargin: page.stacked ? page.margin : Theme.space16
        anchors.rightMargin: page.margin
        anchors.topMargin: page.stacked ? page.margin : 0
        visible: model.count > 0 && !page.missing && (!page.stacked || page.opened)
        contentHeight: detail.height + page.margin

        ApprovalDetail {
            id: detail

            width: detailFlick.width
            item: page.current
            now: page.clock.now
            compact: page.stacked
            enabledActions: page.mayDecide && page.link.live
            mayDecide: page.mayDecide
            letterKeys: page.desk.letterKeys
            onAcceptRequested: page.ask(true)
            onRejectRequested: page.ask(false)
            onRejectAllRequested: page.askAll()
            onBackRequested: page.back()
        }
    }
    Column {
        anchors.left: list.left
        anchors.top: list.top
        width: list.width
        spacing: Theme.space12
        visible: model.loading === States.Loading.Underway && model.count === 0
        Accessible.role: Accessible.Indicator
        Accessible.name: qsTr("Loading")

        Repeater {
            model: 3

            Card {
                width: list.width
                height: Theme.approvalCard

                Rectangle {
                    anchors.left: parent.left
                    anchors.leftMargin: Theme.space16
                    y: Theme.space20
                    width: Theme.nameMinimum
                    height: Theme.space12
                    radius: Theme.radiusSmall
                    color: Theme.panelRaised
                }
                Rectangle {
                    anchors.left: parent.left
                    anchors.leftMargin: Theme.space16
                    y: Theme.space48
                    width: parent.width / 2
                    height: Theme.space12
                    radius: Theme.radiusSmall
                    color: Theme.panelRaised
                }
            }
        }
    }
    EmptyState {
        anchors.centerIn: detailFlick
        width: detailFlick.width
        visible: page.missing && model.count > 0 && !page.stacked
        glyph: Icons.searchX
        title: qsTr("No key of %1 waits").arg(page.deviceId)
        action: qsTr("Show those that wait")
        onActionTriggered: {
            page.deviceId = "";
            page.desk.go("approvals");
            page.take();
        }
    }
    EmptyState {
        anchors.centerIn: parent
        width: parent.width
        visible: model.loading === States.Loading.Loaded && model.count === 0
        glyph: Icons.circleCheck
        title: model.text.length > 0 ? (model.rejected ? qsTr("No rejected key matches") : qsTr("No waiting key matches")) : model.rejected ? qsTr("No key is rejected") : qsTr("Nothing waits")
        text: model.rejected && model.text.length === 0 ? qsTr("A key that somebody rejects stays here, and can be accepted after all.") : model.text.length > 0 ? qsTr("Looked for in ids, addresses and fingerprints.") : qsTr("When a device comes with a key that nobody has accepted, it waits here, and the number beside Approvals says so.")
    }
    EmptyState {
        anchors.centerIn: parent
        width: parent.width
        visible: model.loading === States.Loading.Failed
        glyph: Icons.circleAlert
        loud: true
        title: model.rejected ? qsTr("The rejected keys could not be read") : qsTr("The waiting keys could not be read")
        text: model.errorText
        action: qsTr("Try again")
        onActionTriggered: model.retry()
    }
    Dialog {
        id: crowdDialog

        property string network
        property int waiting: 0

        title: Format.fill(qsTr("Reject all %Ln keys from %1?", "", waiting), [network])
        text: qsTr("They stay shut out, also when they come back with the same keys. If more have come meanwhile, nothing is rejected.")
        confirmText: qsTr("Reject all")
        danger: true
        onConfirmed: model.rejectFrom(network, waiting)
        onClosed: list.forceActiveFocus()
    }
    Dialog {
        id: dialog

        property bool accept: true
        property approval subject

        title: accept ? (subject.newKey ? qsTr("Replace the key of %1?").arg(subject.deviceId) : qsTr("Accept %1?").arg(subject.deviceId)) : qsTr("Reject %1?").arg(subject.deviceId)
        text: accept ? (subject.newKey ? qsTr("The key that was accepted before stops working at once. Somebody who stole the device's name would ask for exactly this: be sure that the device itself shows these words.") : qsTr("It may then report and be called. Be sure that the device itself shows these words.")) : qsTr("It stays shut out, also when it comes back with the same key. It can be accepted after all, under Rejected.")
        confirmText: accept ? (subject.newKey ? qsTr("Replace the key") : qsTr("Accept")) : qsTr("Reject")
        danger: !accept || subject.newKey
        onConfirmed: accept ? model.accept(subject.id, subject.fingerprint) : model.reject(subject.id, subject.fingerprint)
        onClosed: list.forceActiveFocus()

        Label {
            width: parent.width
            wrapMode: Text.Wrap
            text: dialog.subject.words.join("\u00a0· ")
            strong: true
        }
        Label {
            width: parent.width
            wrapMode: Text.WrapAnywhere
            mono: true
            secondary: true
            text: dialog.subject.fingerprint
        }
    }
}
