// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Client
import Muster.Controls

/// A log to read while it grows, with what finds and filters its lines.
FocusScope {
    id: view

    required property LogModel model
    required property string title
    required property bool compact
    /// False: the connection to the server is away, and the log stands still.
    property bool live: true
    property bool canSave: true
    /// The names of the device's containers, which may be read together.
    property list<string> names
    /// A narrow screen would show the beginning of each line alone.
    property bool wrap: compact
    property bool finding: false
    /// Stays at the end while lines come.
    property alias follow: list.follow
    property alias currentRow: list.currentIndex
    readonly property alias firstChosen: list.firstChosen
    readonly property alias lastChosen: list.lastChosen
    readonly property bool narrow: width < 3 * Theme.searchWidth / 2

    signal backRequested
    signal saveRequested(string text)
    signal notice(string text, bool failing)
    /// These shall be read beside the first one.
    signal alsoRequested(names: list<string>)

    function topRow(): int {
        return list.topRow();
    }

    /// The keys copy what is chosen and nothing else: who pressed them by chance keeps their clipboard. All of it is what the button is for.
    function copyChosen(): void {
        if (firstChosen >= 0)
            copy();
        else
            notice(qsTr("No line is chosen: nothing was copied"), false);
    }

    function copy(): void {
        const text = firstChosen >= 0 ? lines.textOf(firstChosen, lastChosen) : lines.allText();
        Clipboard.copy(text);
        const count = firstChosen >= 0 ? lastChosen - firstChosen + 1 : list.count;
        notice(qsTr("%Ln lines are on the clipboard", "", count), false);
    }

    function openFind(): void {
        finding = true;
        findBar.take();
    }

    function closeFind(): void {
        finding = false;
        findBar.clear();
        list.forceActiveFocus();
    }

    Keys.onPressed: event => {
        if (event.matches(StandardKey.Find))
            openFind();
        else if (event.matches(StandardKey.Copy))
            copyChosen();
        else if (event.key === Qt.Key_F3)
            list.find(!(event.modifiers & Qt.ShiftModifier));
        else
            return;
        event.accepted = true;
    }

    LogFilter {
        id: lines

        source: view.model
    }
    LogBar {
        id: bar

        width: parent.width
        log: view.model
        title: view.title
        compact: view.compact
        narrow: view.narrow
        live: view.live
        canSave: view.canSave
        wrap: view.wrap
        follow: view.follow
        finding: view.finding
        any: list.count > 0
        chosen: view.firstChosen >= 0
        names: view.names
        onBackRequested: view.backRequested()
        onSaveRequested: view.saveRequested(lines.allText())
        onCopyRequested: view.copy()
        onWrapRequested: view.wrap = !view.wrap
        onFollowRequested: view.follow = !view.follow
        onFindRequested: view.finding ? view.closeFind() : view.openFind()
        onAlsoRequested: names => view.alsoRequested(names)
    }
    LogChips {
        id: chips

        anchors.top: bar.bottom
        anchors.left: parent.left
        anchors.leftMargin: Theme.space12
        width: parent.width - 2 * Theme.space12
        // A phone that lies on its side has no room for what nobody has set.
        visible: !Theme.low || lines.filtering
        height: visible ? implicitHeight : 0
        log: view.model
        filter: lines
        compact: view.compact
        onAlsoRequested: names => view.alsoRequested(names)
    }
    LogFindBar {
        id: findBar

        anchors.top: chips.bottom
        anchors.topMargin: chips.visible ? Theme.space8 : 0
        width: parent.width
        visible: view.finding
        height: visible ? implicitHeight : 0
        log: view.model
        filter: lines
        narrow: view.narrow
        onClosed: view.closeFind()
        onNextRequested: forward => list.find(forward)
    }
    Rectangle {
        id: rule

        anchors.top: findBar.bottom
        width: parent.width
        height: Theme.hairline
        color: Theme.line
    }
    LogList {
        id: list

        anchors.top: rule.bottom
        anchors.topMargin: Theme.space4
        anchors.bottom: foot.top
        width: parent.width
        log: view.model
        filter: lines
        wrap: view.wrap
        Accessible.name: qsTr("Log of %1").arg(view.title)
        onFindRequested: view.openFind()
    }
    Rectangle {
        anchors.fill: list
        anchors.margins: -Theme.hairline
        visible: list.activeFocus
        color: "transparent"
        border.width: Theme.hairline
        border.color: Theme.accent
        radius: Theme.radiusSmall
    }
    LogEnd {
        id: foot

        anchors.bottom: parent.bottom
        width: parent.width
        log: view.model
        filter: lines
        live: view.live
    }
    EmptyState {
        anchors.centerIn: list
        width: parent.width
        visible: view.model.loading === States.Loading.Underway && view.model.count === 0
        glyph: Icons.loaderCircle
        title: qsTr("Asking for the log")
    }
    EmptyState {
        anchors.centerIn: list
        width: parent.width
        visible: view.model.loading === States.Loading.Failed && view.model.count === 0
        glyph: Icons.circleAlert
        loud: true
        title: view.model.hindrance === LogModel.NotPermitted ? qsTr("This log may not be read") : view.model.hindrance === LogModel.Away ? qsTr("The device is away") : qsTr("The log could not be read")
        text: view.model.errorText
        action: qsTr("Try again")
        onActionTriggered: view.model.retry()
    }
    EmptyState {
        anchors.centerIn: list
        width: parent.width
        visible: view.model.loading === States.Loading.Loaded && view.model.count === 0
        glyph: Icons.fileText
        title: view.model.ended ? qsTr("Nothing was written") : qsTr("Nothing yet")
        text: view.model.ended ? "" : qsTr("What the container writes from now on appears here.")
    }
    EmptyState {
        anchors.centerIn: list
        width: parent.width
        visible: list.count === 0 && view.model.count > 0
        glyph: Icons.listFilter
        title: qsTr("No such line")
        text: qsTr("Lines are here, and the filter hides them all. What comes and fits appears here.")
        action: qsTr("Show all lines")
        onActionTriggered: {
            lines.onlyMatching = false;
            lines.leastLevel = States.LogLevel.Unknown;
            lines.hidden = [];
        }
    }
}
