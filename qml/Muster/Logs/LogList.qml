// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQml
import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls

/// The lines of a log: they stay where a person reads, or at the end where they follow; and which of them are chosen.
ListView {
    id: list

    required property LogModel log
    required property LogFilter filter
    required property bool wrap
    /// Stays at the end while lines come.
    property bool follow: true
    /// The lines that were chosen: from where to where; -1: none.
    property int anchorRow: -1
    readonly property int firstChosen: anchorRow < 0 ? currentIndex : Math.min(anchorRow, currentIndex)
    readonly property int lastChosen: anchorRow < 0 ? currentIndex : Math.max(anchorRow, currentIndex)
    readonly property bool named: log.containers.length > 1
    readonly property real timeWidth: stamp.advanceWidth
    readonly property real nameWidth: named ? Math.min(16, Math.max(...log.containers.map(name => name.length))) * letter.advanceWidth : 0
    readonly property real textLeft: Theme.space16 + timeWidth + Theme.space8 + letter.advanceWidth + Theme.space8 + Theme.space6 + 3 * letter.advanceWidth + Theme.space8 + (named ? nameWidth + Theme.space6 : 0)
    readonly property bool below: wrap && width - textLeft < Theme.space24 * letter.advanceWidth
    // Where a person reads, while the rows become others.
    property real keptMark: 0
    property real keptAt: 0
    property bool keptChosen: false

    signal findRequested

    // What programs write is read from left to right.
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true

    /// The row at the top of the view. Not a property: it changes with the rows as well as with the place.
    function topRow(): int {
        return indexAt(contentX + 1, contentY + 1);
    }

    function toEnd(): void {
        if (follow)
            positionViewAtEnd();
    }

    function goTo(row: int): void {
        if (row < 0)
            return;
        follow = false;
        anchorRow = -1;
        currentIndex = row;
        positionViewAtIndex(row, ListView.Center);
        contentX = 0;
    }

    function find(forward: bool): void {
        goTo(filter.findNext(currentIndex >= 0 ? currentIndex : forward ? Math.max(0, topRow()) - 1 : count, forward));
    }

    function move(rows: int, extend: bool): void {
        if (count === 0)
            return;
        const from = currentIndex >= 0 ? currentIndex : rows > 0 ? Math.max(0, topRow()) - 1 : Math.max(0, indexAt(contentX + 1, contentY + height - 1)) + 1;
        if (extend && anchorRow < 0)
            anchorRow = Math.max(0, currentIndex);
        if (!extend)
            anchorRow = -1;
        currentIndex = Math.max(0, Math.min(count - 1, from + rows));
        follow = false;
        positionViewAtIndex(currentIndex, ListView.Contain);
    }

    function keepPlace(): void {
        const row = currentIndex >= 0 && itemAtIndex(currentIndex) ? currentIndex : topRow();
        keptChosen = row >= 0 && row === currentIndex;
        keptMark = filter.markOf(row);
        const item = itemAtIndex(row);
        keptAt = item ? item.y - contentY : 0;
    }

    function takePlace(): void {
        anchorRow = -1;
        currentIndex = -1;
        if (log.count === 0)
            follow = true;
        const row = follow ? -1 : filter.rowOf(keptMark);
        if (row < 0) {
            toEnd();
            return;
        }
        if (keptChosen)
            currentIndex = row;
        positionViewAtIndex(row, ListView.Contain);
        const item = itemAtIndex(row);
        if (item) {
            contentY = item.y - keptAt;
            returnToBounds();
        }
    }

    focus: true
    activeFocusOnTab: true
    clip: true
    reuseItems: true
    currentIndex: -1
    highlightFollowsCurrentItem: false
    keyNavigationEnabled: false
    boundsBehavior: Flickable.StopAtBounds
    flickableDirection: Flickable.AutoFlickIfNeeded
    contentWidth: wrap ? width : Math.max(width, textLeft + (log.longest + Theme.space24) * letter.advanceWidth)
    cacheBuffer: Theme.chartHeight
    model: filter
    Accessible.role: Accessible.List

    onFollowChanged: {
        if (follow) {
            anchorRow = -1;
            currentIndex = -1;
            positionViewAtEnd();
        }
    }
    onWrapChanged: Qt.callLater(toEnd)
    onContentYChanged: {
        // Only a person's own movement decides; what arrives moves the view as well.
        if (moving || scrollBar.pressed)
            follow = atYEnd;
    }
    onHeightChanged: Qt.callLater(toEnd)
    Keys.onPressed: event => {
        const page = Math.max(1, Math.floor(height / Theme.logRow) - 1);
        const extend = (event.modifiers & Qt.ShiftModifier) !== 0;
        if (event.key === Qt.Key_Up)
            move(-1, extend);
        else if (event.key === Qt.Key_Down)
            move(1, extend);
        else if (event.key === Qt.Key_PageUp && event.modifiers === Qt.NoModifier)
            move(-page, extend);
        else if (event.key === Qt.Key_PageDown && event.modifiers === Qt.NoModifier)
            move(page, extend);
        else if (event.key === Qt.Key_Home)
            move(-count, extend);
        else if (event.key === Qt.Key_End)
            follow = true;
        else if (event.key === Qt.Key_Slash)
            findRequested();
        else if (event.key === Qt.Key_Escape && firstChosen >= 0) {
            anchorRow = -1;
            currentIndex = -1;
        } else if (event.key === Qt.Key_Left && contentX > 0)
            contentX = Math.max(0, contentX - Theme.space48);
        else if (event.key === Qt.Key_Right && contentWidth > width)
            contentX = Math.min(contentWidth - width, contentX + Theme.space48);
        else
            return;
        event.accepted = true;
    }

    Basic.ScrollBar.vertical: ScrollBar {
        id: scrollBar
    }
    Basic.ScrollBar.horizontal: ScrollBar {}

    delegate: LogLine {
        width: list.contentWidth
        wrap: list.wrap
        named: list.named
        below: list.below
        marksMatch: !list.filter.onlyMatching
        timeWidth: list.timeWidth
        letterWidth: letter.advanceWidth
        nameWidth: list.nameWidth
        chosen: list.firstChosen >= 0 && index >= list.firstChosen && index <= list.lastChosen
        current: index === list.currentIndex && list.activeFocus
    }

    Connections {
        target: list.log
        function onAppended(): void {
            Qt.callLater(list.toEnd);
        }
    }
    Connections {
        target: list.filter
        function onAboutToRebuild(): void {
            list.keepPlace();
        }
        function onRebuilt(): void {
            list.takePlace();
        }
        function onRowsInserted(parent: var, first: int, last: int): void {
            if (list.anchorRow >= first)
                list.anchorRow += last - first + 1;
        }
        function onFellOut(count: int): void {
            // The view keeps the chosen line; the other end of a choice moves along by hand.
            if (list.anchorRow >= 0)
                list.anchorRow = Math.max(0, list.anchorRow - count);
        }
    }
    TextMetrics {
        id: stamp

        font.family: Theme.monoFamily
        font.pixelSize: Theme.fontCaption
        text: list.log.dated ? "00-00 00:00:00.000" : "00:00:00.000"
    }
    TextMetrics {
        id: letter

        font: stamp.font
        text: "M"
    }

    // Below the lines. A TapHandler would hear no finger here: the list takes its touches.
    MouseArea {
        parent: list.contentItem
        enabled: list.count > 0
        y: list.originY
        z: -1
        width: list.contentWidth
        height: list.contentHeight
        onClicked: mouse => choose(mouse.x, y + mouse.y, (mouse.modifiers & Qt.ShiftModifier) !== 0)
        // A finger that stays chooses up to there, as Shift and a click do.
        onPressAndHold: mouse => choose(mouse.x, y + mouse.y, true)

        function choose(atX: real, atY: real, extend: bool): void {
            const row = list.indexAt(atX, atY);
            if (row < 0)
                return;
            list.forceActiveFocus();
            list.follow = false;
            if (extend && list.currentIndex >= 0 && list.anchorRow < 0)
                list.anchorRow = list.currentIndex;
            if (!extend)
                list.anchorRow = -1;
            list.currentIndex = row;
        }
    }
}
