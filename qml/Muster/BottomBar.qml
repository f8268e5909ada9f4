// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls

/// The pages, under the thumb.
Rectangle {
    id: bar

    required property Backend backend
    required property string page

    readonly property var entries: {
        const list = [
            {
                "route": "devices",
                "name": qsTr("Devices"),
                "glyph": Icons.cpu
            },
            {
                "route": "approvals",
                "name": qsTr("Approvals"),
                "glyph": Icons.keyRound
            }
        ];
        if (backend.session.may("commands.read"))
            list.push({
                "route": "commands",
                "name": qsTr("Commands"),
                "glyph": Icons.send
            });
        return list;
    }

    signal routeRequested(string route)

    implicitHeight: Theme.bottomBarHeight
    color: Theme.rail
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Pages")

    Rectangle {
        width: parent.width
        height: Theme.hairline
        color: Theme.line
    }
    Row {
        anchors.fill: parent

        Repeater {
            model: bar.entries

            Basic.Button {
                id: tab

                required property var modelData
                readonly property bool current: modelData.route === bar.page || (modelData.route === "devices" && bar.page === "device")
                readonly property int badge: modelData.route === "approvals" ? bar.backend.counts.approvals : 0

                width: bar.width / bar.entries.length
                height: bar.height
                text: modelData.name
                Accessible.role: Accessible.PageTab
                Accessible.name: badge > 0 ? qsTr("%1, %2 waiting").arg(text).arg(badge) : text
                Accessible.selected: current
                Keys.onReturnPressed: click()
                onClicked: bar.routeRequested(modelData.route)

                contentItem: Column {
                    topPadding: Theme.space2
                    spacing: Theme.space4

                    Item {
                        anchors.horizontalCenter: parent.horizontalCenter
                        width: Theme.iconLarge
                        height: Theme.iconLarge - Theme.space2

                        Icon {
                            anchors.centerIn: parent
                            size: Theme.space20
                            text: tab.modelData.glyph
                            color: tab.current ? Theme.accentText : Theme.textSecondary
                        }
                        Rectangle {
                            anchors.left: parent.right
                            anchors.leftMargin: -Theme.space4
                            y: -Theme.space4
                            visible: tab.badge > 0
                            width: Math.max(height, count.implicitWidth + Theme.space8)
                            height: Theme.space16
                            radius: height / 2
                            color: Theme.warningPanel

                            Label {
                                id: count

                                anchors.centerIn: parent
                                text: Format.count(tab.badge)
                                color: Theme.warningText
                                strong: true
                                font.pixelSize: Theme.fontSmall
                                Accessible.ignored: true
                            }
                        }
                    }
                    Label {
                        anchors.horizontalCenter: parent.horizontalCenter
                        text: tab.text
                        color: tab.current ? Theme.accentText : Theme.textSecondary
                        font.pixelSize: Theme.fontSmall
                        font.weight: tab.current ? Font.Medium : Font.Normal
                        Accessible.ignored: true
                    }
                }
                background: Item {
                    FocusRing {
                        anchors.margins: Theme.space4
                        shown: tab.visualFocus
                    }
                }
            }
        }
    }
}
