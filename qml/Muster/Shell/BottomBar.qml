// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQml
import Muster.Controls
import Muster.Frame

/// The pages, under the thumb.
Rectangle {
    id: bar

    required property Desk desk
    required property list<Place> places
    /// Where the person is; null: nowhere.
    required property Place place
    /// A thumb finds five, not more.
    readonly property list<Place> shown: places.length > 5 ? places.slice(0, 4) : places
    readonly property list<Place> rest: places.length > 5 ? places.slice(4) : []
    readonly property real tabWidth: width / (shown.length + (rest.length > 0 ? 1 : 0))
    readonly property string at: place === null ? "" : place.under || place.name

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
            model: bar.shown

            BottomTab {
                required property Place modelData

                width: bar.tabWidth
                height: bar.height
                glyph: modelData.glyph
                text: modelData.title
                badge: modelData.badge
                current: modelData.name === bar.at
                onClicked: bar.desk.go(modelData.name)
            }
        }
        BottomTab {
            id: more

            visible: bar.rest.length > 0
            width: visible ? bar.tabWidth : 0
            height: bar.height
            glyph: Icons.ellipsis
            text: qsTr("More")
            current: bar.rest.some(other => other.name === bar.at)
            badge: bar.rest.reduce((sum, other) => sum + other.badge, 0)
            Accessible.role: Accessible.ButtonMenu
            onClicked: menu.popup(more, more.width - menu.width, -menu.implicitHeight - Theme.space4)

            Menu {
                id: menu

                Instantiator {
                    model: bar.rest
                    delegate: MenuItem {
                        required property Place modelData

                        glyph: modelData.glyph
                        text: modelData.title
                        onTriggered: bar.desk.go(modelData.name)
                    }
                    onObjectAdded: (index, item) => menu.insertItem(index, item as MenuItem)
                    onObjectRemoved: (index, item) => menu.removeItem(item as MenuItem)
                }
            }
        }
    }
}
