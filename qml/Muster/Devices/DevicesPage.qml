// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls
import Muster.Enrol
import Muster.Frame

/// The fleet: a table on a wide window, cards on a phone.
Page {
    id: page

    readonly property int margin: compact ? Theme.space12 : Theme.space24
    readonly property bool filtered: model.text.length > 0 || model.presence.length > 0 || model.level.length > 0
    // What there is room for, in the order of importance.
    readonly property real spare: table.width - lead - Theme.columnMark - Theme.nameMinimum - Theme.columnState - Theme.columnAge - 2 * Theme.columnFigure
    readonly property bool showAge: spare + 2 * Theme.columnFigure >= 0
    readonly property bool showFigures: spare >= 0
    readonly property bool showTrend: spare >= Theme.columnTrend
    readonly property bool showVersion: spare >= Theme.columnTrend + Theme.columnVersion
    readonly property bool showSpeaks: spare >= Theme.columnTrend + Theme.columnVersion + Theme.columnSpeaks

    readonly property bool mayCall: account.session.may("devices.call")
    readonly property bool empty: model.loading === States.Loading.Loaded && list.count === 0 && !filtered
    readonly property bool choosing: model.chosen.length > 0
    /// Room for the boxes, which are there or not and move nothing when they come.
    readonly property real lead: mayCall ? (Theme.touch ? Theme.touchTarget : Theme.space24) : 0
    /// A row that is to be opened once it is here; -1: none.
    property int opening: -1
    /// The keyboard was elsewhere on the page: when it comes back to the table, that is to be seen.
    property bool wandered: false

    component SortItem: MenuItem {
        required property string key
        /// Figures are looked at from the largest down.
        property bool largestFirst: false
        readonly property bool chosen: model.sort === key || model.sort === "-" + key

        glyph: !chosen ? "" : model.sort.startsWith("-") ? Icons.arrowDown : Icons.arrowUp
        onTriggered: model.sort = chosen ? (model.sort.startsWith("-") ? key : "-" + key) : largestFirst ? "-" + key : key
    }

    onArrived: {
        focusList();
        wandered = false;
    }

    function focusList(): void {
        list.forceActiveFocus();
    }

    function callChosen(): void {
        bulk.freeze(model.chosen);
        openBulk();
    }

    function callMatching(): void {
        bulk.freezeMatching(model.text, model.presence, model.level);
        openBulk();
    }

    function unloadBulk(): void {
        bulkLoader.active = false;
    }

    function openBulk(): void {
        bulkLoader.active = true;
    }

    function report(): void {
        if (list.count === 0)
            return;
        const height = compact ? Theme.deviceCardHeight + Theme.space8 : Theme.tableRow;
        model.showRange(Math.floor(Math.max(0, list.contentY) / height), Math.ceil((Math.max(0, list.contentY) + list.height) / height));
    }

    function open(row: int): void {
        const id = model.idAt(row);
        if (id.length > 0)
            page.desk.go("device/" + id);
        else
            opening = row;
    }

    function filter(presence: string, level: string): void {
        model.presence = presence;
        model.level = level;
        list.positionViewAtBeginning();
    }

    Query {
        place: page.place
        values: ({
                "text": model.text,
                "state": model.presence,
                "level": model.level,
                "sort": model.sort === "name" ? "" : model.sort
            })
        onAsked: values => {
            const known = (value, among) => among.includes(value) ? value : "";
            search.text = values.text ?? "";
            page.filter(known(values.state, ["online", "offline", "never"]), known(values.level, ["ok", "warning", "failing"]));
            model.sort = /^-?(name|state|evidence|cpu|memory|disk)$/.test(values.sort ?? "") ? values.sort : "name";
        }
    }

    function clearFilters(): void {
        search.clear();
        filter("", "");
    }

    DevicesModel {
        id: model

        property string currentId

        link: page.link
        text: search.text.trim()
        held: pointer.hovered || page.choosing
        onFilterChanged: list.positionViewAtBeginning()
        onTotalChanged: Qt.callLater(page.report)
        // The person stays on the device, not on the row, when rows change places.
        onWindowChanged: {
            if (currentId.length === 0)
                currentId = idAt(list.currentIndex);
            const row = rowOf(currentId);
            if (page.opening >= 0 && idAt(page.opening).length > 0) {
                const opening = page.opening;
                page.opening = -1;
                page.open(opening);
                return;
            }
            if (row >= 0 && list.currentIndex >= 0 && row !== list.currentIndex)
                list.currentIndex = row;
        }
    }
    BulkCall {
        id: bulk

        backend: page.desk.backend
    }
    Loader {
        id: bulkLoader

        active: false
        sourceComponent: BulkDialog {
            desk: page.desk
            bulk: bulk
            Component.onCompleted: open()
            onSent: (commands, found) => {
                model.clearChosen();
                page.notice(qsTr("%Ln commands are on their way", "", commands), false);
                page.desk.goSet("commands", "bulk=" + encodeURIComponent(found));
            }
            onClosed: {
                list.forceActiveFocus();
                Qt.callLater(page.unloadBulk);
            }
        }
    }
    Shortcut {
        sequences: page.desk.letterKeys ? ["/", StandardKey.Find] : [StandardKey.Find]
        enabled: page.shown
        onActivated: search.forceActiveFocus(Qt.ShortcutFocusReason)
    }

    PageTitle {
        id: title

        anchors.left: parent.left
        anchors.right: add.visible ? add.left : parent.right
        anchors.top: parent.top
        anchors.margins: page.margin
        anchors.topMargin: Theme.low ? 0 : page.compact ? Theme.space16 : Theme.space24
        visible: !Theme.low
        height: visible ? implicitHeight : 0
        text: qsTr("Devices")
        detail: page.fleet.counts.devices > 0 ? Format.fill(qsTr("%1 · %2 online"), [Format.count(page.fleet.counts.devices), Format.count(page.fleet.counts.online)]) : ""
    }
    Button {
        id: add

        anchors.right: parent.right
        anchors.rightMargin: page.margin
        anchors.verticalCenter: title.verticalCenter
        // On its side a phone has no room for it; the palette has it.
        visible: title.visible && !page.empty
        glyph: Icons.plus
        text: page.compact ? qsTr("Add") : qsTr("Add a device")
        onClicked: page.desk.go("add-device")
    }
    Flow {
        id: filters

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: title.bottom
        anchors.margins: page.margin
        anchors.topMargin: Theme.low ? Theme.space8 : Theme.space16
        spacing: Theme.space8
        visible: page.fleet.counts.devices > 0 || page.filtered

        TextField {
            id: search

            width: Theme.low ? Theme.menuWidth : page.compact ? filters.width - sortButton.width - filters.spacing : Theme.filterWidth
            glyph: Icons.search
            hint: qsTr("Filter by name")
            Keys.onDownPressed: {
                list.forceActiveFocus();
                list.currentIndex = Math.max(0, list.currentIndex);
            }
            Keys.onEscapePressed: page.clearFilters()

            Label {
                anchors.right: parent.right
                anchors.rightMargin: Theme.space12
                anchors.verticalCenter: parent.verticalCenter
                visible: page.filtered && model.loading === States.Loading.Loaded
                text: qsTr("%Ln match", "", model.total)
                color: Theme.textTertiary
                font.pixelSize: Theme.fontCaption
            }
        }
        IconButton {
            id: sortButton

            visible: page.compact
            width: visible ? implicitWidth : 0
            glyph: Icons.arrowUpDown
            text: qsTr("Sort")
            Accessible.role: Accessible.ButtonMenu
            onClicked: sortMenu.popup(sortButton, sortButton.width - sortMenu.width, sortButton.height)
        }
        Flickable {
            width: Theme.low ? filters.width - search.width - sortButton.width - 2 * filters.spacing : page.compact ? filters.width + page.margin : Math.min(chips.width, filters.width)
            height: search.height
            contentWidth: chips.width + (page.compact ? page.margin : 0)
            clip: width <= filters.width
            interactive: contentWidth > width
            boundsBehavior: Flickable.StopAtBounds
            flickableDirection: Flickable.HorizontalFlick

            Row {
                id: chips

                spacing: Theme.space8

                FilterChip {
                    height: search.height
                    text: qsTr("All")
                    marked: false
                    chosen: model.presence.length === 0 && model.level.length === 0
                    onClicked: page.filter("", "")
                }
                FilterChip {
                    height: search.height
                    text: qsTr("Failing")
                    level: States.Level.Failing
                    count: page.fleet.counts.failing
                    chosen: model.level === "failing"
                    onClicked: page.filter("", model.level === "failing" ? "" : "failing")
                }
                FilterChip {
                    height: search.height
                    text: qsTr("Warning")
                    level: States.Level.Warning
                    count: page.fleet.counts.warning
                    chosen: model.level === "warning"
                    onClicked: page.filter("", model.level === "warning" ? "" : "warning")
                }
                FilterChip {
                    height: search.height
                    text: qsTr("Offline")
                    presence: States.Presence.Offline
                    count: page.fleet.counts.offline
                    chosen: model.presence === "offline"
                    onClicked: page.filter(model.presence === "offline" ? "" : "offline", "")
                }
                FilterChip {
                    height: search.height
                    visible: page.fleet.counts.never > 0 || chosen
                    text: qsTr("Never seen")
                    presence: States.Presence.Never
                    count: page.fleet.counts.never
                    chosen: model.presence === "never"
                    onClicked: page.filter(model.presence === "never" ? "" : "never", "")
                }
            }
        }
    }

    // What the names of the columns do in the table.
    Menu {
        id: sortMenu

        SortItem {
            text: qsTr("Name")
            key: "name"
        }
        SortItem {
            text: qsTr("State")
            key: "state"
        }
        SortItem {
            text: qsTr("CPU, last hour")
            key: "cpu"
            largestFirst: true
        }
        SortItem {
            text: qsTr("Memory")
            key: "memory"
            largestFirst: true
        }
        SortItem {
            text: qsTr("Disk")
            key: "disk"
            largestFirst: true
        }
        SortItem {
            text: qsTr("Last evidence")
            key: "evidence"
            largestFirst: true
        }
    }
    // Below the table: what comes and goes with the choice must not push rows away from under the pointer.
    Flow {
        id: choice

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: table.bottom
        anchors.leftMargin: page.margin
        anchors.rightMargin: page.margin
        anchors.topMargin: visible ? Theme.space12 : 0
        height: visible ? implicitHeight : 0
        spacing: Theme.space8
        visible: page.mayCall && (page.choosing || (page.filtered && model.total > 0))

        Label {
            height: Theme.touch ? Theme.touchTarget : Theme.controlHeight
            verticalAlignment: Text.AlignVCenter
            visible: page.choosing
            text: qsTr("%Ln devices are chosen", "", model.chosen.length)
        }
        Button {
            visible: page.choosing
            primary: true
            enabled: page.link.live
            glyph: Icons.send
            text: qsTr("Call a method…")
            onClicked: page.callChosen()
        }
        Button {
            visible: page.choosing
            text: qsTr("Choose none")
            onClicked: model.clearChosen()
        }
        Button {
            visible: !page.choosing
            enabled: page.link.live
            glyph: Icons.listChecks
            text: qsTr("Call a method on all %Ln that match…", "", model.total)
            onClicked: page.callMatching()
        }
    }
    Card {
        id: table

        readonly property real room: page.height - y - (page.compact ? Theme.space4 : page.margin) - (choice.visible ? choice.height + Theme.space12 : 0)

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: filters.visible ? filters.bottom : title.bottom
        anchors.margins: page.margin
        anchors.topMargin: Theme.space12
        // Ends with a whole row: the last one, where they all have room.
        height: {
            if (page.compact || !header.visible)
                return room;
            const rows = Math.max(1, Math.floor((room - header.height - Theme.hairline) / Theme.tableRow));
            return header.height + Theme.hairline + Theme.tableRow * (list.count > 0 ? Math.min(rows, list.count) : rows);
        }
        color: page.compact ? "transparent" : Theme.panel
        border.width: page.compact ? 0 : Theme.hairline

        DevicesHeader {
            id: header

            visible: !page.compact && (list.count > 0 || model.loading === States.Loading.Underway)
            width: parent.width
            height: visible ? (Theme.touch ? Theme.touchTarget : Theme.headerHeight) : 0
            sort: model.sort
            lead: page.lead
            showAge: page.showAge
            showFigures: page.showFigures
            showTrend: page.showTrend
            showVersion: page.showVersion
            showSpeaks: page.showSpeaks
            onSortRequested: sort => model.sort = sort
        }
        ListView {
            id: list

            anchors.fill: parent
            anchors.topMargin: header.height
            anchors.bottomMargin: page.compact ? 0 : Theme.hairline
            focus: true
            activeFocusOnTab: true
            clip: true
            reuseItems: true
            spacing: page.compact ? Theme.space8 : 0
            boundsBehavior: Flickable.StopAtBounds
            currentIndex: -1
            highlightMoveDuration: 0
            keyNavigationEnabled: true
            model: model
            delegate: page.compact ? cardDelegate : rowDelegate
            Accessible.role: page.compact ? Accessible.List : Accessible.Table
            Accessible.name: qsTr("Devices")
            onContentYChanged: page.report()
            onActiveFocusChanged: {
                if (!activeFocus && page.shown)
                    page.wandered = true;
            }
            onHeightChanged: Qt.callLater(page.report)
            onCurrentIndexChanged: {
                model.currentId = model.idAt(currentIndex);
                page.opening = -1;
            }
            Keys.onSpacePressed: {
                if (page.mayCall)
                    model.toggleChosen(model.idAt(currentIndex));
            }
            Keys.onEscapePressed: model.clearChosen()
            Keys.onReturnPressed: page.open(currentIndex)
            Keys.onEnterPressed: page.open(currentIndex)
            Keys.onPressed: event => {
                const rows = Math.max(1, Math.floor(height / Theme.tableRow) - 1);
                const from = currentIndex;
                if (count === 0)
                    return;
                if (event.key === Qt.Key_Down)
                    currentIndex = Math.min(count - 1, currentIndex + 1);
                else if (event.key === Qt.Key_Up)
                    currentIndex = Math.max(0, currentIndex - 1);
                else if (event.key === Qt.Key_PageDown && !(event.modifiers & Qt.ControlModifier))
                    currentIndex = Math.min(count - 1, Math.max(0, currentIndex) + rows);
                else if (event.key === Qt.Key_PageUp && !(event.modifiers & Qt.ControlModifier))
                    currentIndex = Math.max(0, currentIndex - rows);
                else if (event.key === Qt.Key_Home)
                    currentIndex = 0;
                else if (event.key === Qt.Key_End)
                    currentIndex = count - 1;
                else
                    return;
                event.accepted = true;
                if (!(event.modifiers & Qt.ShiftModifier))
                    model.endRange();
                else if (page.mayCall)
                    model.chooseTo(currentIndex, Math.max(0, from));
            }

            Basic.ScrollBar.vertical: ScrollBar {}

            HoverHandler {
                id: pointer

                acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
            }
            Component {
                id: rowDelegate

                DeviceRow {
                    width: ListView.view.width
                    now: page.clock.now
                    current: ListView.isCurrentItem
                    focused: ListView.isCurrentItem && ListView.view.activeFocus
                    showAge: page.showAge
                    showFigures: page.showFigures
                    showTrend: page.showTrend
                    showVersion: page.showVersion
                    showSpeaks: page.showSpeaks
                    choosable: page.mayCall
                    lead: page.lead
                    choosing: page.choosing
                    onOpenRequested: id => page.desk.go("device/" + id)
                    onChooseRequested: id => model.toggleChosen(id)
                    onChooseToRequested: row => model.chooseTo(row, Math.max(0, list.currentIndex))
                }
            }
            Component {
                id: cardDelegate

                DeviceCard {
                    width: ListView.view.width
                    now: page.clock.now
                    current: ListView.isCurrentItem && ListView.view.activeFocus
                    choosing: page.choosing
                    onOpenRequested: id => page.desk.go("device/" + id)
                    onChooseRequested: id => {
                        if (page.mayCall)
                            model.toggleChosen(id);
                    }
                }
            }
        }
        Rectangle {
            anchors.fill: list
            visible: list.activeFocus && list.currentIndex < 0 && page.wandered
            color: "transparent"
            border.width: Theme.hairline
            border.color: Theme.accent
            radius: Theme.radiusSmall
        }
        Column {
            anchors.fill: list
            visible: model.loading === States.Loading.Underway && list.count === 0
            spacing: page.compact ? Theme.space8 : 0
            Accessible.role: Accessible.Indicator
            Accessible.name: qsTr("Loading")

            Repeater {
                model: 8

                Item {
                    id: ghost

                    required property int index

                    width: parent.width
                    height: page.compact ? Theme.deviceCardHeight : Theme.tableRow

                    Card {
                        anchors.fill: parent
                        visible: page.compact
                    }
                    Rectangle {
                        anchors.left: parent.left
                        anchors.leftMargin: page.compact ? Theme.space16 : page.lead + Theme.columnMark + Theme.space8
                        anchors.verticalCenter: parent.verticalCenter
                        width: Theme.nameMinimum - Theme.space16 * (ghost.index % 3)
                        height: Theme.space12
                        radius: Theme.radiusSmall
                        color: Theme.panelRaised
                    }
                    Rectangle {
                        anchors.right: parent.right
                        anchors.rightMargin: Theme.space16
                        anchors.verticalCenter: parent.verticalCenter
                        width: page.compact ? Theme.columnFigure : parent.width / 2
                        height: Theme.space12
                        radius: Theme.radiusSmall
                        color: Theme.panelRaised
                    }
                    Rectangle {
                        anchors.bottom: parent.bottom
                        width: parent.width
                        height: Theme.hairline
                        visible: !page.compact
                        color: Theme.line
                    }
                }
            }
        }
        EmptyState {
            anchors.centerIn: list
            width: list.width
            visible: model.loading === States.Loading.Failed
            glyph: Icons.circleAlert
            loud: true
            title: qsTr("The list could not be read")
            text: model.errorText
            action: qsTr("Try again")
            onActionTriggered: model.retry()
        }
        EmptyState {
            anchors.centerIn: list
            width: list.width
            visible: model.loading === States.Loading.Loaded && list.count === 0 && page.filtered
            glyph: Icons.searchX
            title: qsTr("No device matches")
            text: qsTr("Nothing in the fleet has this name in this state.")
            action: qsTr("Clear the filter")
            onActionTriggered: page.clearFilters()
        }
        FormFlickable {
            anchors.fill: list
            visible: page.empty
            contentHeight: first.height + 2 * Theme.space24

            Column {
                id: first

                x: Math.max(Theme.space16, (parent.width - width) / 2)
                y: Theme.space24
                width: Math.min(parent.width - 2 * Theme.space16, 2 * Theme.dialogWidth)
                spacing: Theme.space12

                Label {
                    width: parent.width
                    wrapMode: Text.Wrap
                    text: qsTr("No devices yet")
                    strong: true
                    font.pixelSize: Theme.fontLead
                    Accessible.role: Accessible.Heading
                }
                EnrolPanel {
                    width: parent.width
                    desk: page.desk
                    active: page.empty && page.shown
                }
                Item {
                    width: parent.width
                    height: Theme.space16
                }
                TokenPanel {
                    width: parent.width
                    desk: page.desk
                    active: page.empty && page.shown
                }
            }
        }
    }
}
