// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls
import Muster.Frame
import Muster.Logs

/// The containers of a device, and the log of the chosen one.
DeviceTab {
    id: tab

    readonly property bool opened: part.length > 0
    readonly property bool mayManage: account.session.may("containers.manage")
    readonly property bool busy: current.id.length > 0 && busyIds.includes(current.id)
    property list<string> busyIds
    property list<string> names
    property container current
    /// The name of the chosen one: who is made anew has another id, and is the same to a reader.
    property string wanted
    /// The names of those that are read beside it.
    property list<string> also
    /// Another one is chosen to be read with it: the keyboard stays where that is done.
    property bool choosing: false
    /// No room for the list with what can be done below it: a window that is low, or large text on a phone.
    readonly property bool cramped: Theme.low || height < Theme.lowBelow / 2
    /// The chosen one is not there any more. Its log stays.
    property bool gone: false
    readonly property bool any: model.count > 0 || gone
    /// Its protocol carries none: it is not asked.
    readonly property bool without: device.id.length > 0 && !device.can("streams")
    /// What waits for a yes: "stop", "restart" or nothing.
    property string asked
    /// Whose log was opened last: where the list comes after it, that is the one to see.
    property string read
    /// Why start and stop do not work; empty: they do.
    readonly property string why: !mayManage ? desk.lacks("containers.manage") : !link.live ? qsTr("Not live: nothing can be started or stopped now.") : gone ? qsTr("%1 is not there any more. If one of this name is made, its log goes on.").arg(current.name) : ""

    stacked: compact || width < Theme.containerList + Theme.dialogWidth
    whole: stacked && opened && compact && any

    function take(): void {
        if (wanted.length === 0)
            wanted = model.at(0).name;
        const row = model.rowOf(wanted);
        gone = row < 0 && wanted.length > 0 && model.loading === States.Loading.Loaded;
        list.currentIndex = row;
        if (gone) {
            asked = "";
            if (current.name !== wanted)
                forgetWanted();
            return;
        }
        const now = model.at(row);
        if (now.id !== current.id)
            asked = "";
        current = now;
        see();
    }

    /// The log goes on with containers that began anew.
    function see(): void {
        for (const name of [wanted, ...also]) {
            const at = model.rowOf(name);
            if (at >= 0)
                log.see(model.at(at));
        }
    }

    /// The names in an address: "ui+camera". Engines allow no plus in a name; who says one all the same has it written otherwise.
    function namesIn(address: string): list<string> {
        return address.length === 0 ? [] : address.split("+").map(name => name.replace(/%2B/g, "+").replace(/%25/g, "%"));
    }

    function addressOf(names: list<string>): string {
        return names.map(name => name.replace(/[%+]/g, encodeURIComponent)).join("+");
    }

    function takePart(): void {
        const names = namesIn(part);
        also = names.slice(1);
        if (names.length > 0)
            wanted = read = names[0];
    }

    /// Reads these beside the chosen one; the address keeps them.
    function readBeside(names: list<string>): void {
        choosing = true;
        openPart(names.length > 0 || stacked ? addressOf([current.name, ...names]) : "");
    }

    /// An address that names none.
    function forgetWanted(): void {
        wanted = "";
        if (opened)
            openPart("");
        take();
    }

    /// Gives the keyboard to what is in view.
    function takeFocus(): void {
        // Not `opened`, which follows `part` a moment later.
        if (stacked && part.length > 0)
            logView.forceActiveFocus();
        else
            list.forceActiveFocus();
    }

    function open(row: int): void {
        choose(row);
        read = wanted;
        if (stacked)
            openPart(addressOf([current.name]));
        else
            list.forceActiveFocus();
    }

    function choose(row: int): void {
        wanted = model.at(row).name;
        take();
        // Another one alone: the address has no more to keep.
        if (!stacked && opened)
            openPart("");
    }

    /// Both end what the container does for others: both are asked about.
    function ask(what: string): void {
        asked = what;
        keepButton.forceActiveFocus(Qt.TabFocusReason);
    }

    function keep(): void {
        const from = asked === "restart" ? restartButton : stopButton;
        asked = "";
        from.forceActiveFocus(Qt.TabFocusReason);
    }

    onDeviceIdChanged: {
        wanted = "";
        takePart();
    }
    onPartChanged: {
        const before = wanted;
        takePart();
        if (wanted !== before)
            take();
        else
            see();
        if (shown && !choosing)
            takeFocus();
        choosing = false;
    }
    Component.onCompleted: takePart()
    Component.onDestruction: desk.footRead = false

    ContainersModel {
        id: model

        backend: tab.desk.backend
        deviceId: tab.without ? "" : tab.deviceId
        onItemsChanged: {
            const names = [];
            for (let row = 0; row < count; ++row)
                names.push(at(row).name);
            // A list that is the same is no news: an open menu stays as it is.
            if (names.join() !== tab.names.join())
                tab.names = names;
            tab.take();
        }
        onBusyChanged: {
            const ids = [];
            for (let row = 0; row < count; ++row) {
                if (isBusy(at(row).id))
                    ids.push(at(row).id);
            }
            tab.busyIds = ids;
        }
        onActed: (name, state) => tab.notice((state === "running" ? qsTr("%1 runs") : qsTr("%1 is stopped")).arg(name), false)
        onActFailed: (name, message) => tab.notice(Format.fill(qsTr("%1: %2"), [name, message]), true)
    }
    LogModel {
        id: log

        backend: tab.desk.backend
        deviceId: tab.deviceId
        container: !tab.stacked || tab.opened ? tab.current.name : ""
        also: tab.also
        // It ended with its container, as a rule: what became of that?
        onStreamEnded: model.refresh()
    }
    Binding {
        tab.desk.footRead: tab.shown && logCard.visible
    }
    Connections {
        target: tab.saver
        function onSaved(where: string): void {
            tab.notice(qsTr("Saved: %1").arg(where), false);
        }
        function onFailed(message: string): void {
            tab.notice(message, true);
        }
    }

    Card {
        id: listCard

        anchors.left: parent.left
        width: tab.stacked ? parent.width : Math.min(Theme.containerList, parent.width * 0.42)
        height: parent.height
        visible: tab.any && (!tab.stacked || !tab.opened)

        ListView {
            id: list

            anchors.top: parent.top
            anchors.topMargin: Theme.hairline
            width: parent.width
            height: Math.min(contentHeight, parent.height - (tab.cramped ? 0 : actions.height) - Theme.space2)
            focus: true
            activeFocusOnTab: true
            clip: true
            currentIndex: -1
            highlightMoveDuration: 0
            boundsBehavior: Flickable.StopAtBounds
            model: model
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Containers")
            Keys.onUpPressed: tab.choose(Math.max(0, currentIndex - 1))
            Keys.onDownPressed: tab.choose(Math.min(count - 1, currentIndex + 1))
            Keys.onReturnPressed: {
                if (tab.stacked)
                    tab.open(currentIndex);
                else
                    logView.forceActiveFocus();
            }

            Basic.ScrollBar.vertical: ScrollBar {}

            footer: Item {
                width: ListView.view.width
                height: tab.cramped ? actions.height : 0
            }
            delegate: ContainerRow {
                width: ListView.view.width
                now: tab.clock.now
                figures: model.measured && model.noStats.length === 0
                current: ListView.isCurrentItem && (!tab.stacked || tab.read === tab.wanted)
                focused: ListView.isCurrentItem && ListView.view.activeFocus
                onChosen: row => tab.open(row)
            }
        }
        Column {
            id: actions

            // Where there is no room for both, they scroll with the list.
            parent: tab.cramped && list.footerItem ? list.footerItem : listCard
            anchors.left: parent.left
            anchors.leftMargin: Theme.space16
            y: tab.cramped ? 0 : list.y + list.height
            width: parent.width - 2 * Theme.space16
            topPadding: Theme.space16
            bottomPadding: Theme.space12
            spacing: Theme.space8

            Flow {
                width: parent.width
                spacing: Theme.space8
                visible: tab.asked.length === 0

                Button {
                    enabled: tab.why.length === 0 && !tab.busy && tab.current.id.length > 0 && !tab.current.running
                    glyph: Icons.play
                    text: qsTr("Start")
                    onClicked: model.start(tab.current.id)
                }
                Button {
                    id: stopButton

                    enabled: tab.why.length === 0 && !tab.busy && tab.current.running
                    glyph: Icons.square
                    text: qsTr("Stop")
                    onClicked: tab.ask("stop")
                }
                Button {
                    id: restartButton

                    enabled: tab.why.length === 0 && !tab.busy && tab.current.id.length > 0
                    glyph: Icons.rotateCw
                    text: qsTr("Restart")
                    // What does not run does nothing for anybody.
                    onClicked: tab.current.running ? tab.ask("restart") : model.restart(tab.current.id)
                }
            }
            Label {
                width: parent.width
                visible: tab.asked.length > 0
                wrapMode: Text.Wrap
                maximumLineCount: 3
                mayElide: true
                text: (tab.asked === "restart" ? qsTr("Restart %1? What it does for others breaks off meanwhile.") : qsTr("Stop %1? What it does for others stops as well.")).arg(tab.current.name)
            }
            Row {
                visible: tab.asked.length > 0
                spacing: Theme.space8

                Button {
                    id: keepButton

                    text: qsTr("Leave it running")
                    onClicked: tab.keep()
                    Keys.onEscapePressed: click()
                    KeyNavigation.right: doIt
                }
                Button {
                    id: doIt

                    danger: true
                    enabled: tab.why.length === 0
                    glyph: tab.asked === "restart" ? Icons.rotateCw : Icons.square
                    text: tab.asked === "restart" ? qsTr("Restart it") : qsTr("Stop it")
                    onClicked: {
                        if (tab.asked === "restart")
                            model.restart(tab.current.id);
                        else
                            model.stop(tab.current.id);
                        tab.asked = "";
                        list.forceActiveFocus();
                    }
                    Keys.onEscapePressed: keepButton.click()
                    KeyNavigation.left: keepButton
                }
            }
            Label {
                width: parent.width
                visible: text.length > 0
                wrapMode: Text.Wrap
                text: tab.why
                secondary: true
            }
            Label {
                width: parent.width
                visible: model.noStats.length > 0
                wrapMode: Text.Wrap
                maximumLineCount: 2
                mayElide: true
                text: qsTr("The engine gives no figures of processor and memory: %1").arg(model.noStats)
                color: Theme.textTertiary
                font.pixelSize: Theme.fontCaption
            }
            Label {
                width: parent.width
                visible: model.engine.length > 0
                mayElide: true
                text: model.engine
                color: Theme.textTertiary
                font.pixelSize: Theme.fontCaption
            }
        }
    }
    Card {
        id: logCard

        anchors.left: tab.stacked ? parent.left : listCard.right
        anchors.leftMargin: tab.stacked ? 0 : Theme.space16
        anchors.right: parent.right
        height: parent.height
        visible: tab.any && (!tab.stacked || tab.opened)

        LogView {
            id: logView

            anchors.fill: parent
            anchors.margins: Theme.hairline
            model: log
            title: tab.also.length > 0 ? log.containers.join(" + ") : tab.current.name
            names: tab.names
            compact: tab.stacked
            live: tab.link.live
            canSave: tab.saver !== null
            onBackRequested: tab.openPart("")
            onAlsoRequested: names => tab.readBeside(names)
            onNotice: (text, failing) => tab.notice(text, failing)
            onSaveRequested: text => tab.saver.save(tab.deviceId + "-" + log.containers.join("+") + ".log", text)
            Keys.onEscapePressed: {
                if (!tab.leave())
                    list.forceActiveFocus();
            }
        }
    }
    EmptyState {
        anchors.centerIn: parent
        width: parent.width
        visible: !tab.without && model.loading === States.Loading.Underway && model.count === 0
        glyph: Icons.loaderCircle
        title: qsTr("Asking the device for its containers")
    }
    EmptyState {
        anchors.centerIn: parent
        width: parent.width
        visible: !tab.without && model.loading === States.Loading.Loaded && !tab.any
        glyph: Icons.box
        title: qsTr("No containers")
        text: qsTr("The engine (%1) is there, and has none. What is started on the device appears here by itself.").arg(model.engine)
    }
    EmptyState {
        anchors.centerIn: parent
        width: parent.width
        visible: tab.without
        glyph: Icons.box
        title: qsTr("No containers from this device")
        text: qsTr("The protocol that it speaks (%1) carries neither containers nor their logs.").arg(tab.device.door)
    }
    EmptyState {
        id: failed

        readonly property int hindrance: model.loading === States.Loading.Failed ? model.hindrance() : ContainersModel.Nothing

        anchors.centerIn: parent
        width: parent.width
        visible: !tab.without && model.loading === States.Loading.Failed && model.count === 0
        glyph: hindrance === ContainersModel.NoEngine ? Icons.box : hindrance === ContainersModel.NotPermitted ? Icons.lock : hindrance === ContainersModel.Away ? Icons.unplug : Icons.circleAlert
        loud: hindrance === ContainersModel.Other
        title: hindrance === ContainersModel.NoEngine ? qsTr("No container engine") : hindrance === ContainersModel.NotPermitted ? qsTr("The containers may not be seen") : hindrance === ContainersModel.Away ? qsTr("The device is away") : qsTr("The containers could not be read")
        text: hindrance === ContainersModel.Away ? qsTr("Its containers are asked of the device itself. They are here again when it is.") : model.errorText
        action: qsTr("Try again")
        onActionTriggered: model.retry()
    }
}
