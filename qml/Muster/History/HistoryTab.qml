// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls
import Muster.Frame

/// What has happened to a device: its events, its presence, decisions on its key, commands.
DeviceTab {
    id: tab

    readonly property var kinds: [
        {
            "kind": "",
            "name": qsTr("All")
        },
        {
            "kind": "event",
            "name": qsTr("Events")
        },
        {
            "kind": "presence",
            "name": qsTr("Presence")
        },
        {
            "kind": "key",
            "name": qsTr("Keys")
        },
        {
            "kind": "command",
            "name": qsTr("Commands")
        }
    ]
    property string openId

    function toggle(id: string): void {
        openId = openId === id ? "" : id;
    }

    Query {
        place: tab.place
        values: ({
                "kind": model.kind
            })
        onAsked: values => model.kind = tab.kinds.find(one => one.kind === values.kind)?.kind ?? ""
    }
    HistoryModel {
        id: model

        link: tab.link
        deviceId: tab.deviceId
    }

    Flickable {
        id: chips

        width: parent.width
        height: chipRow.height
        contentWidth: chipRow.width
        interactive: contentWidth > width
        boundsBehavior: Flickable.StopAtBounds
        flickableDirection: Flickable.HorizontalFlick

        Row {
            id: chipRow

            spacing: Theme.space8

            Repeater {
                model: tab.kinds

                FilterChip {
                    required property var modelData

                    text: modelData.name
                    marked: false
                    chosen: model.kind === modelData.kind
                    onClicked: {
                        model.kind = modelData.kind;
                        list.positionViewAtBeginning();
                    }
                }
            }
        }
    }
    Card {
        anchors.top: chips.bottom
        anchors.topMargin: Theme.space12
        anchors.bottom: parent.bottom
        width: parent.width

        ListView {
            id: list

            anchors.fill: parent
            anchors.margins: Theme.hairline
            focus: true
            activeFocusOnTab: true
            clip: true
            currentIndex: -1
            highlightMoveDuration: 0
            keyNavigationEnabled: true
            cacheBuffer: 0
            boundsBehavior: Flickable.StopAtBounds
            model: model
            section.property: "day"
            Accessible.role: Accessible.List
            Accessible.name: qsTr("History")
            Keys.onReturnPressed: tab.toggle(model.at(currentIndex).id)

            Basic.ScrollBar.vertical: ScrollBar {}

            section.delegate: Label {
                required property string section

                width: ListView.view.width
                height: Theme.headerHeight
                leftPadding: Theme.space16
                verticalAlignment: Text.AlignVCenter
                text: section
                color: Theme.textTertiary
                font.pixelSize: Theme.fontSmall
                font.weight: Font.Medium
                Accessible.role: Accessible.Heading
            }
            delegate: HistoryRow {
                width: ListView.view.width
                compact: tab.compact || width < Theme.paletteWidth
                open: tab.openId === entry.id && entry.dataText.length > 0
                focused: ListView.isCurrentItem && ListView.view.activeFocus
                leads: entry.command.length > 0 && tab.desk.may("commands.read")
                onToggled: id => tab.toggle(id)
                onCommandRequested: id => tab.desk.go("commands/" + id)
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
            title: qsTr("Asking for the history")
        }
        EmptyState {
            anchors.centerIn: parent
            width: parent.width
            visible: model.loading === States.Loading.Loaded && list.count === 0
            glyph: Icons.history
            title: model.total > 0 ? qsTr("Nothing of this kind") : qsTr("Nothing has happened yet")
            action: model.total > 0 ? qsTr("Show all") : ""
            onActionTriggered: model.kind = ""
        }
        EmptyState {
            anchors.centerIn: parent
            width: parent.width
            visible: model.loading === States.Loading.Failed
            glyph: Icons.circleAlert
            loud: true
            title: qsTr("The history could not be read")
            text: model.errorText
            action: qsTr("Try again")
            onActionTriggered: model.retry()
        }
    }
}
