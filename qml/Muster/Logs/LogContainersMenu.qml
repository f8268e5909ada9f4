// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Controls

/// Which containers are read together.
Basic.Popup {
    id: menu

    required property list<string> names
    required property list<string> chosen
    required property int most
    readonly property bool full: chosen.length >= most

    signal wanted(names: list<string>)

    function toggle(name: string): void {
        if (chosen.includes(name)) {
            // One is always read.
            if (chosen.length > 1)
                wanted(chosen.filter(other => other !== name));
        } else if (!full) {
            wanted([...chosen, name]);
        }
    }

    width: Theme.menuWidth + Theme.space48
    padding: Theme.space4
    focus: true
    onOpened: {
        list.currentIndex = 0;
        list.forceActiveFocus();
    }

    background: Rectangle {
        color: Theme.panel
        radius: Theme.radiusControl
        border.width: Theme.hairline
        border.color: Theme.line
    }
    contentItem: Column {
        Label {
            width: parent.width
            padding: Theme.space8
            wrapMode: Text.Wrap
            text: menu.full ? qsTr("%1 at once, no more: take one out first.", "", menu.most).arg(menu.most) : qsTr("Read together, up to %1 at once", "", menu.most).arg(menu.most)
            secondary: true
            font.pixelSize: Theme.fontCaption
        }
        ListView {
            id: list

            width: parent.width
            height: Math.min(contentHeight, Theme.codeHeight + Theme.space48)
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            model: menu.names
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Containers to be read together")
            Keys.onSpacePressed: menu.toggle(menu.names[currentIndex])
            Keys.onReturnPressed: menu.toggle(menu.names[currentIndex])

            Basic.ScrollBar.vertical: ScrollBar {}

            delegate: Basic.AbstractButton {
                id: entry

                required property string modelData
                required property int index
                readonly property bool on: menu.chosen.includes(modelData)

                width: ListView.view.width
                height: Theme.touch ? Theme.touchTarget : Theme.controlHeight
                enabled: on ? menu.chosen.length > 1 : !menu.full
                opacity: enabled ? 1 : Theme.disabledOpacity
                text: modelData
                Accessible.role: Accessible.CheckBox
                Accessible.name: text
                Accessible.checkable: true
                Accessible.checked: on
                onClicked: menu.toggle(modelData)

                contentItem: Item {
                    Rectangle {
                        id: box

                        anchors.left: parent.left

                        anchors.leftMargin: Theme.space8
                        anchors.verticalCenter: parent.verticalCenter
                        width: Theme.icon
                        height: Theme.icon
                        radius: Theme.radiusSmall
                        color: entry.on ? Theme.accent : Theme.panel
                        border.width: entry.on ? 0 : Theme.hairline
                        border.color: Theme.lineStrong

                        Icon {
                            anchors.centerIn: parent
                            visible: entry.on
                            size: Theme.iconSmall
                            text: Icons.check
                            color: Theme.accentInk
                        }
                    }
                    Label {
                        anchors.left: box.right
                        anchors.leftMargin: Theme.space8
                        anchors.right: parent.right
                        anchors.rightMargin: Theme.space8
                        anchors.verticalCenter: parent.verticalCenter
                        mayElide: true
                        mono: true
                        text: entry.text
                        Accessible.ignored: true
                    }
                }
                background: Rectangle {
                    radius: Theme.radiusSmall
                    color: entry.hovered || (entry.ListView.isCurrentItem && list.activeFocus) ? Theme.panelRaised : "transparent"
                }
            }
        }
    }
}
