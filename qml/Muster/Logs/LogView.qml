// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQml
import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls

/// A log to read while it grows: it stays where the person reads, or at the end where they follow.
FocusScope {
    id: view

    required property LogModel model
    required property string title
    required property bool compact
    /// False: the connection to the server is away, and the log stands still.
    property bool live: true
    /// Stays at the end while lines come.
    property bool follow: true
    /// A narrow screen would show the beginning of each line alone.
    property bool wrap: compact
    property bool finding: false
    property bool canSave: true
    /// The lines that were chosen: from where to where; -1: none.
    property int anchorRow: -1
    property alias currentRow: list.currentIndex
    readonly property int firstChosen: anchorRow < 0 ? currentRow : Math.min(anchorRow, currentRow)
    readonly property int lastChosen: anchorRow < 0 ? currentRow : Math.max(anchorRow, currentRow)
    readonly property bool narrow: width < 3 * Theme.searchWidth / 2
    readonly property real timeWidth: stamp.advanceWidth
    readonly property var spans: [
        {
            "name": qsTr("The last 1,000 lines"),
            "button": qsTr("Last 1,000"),
            "ms": 0,
            "tail": 1000
        },
        {
            "name": qsTr("Since 10 min"),
            "button": qsTr("Since 10 min"),
            "ms": 600000,
            "tail": 1000
        },
        {
            "name": qsTr("Since 1 h"),
            "button": qsTr("Since 1 h"),
            "ms": 3600000,
            "tail": 1000
        },
        {
            "name": qsTr("Since 1 day"),
            "button": qsTr("Since 1 day"),
            "ms": 86400000,
            "tail": 1000
        },
        {
            "name": qsTr("All, up to 100,000 lines"),
            "button": qsTr("All"),
            "ms": 0,
            "tail": 100000
        }
    ]
    property int span: 0

    component SpanItem: MenuItem {
        required property int place

        text: view.spans[place].name
        glyph: view.span === place ? Icons.check : ""
        onTriggered: {
            view.span = place;
            view.model.since = view.spans[place].ms;
            view.model.tail = view.spans[place].tail;
        }
    }

    signal backRequested
    signal saveRequested(string text)
    signal notice(string text, bool failing)

    /// The row at the top of the view. Not a property: it changes with the rows as well as with the place.
    function topRow(): int {
        return list.indexAt(list.contentX + 1, list.contentY + 1);
    }

    function toEnd(): void {
        if (view.follow)
            list.positionViewAtEnd();
    }

    function goTo(row: int): void {
        if (row < 0)
            return;
        view.follow = false;
        view.anchorRow = -1;
        list.currentIndex = row;
        list.positionViewAtIndex(row, ListView.Center);
        list.contentX = 0;
    }

    function find(forward: bool): void {
        goTo(model.findNext(list.currentIndex >= 0 ? list.currentIndex : forward ? Math.max(0, topRow()) - 1 : list.count, forward));
    }

    function move(rows: int, extend: bool): void {
        if (list.count === 0)
            return;
        const from = list.currentIndex >= 0 ? list.currentIndex : rows > 0 ? Math.max(0, topRow()) - 1 : Math.max(0, list.indexAt(list.contentX + 1, list.contentY + list.height - 1)) + 1;
        if (extend && anchorRow < 0)
            anchorRow = Math.max(0, list.currentIndex);
        if (!extend)
            anchorRow = -1;
        list.currentIndex = Math.max(0, Math.min(list.count - 1, from + rows));
        view.follow = false;
        list.positionViewAtIndex(list.currentIndex, ListView.Contain);
    }

    /// The keys copy what is chosen and nothing else: who pressed them by chance keeps their clipboard. All of it is what the button is for.
    function copyChosen(): void {
        if (firstChosen >= 0)
            copy();
        else
            notice(qsTr("No line is chosen: nothing was copied"), false);
    }

    function copy(): void {
        const text = firstChosen >= 0 ? model.textOf(firstChosen, lastChosen) : model.allText();
        Clipboard.copy(text);
        const lines = firstChosen >= 0 ? lastChosen - firstChosen + 1 : list.count;
        notice(lines === 1 ? qsTr("1 line is on the clipboard") : qsTr("%1 lines are on the clipboard").arg(Format.count(lines)), false);
    }

    function openFind(): void {
        finding = true;
        field.forceActiveFocus(Qt.ShortcutFocusReason);
        field.selectAll();
    }

    function closeFind(): void {
        finding = false;
        field.clear();
        list.forceActiveFocus();
    }

    onFollowChanged: {
        if (follow) {
            anchorRow = -1;
            list.currentIndex = -1;
            list.positionViewAtEnd();
        }
    }
    onWrapChanged: Qt.callLater(toEnd)
    Keys.onPressed: event => {
        if (event.matches(StandardKey.Find))
            openFind();
        else if (event.matches(StandardKey.Copy))
            copyChosen();
        else if (event.key === Qt.Key_F3)
            find(!(event.modifiers & Qt.ShiftModifier));
        else
            return;
        event.accepted = true;
    }

    TextMetrics {
        id: stamp

        font.family: Theme.monoFamily
        font.pixelSize: Theme.fontCaption
        text: view.model.dated ? "00-00 00:00:00.000" : "00:00:00.000"
    }
    TextMetrics {
        id: letter

        font: stamp.font
        text: "M"
    }
    Connections {
        target: view.model
        function onAppended(): void {
            Qt.callLater(view.toEnd);
        }
        function onModelReset(): void {
            view.anchorRow = -1;
            view.follow = true;
        }
        function onFellOut(count: int): void {
            // The view keeps the chosen line; the other end of a choice moves along by hand.
            if (view.anchorRow >= 0)
                view.anchorRow = Math.max(0, view.anchorRow - count);
        }
    }

    Item {
        id: bar

        width: parent.width
        height: tools.y + tools.height + Theme.space8

        IconButton {
            id: back

            x: Theme.space4
            y: Theme.space4
            visible: view.compact
            width: visible ? implicitWidth : 0
            touch: true
            glyph: Icons.arrowLeft
            text: qsTr("Back to the containers")
            onClicked: view.backRequested()
        }
        Label {
            id: name

            anchors.left: back.visible ? back.right : parent.left
            anchors.leftMargin: back.visible ? Theme.space4 : Theme.space16
            y: view.compact ? Theme.space4 : Theme.space8
            height: view.compact ? Theme.touchTarget : Theme.controlHeight
            width: Math.min(implicitWidth, (view.narrow ? view.width : tools.x) - x - outputs.width - Theme.space24)
            verticalAlignment: Text.AlignVCenter
            mayElide: true
            text: view.title
            strong: true
            mono: true
            Accessible.role: Accessible.Heading
        }
        Basic.AbstractButton {
            id: outputs

            anchors.left: name.right
            anchors.leftMargin: Theme.space4
            y: view.compact ? Theme.space4 : Theme.space8
            height: view.compact ? Theme.touchTarget : Theme.controlHeight
            width: outputsLabel.implicitWidth + Theme.space12
            text: view.model.wantStdout && view.model.wantStderr ? "stdout + stderr" : view.model.wantStdout ? "stdout" : "stderr"
            Accessible.role: Accessible.ButtonMenu
            Accessible.name: qsTr("Which output: %1").arg(text)
            Keys.onReturnPressed: click()
            onClicked: outputsMenu.popup(outputs, 0, outputs.height)

            contentItem: Label {
                id: outputsLabel

                verticalAlignment: Text.AlignVCenter
                leftPadding: Theme.space6
                text: outputs.text
                mono: true
                color: outputs.hovered ? Theme.text : Theme.textSecondary
                Accessible.ignored: true
            }
            background: Item {
                FocusRing {
                    shown: outputs.visualFocus
                }
            }
        }
        Menu {
            id: outputsMenu

            MenuItem {
                text: qsTr("Both outputs")
                glyph: view.model.wantStdout && view.model.wantStderr ? Icons.check : ""
                onTriggered: {
                    view.model.wantStdout = true;
                    view.model.wantStderr = true;
                }
            }
            MenuItem {
                text: qsTr("Only stdout")
                glyph: !view.model.wantStderr ? Icons.check : ""
                onTriggered: {
                    view.model.wantStdout = true;
                    view.model.wantStderr = false;
                }
            }
            MenuItem {
                text: qsTr("Only stderr")
                glyph: !view.model.wantStdout ? Icons.check : ""
                onTriggered: {
                    view.model.wantStderr = true;
                    view.model.wantStdout = false;
                }
            }
        }
        // Written out one by one: items that an Instantiator made were collected while the menu still stood.
        Menu {
            id: sinceMenu

            SpanItem {
                place: 0
            }
            SpanItem {
                place: 1
            }
            SpanItem {
                place: 2
            }
            SpanItem {
                place: 3
            }
            SpanItem {
                place: 4
            }
        }
        Flow {
            id: tools

            anchors.right: parent.right
            anchors.rightMargin: view.compact ? Theme.space8 : Theme.space12
            y: view.narrow ? Theme.space48 : Theme.space8
            width: view.narrow ? parent.width - Theme.space12 - anchors.rightMargin : Math.min(implicitWidth, parent.width)
            spacing: view.compact ? Theme.space2 : Theme.space6
            layoutDirection: view.narrow ? Qt.LeftToRight : Qt.RightToLeft

            // Right to left where there is room: the last of the bar stands first.
            IconButton {
                visible: view.canSave
                enabled: list.count > 0
                glyph: Icons.download
                text: qsTr("Save what is here")
                onClicked: view.saveRequested(view.model.allText())
            }
            IconButton {
                enabled: list.count > 0
                glyph: Icons.copy
                text: view.firstChosen >= 0 ? qsTr("Copy the chosen lines") : qsTr("Copy what is here")
                onClicked: view.copy()
            }
            IconButton {
                glyph: Icons.wrapText
                chosen: view.wrap
                text: view.wrap ? qsTr("Long lines: wrapped") : qsTr("Long lines: one line each")
                onClicked: view.wrap = !view.wrap
            }
            IconButton {
                enabled: view.live && !view.model.ended
                glyph: view.model.paused ? Icons.play : Icons.pause
                chosen: view.model.paused
                text: view.model.paused ? qsTr("Go on") : qsTr("Pause")
                onClicked: view.model.paused = !view.model.paused
            }
            Button {
                glyph: Icons.arrowDownToLine
                chosen: view.follow && !view.model.ended
                text: qsTr("Follow")
                Accessible.checkable: true
                Accessible.checked: chosen
                onClicked: view.follow = !view.follow
            }
            Button {
                text: view.spans[view.span].button
                Accessible.name: qsTr("From when on: %1").arg(view.spans[view.span].name)
                onClicked: sinceMenu.popup(this, 0, height)
            }
            Button {
                visible: !view.compact
                glyph: Icons.search
                chosen: view.finding
                text: qsTr("Find")
                onClicked: view.finding ? view.closeFind() : view.openFind()
            }
            IconButton {
                visible: view.compact
                glyph: Icons.search
                chosen: view.finding
                text: qsTr("Find")
                onClicked: view.finding ? view.closeFind() : view.openFind()
            }
        }
    }
    Item {
        id: findBar

        anchors.top: bar.bottom
        width: parent.width
        height: visible ? field.height + Theme.space8 : 0
        visible: view.finding

        TextField {
            id: field

            x: Theme.space12
            width: Math.min(Theme.filterWidth, parent.width - 2 * Theme.space12 - hits.width - 3 * close.width - Theme.space16)
            glyph: Icons.search
            hint: qsTr("Find in these lines")
            onTextEdited: view.model.search = text
            onTextChanged: {
                if (text.length === 0)
                    view.model.search = "";
            }
            Keys.onReturnPressed: event => view.find(!(event.modifiers & Qt.ShiftModifier))
            Keys.onEscapePressed: view.closeFind()
        }
        Label {
            id: hits

            anchors.left: field.right
            anchors.leftMargin: Theme.space8
            anchors.verticalCenter: field.verticalCenter
            figures: true
            text: field.text.length === 0 ? "" : view.model.matches === 0 ? qsTr("none") : view.model.currentMatch > 0 ? Format.fill(qsTr("%1 of %2"), [Format.count(view.model.currentMatch), Format.count(view.model.matches)]) : qsTr("%1 lines").arg(Format.count(view.model.matches))
            secondary: true
            Accessible.role: Accessible.StaticText
        }
        Row {
            anchors.left: hits.right
            anchors.leftMargin: Theme.space4

            IconButton {
                enabled: view.model.matches > 0
                glyph: Icons.chevronUp
                text: qsTr("Previous match")
                onClicked: view.find(false)
            }
            IconButton {
                enabled: view.model.matches > 0
                glyph: Icons.chevronDown
                text: qsTr("Next match")
                onClicked: view.find(true)
            }
            IconButton {
                id: close

                glyph: Icons.x
                text: qsTr("Close the search")
                onClicked: view.closeFind()
            }
        }
    }
    Rectangle {
        id: rule

        anchors.top: findBar.bottom
        width: parent.width
        height: Theme.hairline
        color: Theme.line
    }
    ListView {
        id: list

        anchors.top: rule.bottom
        anchors.topMargin: Theme.space4
        anchors.bottom: foot.top
        width: parent.width
        focus: true
        activeFocusOnTab: true
        clip: true
        reuseItems: true
        currentIndex: -1
        highlightFollowsCurrentItem: false
        keyNavigationEnabled: false
        boundsBehavior: Flickable.StopAtBounds
        flickableDirection: Flickable.AutoFlickIfNeeded
        contentWidth: view.wrap ? width : Math.max(width, Theme.space16 + view.timeWidth + 2 * Theme.space8 + 3 * letter.advanceWidth + (view.model.longest + Theme.space24) * letter.advanceWidth)
        cacheBuffer: Theme.chartHeight
        model: view.model
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Log of %1").arg(view.title)

        onContentYChanged: {
            // Only a person's own movement decides; what arrives moves the view as well.
            if (moving || scrollBar.pressed)
                view.follow = atYEnd;
        }
        onHeightChanged: Qt.callLater(view.toEnd)
        Keys.onPressed: event => {
            const page = Math.max(1, Math.floor(height / Theme.logRow) - 1);
            const extend = (event.modifiers & Qt.ShiftModifier) !== 0;
            if (event.key === Qt.Key_Up)
                view.move(-1, extend);
            else if (event.key === Qt.Key_Down)
                view.move(1, extend);
            else if (event.key === Qt.Key_PageUp && event.modifiers === Qt.NoModifier)
                view.move(-page, extend);
            else if (event.key === Qt.Key_PageDown && event.modifiers === Qt.NoModifier)
                view.move(page, extend);
            else if (event.key === Qt.Key_Home)
                view.move(-count, extend);
            else if (event.key === Qt.Key_End)
                view.follow = true;
            else if (event.key === Qt.Key_Slash)
                view.openFind();
            else if (event.key === Qt.Key_Escape && view.firstChosen >= 0) {
                view.anchorRow = -1;
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
            wrap: view.wrap
            timeWidth: view.timeWidth
            markWidth: 3 * letter.advanceWidth
            chosen: view.firstChosen >= 0 && index >= view.firstChosen && index <= view.lastChosen
            current: index === list.currentIndex && list.activeFocus
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
                view.follow = false;
                if (extend && list.currentIndex >= 0 && view.anchorRow < 0)
                    view.anchorRow = list.currentIndex;
                if (!extend)
                    view.anchorRow = -1;
                list.currentIndex = row;
            }
        }
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
    Item {
        id: foot

        anchors.bottom: parent.bottom
        width: parent.width
        height: Math.max(Theme.space24, end.visible ? end.height + Theme.space12 : 0)

        Label {
            anchors.left: parent.left
            anchors.leftMargin: Theme.space16
            anchors.right: parent.right
            anchors.rightMargin: Theme.space16
            anchors.verticalCenter: parent.verticalCenter
            visible: !end.visible && list.count > 0
            mayElide: true
            text: {
                const parts = [list.count === 1 ? qsTr("1 line") : qsTr("%1 lines").arg(Format.count(list.count))];
                if (view.model.dropped > 0)
                    parts.push(qsTr("%1 older ones fell out").arg(Format.count(view.model.dropped)));
                if (!view.live)
                    parts.push(qsTr("not live"));
                else if (view.model.paused)
                    parts.push(view.model.waiting ? qsTr("paused, more waits") : qsTr("paused"));
                return parts.join(" · ");
            }
            color: view.model.paused || !view.live ? Theme.warningText : Theme.textTertiary
            font.pixelSize: Theme.fontSmall
        }
        Banner {
            id: end

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.margins: Theme.space8
            anchors.verticalCenter: parent.verticalCenter
            visible: view.model.ended
            failing: view.model.errorText.length > 0
            glyph: failing ? Icons.circleAlert : Icons.square
            text: failing ? qsTr("The log broke off: %1").arg(view.model.errorText) : qsTr("The log ends here: the container has stopped. It goes on when that is started.")
            action: view.live ? qsTr("Read again") : ""
            onActionTriggered: view.model.retry()
        }
    }
    EmptyState {
        anchors.centerIn: list
        width: parent.width
        visible: view.model.loading === States.Loading.Underway && list.count === 0
        glyph: Icons.loaderCircle
        title: qsTr("Asking for the log")
    }
    EmptyState {
        anchors.centerIn: list
        width: parent.width
        visible: view.model.loading === States.Loading.Failed
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
        visible: view.model.loading === States.Loading.Loaded && list.count === 0
        glyph: Icons.fileText
        title: view.model.ended ? qsTr("Nothing was written") : qsTr("Nothing yet")
        text: view.model.ended ? "" : qsTr("What the container writes from now on appears here.")
    }
}
