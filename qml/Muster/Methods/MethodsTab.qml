// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls
import Muster.Frame

/// What a device can be asked to do, in groups; the chosen method beside it.
DeviceTab {
    id: tab

    readonly property bool opened: part.length > 0
    property string wanted
    property deviceMethod current
    /// Its methods are not known while it is away: then the name is written.
    readonly property bool writing: model.away

    stacked: compact || width < Theme.methodList + Theme.dialogWidth
    whole: compact && opened && (model.total > 0 || writing)

    function take(): void {
        if (writing) {
            if (part.length > 0)
                current = model.named(part);
            return;
        }
        const row = wanted.length > 0 ? model.rowOf(wanted) : model.count > 0 ? 0 : -1;
        list.currentIndex = row;
        if (row >= 0)
            current = model.at(row);
    }

    function choose(row: int): void {
        if (row < 0 || row >= list.count)
            return;
        current = model.at(row);
        wanted = current.name;
        list.currentIndex = row;
    }

    /// Shows the chosen one, where that is not beside the list.
    function open(): void {
        if (stacked && current.name.length > 0)
            openPart(current.name);
    }

    onPartChanged: {
        if (part.length > 0 && part !== current.name) {
            wanted = part;
            take();
        }
        if (shown && stacked) {
            if (part.length > 0)
                pane.forceActiveFocus();
            else if (writing)
                search.forceActiveFocus();
            else
                list.forceActiveFocus();
        }
    }
    Component.onCompleted: wanted = part

    Binding {
        target: Calls
        property: "backend"
        value: tab.desk.backend
    }
    Binding {
        target: Calls
        property: "deviceId"
        value: tab.deviceId
    }
    MethodsModel {
        id: model

        link: tab.link
        deviceId: tab.device.id
        text: tab.writing ? "" : search.text.trim()
        onItemsChanged: tab.take()
    }
    Connections {
        target: tab
        // It is back: now its methods can be known.
        function onDeviceChanged(): void {
            if ((tab.writing || model.asOf > 0) && tab.device.presence === States.Presence.Online)
                model.retry();
        }
    }

    Card {
        id: listCard

        anchors.left: parent.left
        width: tab.stacked ? parent.width : Theme.methodList
        height: parent.height
        visible: (model.total > 0 || tab.writing) && (!tab.stacked || !tab.opened)

        TextField {
            id: search

            anchors.left: parent.left
            anchors.leftMargin: Theme.space12
            y: Theme.space12
            width: parent.width - 2 * Theme.space12
            focus: true
            glyph: tab.writing ? Icons.terminal : Icons.search
            hint: tab.writing ? qsTr("Name of a method") : qsTr("Find a method")
            Keys.onDownPressed: {
                list.forceActiveFocus();
                tab.choose(Math.max(0, list.currentIndex));
            }
            Keys.onEscapePressed: event => {
                event.accepted = text.length > 0;
                clear();
            }
            onAccepted: {
                if (tab.writing)
                    byName.click();
                else
                    tab.choose(Math.max(0, list.currentIndex));
                tab.open();
            }
        }
        Column {
            anchors.top: search.bottom
            anchors.topMargin: Theme.space12
            anchors.left: parent.left
            anchors.leftMargin: Theme.space12
            width: parent.width - 2 * Theme.space12
            spacing: Theme.space12
            visible: tab.writing

            Label {
                width: parent.width
                wrapMode: Text.Wrap
                text: qsTr("The device is away, and nobody has looked at its methods before. A method whose name you know can be left for later.")
                secondary: true
            }
            Button {
                id: byName

                enabled: search.text.trim().length > 0
                glyph: Icons.chevronRight
                text: qsTr("Use this name")
                onClicked: {
                    tab.current = model.named(search.text.trim());
                    tab.open();
                }
            }
        }
        Label {
            id: age

            anchors.top: search.bottom
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: Theme.space16
            anchors.rightMargin: Theme.space16
            topPadding: visible ? Theme.space8 : 0
            visible: model.asOf > 0
            wrapMode: Text.Wrap
            text: visible ? Format.fill(qsTr("The device is away. This is what it offered %1."), [Format.ago(model.asOf, tab.clock.now)]) : ""
            secondary: true
            font.pixelSize: Theme.fontSmall
        }
        ListView {
            id: list

            anchors.top: age.visible ? age.bottom : search.bottom
            anchors.topMargin: Theme.space8
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.space4
            width: parent.width
            visible: !tab.writing
            activeFocusOnTab: true
            clip: true
            currentIndex: -1
            highlightMoveDuration: 0
            keyNavigationEnabled: false
            // A row that is being made ahead when the list is narrowed makes the view complain.
            cacheBuffer: 0
            boundsBehavior: Flickable.StopAtBounds
            model: model
            section.property: "group"
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Methods")
            Keys.onUpPressed: {
                if (currentIndex <= 0)
                    search.forceActiveFocus();
                else
                    tab.choose(currentIndex - 1);
            }
            Keys.onDownPressed: tab.choose(currentIndex + 1)
            Keys.onReturnPressed: {
                tab.open();
                pane.forceActiveFocus();
            }

            Basic.ScrollBar.vertical: ScrollBar {}

            section.delegate: Label {
                required property string section

                width: ListView.view.width - Theme.space16
                height: Theme.headerHeight
                leftPadding: Theme.space16
                verticalAlignment: Text.AlignVCenter
                mayElide: true
                text: section
                color: Theme.textTertiary
                font.pixelSize: Theme.fontSmall
                font.weight: Font.Medium
                Accessible.role: Accessible.Heading
            }
            delegate: Item {
                id: entry

                required property int index
                required property deviceMethod method
                readonly property bool current: method.name === tab.current.name && !tab.stacked

                width: ListView.view.width
                height: Theme.touch ? Theme.touchTarget : Theme.methodRow
                Accessible.role: Accessible.ListItem
                Accessible.name: method.worker.length > 0 ? Format.fill(qsTr("%1, of the worker %2. %3"), [method.name, method.worker, method.summary]) : method.name + ". " + method.summary
                Accessible.selected: current
                Accessible.onPressAction: tab.choose(index)

                Rectangle {
                    anchors.fill: parent
                    anchors.leftMargin: Theme.space8
                    anchors.rightMargin: Theme.space8
                    radius: Theme.radiusControl
                    color: entry.current ? Theme.accentPanel : mouse.containsMouse ? Theme.panelHover : "transparent"

                    FocusRing {
                        anchors.margins: 0
                        shown: entry.ListView.isCurrentItem && list.activeFocus
                    }
                }
                Label {
                    anchors.left: parent.left
                    anchors.leftMargin: Theme.space16
                    anchors.right: mark.visible ? mark.left : parent.right
                    anchors.rightMargin: Theme.space12
                    anchors.verticalCenter: parent.verticalCenter
                    mayElide: true
                    text: entry.method.group.length > 0 ? entry.method.name.slice(entry.method.group.length + 1) : entry.method.name
                    mono: true
                    Accessible.ignored: true
                }
                Row {
                    id: mark

                    anchors.right: parent.right
                    anchors.rightMargin: Theme.space16
                    anchors.verticalCenter: parent.verticalCenter
                    visible: entry.method.worker.length > 0
                    spacing: Theme.space4

                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        size: Theme.iconSmall
                        text: Icons.boxes
                        color: Theme.accentText
                    }
                    Label {
                        text: qsTr("worker")
                        color: Theme.accentText
                        font.pixelSize: Theme.fontSmall
                        Accessible.ignored: true
                    }
                }
                MouseArea {
                    id: mouse

                    anchors.fill: parent
                    hoverEnabled: true
                    onClicked: {
                        tab.choose(entry.index);
                        list.forceActiveFocus();
                        tab.open();
                    }
                }
            }
        }
        EmptyState {
            anchors.centerIn: list
            width: list.width
            visible: !tab.writing && model.count === 0 && model.total > 0
            glyph: Icons.searchX
            title: qsTr("No method matches")
            action: qsTr("Show all")
            onActionTriggered: search.clear()
        }
    }
    Card {
        anchors.left: tab.stacked ? parent.left : listCard.right
        anchors.leftMargin: tab.stacked ? 0 : Theme.space16
        anchors.right: parent.right
        height: parent.height
        visible: listCardThere && (!tab.stacked || tab.opened)

        readonly property bool listCardThere: model.total > 0 || tab.writing

        MethodPane {
            id: pane

            anchors.fill: parent
            anchors.margins: Theme.hairline
            visible: tab.current.name.length > 0
            desk: tab.desk
            device: tab.device
            method: tab.current
            calls: Calls
            compact: tab.stacked
            onBackRequested: tab.openPart("")
            onCommandRequested: id => tab.desk.go("commands/" + id)
            onNotice: (text, failing) => tab.notice(text, failing)
            Keys.onEscapePressed: {
                if (!tab.leave())
                    list.forceActiveFocus();
            }
        }
        EmptyState {
            anchors.centerIn: parent
            width: parent.width
            visible: tab.current.name.length === 0
            glyph: Icons.terminal
            title: qsTr("No method is chosen")
        }
    }
    EmptyState {
        anchors.centerIn: parent
        width: parent.width
        visible: model.loading === States.Loading.Underway && model.total === 0
        glyph: Icons.loaderCircle
        title: qsTr("Asking the device for its methods")
    }
    EmptyState {
        anchors.centerIn: parent
        width: parent.width
        visible: model.loading === States.Loading.Loaded && model.total === 0
        glyph: Icons.terminal
        title: qsTr("No methods")
        text: qsTr("This device offers nothing to call, or its policy forbids all of it.")
    }
    EmptyState {
        anchors.centerIn: parent
        width: parent.width
        visible: model.loading === States.Loading.Failed && !tab.writing
        glyph: Icons.circleAlert
        loud: true
        title: qsTr("The methods could not be read")
        text: model.errorText
        action: qsTr("Try again")
        onActionTriggered: model.retry()
    }
}
