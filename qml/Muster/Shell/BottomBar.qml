// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls
import Muster.Frame

/// The pages, under the thumb.
Rectangle {
    id: bar

    required property Desk desk
    required property list<Place> places
    /// Where the person is; null: nowhere.
    required property Place place

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
            model: bar.places

            Basic.Button {
                id: tab

                required property Place modelData
                readonly property bool current: bar.place !== null && modelData.name === (bar.place.under || bar.place.name)
                readonly property int badge: modelData.badge

                width: bar.width / bar.places.length
                height: bar.height
                text: modelData.title
                Accessible.role: Accessible.PageTab
                Accessible.name: badge > 0 ? Format.fill(qsTr("%1, %2 waiting"), [text, String(badge)]) : text
                Accessible.selected: current
                Keys.onReturnPressed: click()
                onClicked: bar.desk.go(modelData.name)

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
