// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls

/// Above a log: whose it is, which output and from when on, and what can be done with it.
Item {
    id: bar

    required property LogModel log
    required property string title
    required property bool compact
    required property bool narrow
    required property bool live
    required property bool canSave
    required property bool wrap
    required property bool follow
    required property bool finding
    /// Lines are there, to be copied or saved.
    required property bool any
    /// Some of them are chosen.
    required property bool chosen
    /// The names of the device's containers.
    required property list<string> names
    property int span: 0
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

    signal backRequested
    signal saveRequested
    signal copyRequested
    signal wrapRequested
    signal followRequested
    signal findRequested
    /// These shall be read beside the first one.
    signal alsoRequested(names: list<string>)

    component SpanItem: MenuItem {
        required property int place

        text: bar.spans[place].name
        glyph: bar.span === place ? Icons.check : ""
        onTriggered: {
            bar.span = place;
            bar.log.since = bar.spans[place].ms;
            bar.log.tail = bar.spans[place].tail;
        }
    }

    implicitHeight: tools.y + tools.height + Theme.space8

    IconButton {
        id: back

        anchors.left: parent.left

        anchors.leftMargin: Theme.space4
        y: Theme.space4
        visible: bar.compact
        width: visible ? implicitWidth : 0
        touch: true
        glyph: Icons.arrowLeft
        text: qsTr("Back to the containers")
        onClicked: bar.backRequested()
    }
    Label {
        id: name

        anchors.left: back.visible ? back.right : parent.left
        anchors.leftMargin: back.visible ? Theme.space4 : Theme.space16
        y: bar.compact ? Theme.space4 : Theme.space8
        height: bar.compact ? Theme.touchTarget : Theme.controlHeight
        width: Math.min(implicitWidth, bar.width - (bar.narrow ? 0 : tools.width + Theme.space12) - (back.visible ? back.width + Theme.space8 : Theme.space16) - add.width - outputs.width - Theme.space24)
        verticalAlignment: Text.AlignVCenter
        mayElide: true
        text: bar.title
        strong: true
        mono: true
        Accessible.role: Accessible.Heading
    }
    IconButton {
        id: add

        anchors.left: name.right
        anchors.leftMargin: Theme.space4
        anchors.verticalCenter: name.verticalCenter
        visible: bar.names.length > 1
        width: visible ? implicitWidth : 0
        glyph: Icons.listPlus
        chosen: bar.log.also.length > 0
        text: qsTr("Read more containers beside it")
        Accessible.role: Accessible.ButtonMenu
        onClicked: more.open()

        LogContainersMenu {
            id: more

            y: add.height + Theme.space4
            names: bar.names
            chosen: bar.log.containers
            most: bar.log.mostContainers
            onWanted: names => bar.alsoRequested(names.filter(name => name !== bar.log.container))
        }
    }
    Basic.AbstractButton {
        id: outputs

        anchors.left: add.right
        anchors.leftMargin: Theme.space4
        y: bar.compact ? Theme.space4 : Theme.space8
        height: bar.compact ? Theme.touchTarget : Theme.controlHeight
        width: outputsLabel.implicitWidth + Theme.space12
        text: bar.log.wantStdout && bar.log.wantStderr ? "stdout + stderr" : bar.log.wantStdout ? "stdout" : "stderr"
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
            glyph: bar.log.wantStdout && bar.log.wantStderr ? Icons.check : ""
            onTriggered: {
                bar.log.wantStdout = true;
                bar.log.wantStderr = true;
            }
        }
        MenuItem {
            text: qsTr("Only stdout")
            glyph: !bar.log.wantStderr ? Icons.check : ""
            onTriggered: {
                bar.log.wantStdout = true;
                bar.log.wantStderr = false;
            }
        }
        MenuItem {
            text: qsTr("Only stderr")
            glyph: !bar.log.wantStdout ? Icons.check : ""
            onTriggered: {
                bar.log.wantStderr = true;
                bar.log.wantStdout = false;
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
        anchors.rightMargin: bar.compact ? Theme.space8 : Theme.space12
        y: bar.narrow ? Theme.space48 : Theme.space8
        width: bar.narrow ? parent.width - Theme.space12 - anchors.rightMargin : Math.min(implicitWidth, parent.width)
        spacing: bar.compact ? Theme.space2 : Theme.space6
        layoutDirection: bar.narrow ? Qt.LeftToRight : Qt.RightToLeft

        // Right to left where there is room: the last of the bar stands first.
        IconButton {
            visible: bar.canSave
            enabled: bar.any
            glyph: Icons.download
            text: qsTr("Save what is here")
            onClicked: bar.saveRequested()
        }
        IconButton {
            enabled: bar.any
            glyph: Icons.copy
            text: bar.chosen ? qsTr("Copy the chosen lines") : qsTr("Copy what is here")
            onClicked: bar.copyRequested()
        }
        IconButton {
            glyph: Icons.wrapText
            chosen: bar.wrap
            text: bar.wrap ? qsTr("Long lines: wrapped") : qsTr("Long lines: one line each")
            onClicked: bar.wrapRequested()
        }
        IconButton {
            enabled: bar.log.paused || (bar.live && !bar.log.ended)
            glyph: bar.log.paused ? Icons.play : Icons.pause
            chosen: bar.log.paused
            text: bar.log.paused ? qsTr("Go on") : qsTr("Pause")
            onClicked: bar.log.paused = !bar.log.paused
        }
        Button {
            glyph: Icons.arrowDownToLine
            chosen: bar.follow && !bar.log.ended
            text: qsTr("Follow")
            Accessible.checkable: true
            Accessible.checked: chosen
            onClicked: bar.followRequested()
        }
        Button {
            text: bar.spans[bar.span].button
            Accessible.name: qsTr("From when on: %1").arg(bar.spans[bar.span].name)
            onClicked: sinceMenu.popup(this, 0, height)
        }
        Button {
            visible: !bar.compact
            glyph: Icons.search
            chosen: bar.finding
            text: qsTr("Find")
            onClicked: bar.findRequested()
        }
        IconButton {
            visible: bar.compact
            glyph: Icons.search
            chosen: bar.finding
            text: qsTr("Find")
            onClicked: bar.findRequested()
        }
    }
}
