// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls
import Muster.Devices
import Muster.Frame

/// Ctrl+K: devices, pages and what can be done at once, by a few letters.
Basic.Popup {
    id: palette

    required property Desk desk
    required property list<Place> places
    /// Of a device.
    required property list<Place> tabs
    /// Where one is: what can be done there comes first.
    required property string route
    readonly property int most: 8
    property string foundFor
    /// What is done at once.
    readonly property var acts: [
        {
            "name": qsTr("Theme: as the system"),
            "glyph": Icons.sunMoon,
            "always": false,
            "run": () => Theme.mode = Theme.System
        },
        {
            "name": qsTr("Theme: dark"),
            "glyph": Icons.moon,
            "always": false,
            "run": () => Theme.mode = Theme.Dark
        },
        {
            "name": qsTr("Theme: light"),
            "glyph": Icons.sun,
            "always": false,
            "run": () => Theme.mode = Theme.Light
        },
        {
            "name": Format.utc ? qsTr("Times of this machine's zone") : qsTr("Times in UTC"),
            "glyph": Icons.clock,
            "always": false,
            "run": () => Format.utc = !Format.utc
        },
        {
            "name": qsTr("Keys"),
            "glyph": Icons.circleDashed,
            "always": false,
            "run": () => palette.keysRequested()
        },
        {
            "name": qsTr("Sign out"),
            "glyph": Icons.logOut,
            "always": true,
            "run": () => palette.desk.account.signOut()
        }
    ]

    signal keysRequested

    function rebuild(): void {
        const wanted = field.text.trim().toLowerCase();
        entries.clear();
        const here = route.startsWith("device/") ? route.split("/")[1] : "";
        if (here.length > 0)
            addTabs(here, wanted);
        for (const place of palette.places) {
            if (wanted.length === 0 || place.title.toLowerCase().includes(wanted))
                entries.append({
                    "glyph": place.glyph,
                    "name": place.title,
                    "detail": qsTr("Page"),
                    "route": place.name
                });
        }
        const words = wanted.split(/\s+/);
        if (wanted.length > 0) {
            for (let row = 0; row < Math.min(found.total, palette.most); ++row) {
                const id = found.idAt(row);
                // What was found for fewer letters stays only where it still fits.
                if (words.length > 1 && id.toLowerCase().includes(words[0]))
                    addTabs(id, words.slice(1).join(" "));
                if (id.length > 0 && (foundFor === wanted || id.toLowerCase().includes(wanted)))
                    entries.append({
                        "glyph": Icons.chevronRight,
                        "name": id,
                        "detail": qsTr("Device"),
                        "route": "device/" + id
                    });
            }
        }
        for (let at = 0; at < acts.length; ++at) {
            // Without a word they would be more than the pages.
            if (acts[at].name.toLowerCase().includes(wanted) && (wanted.length > 0 || acts[at].always))
                entries.append({
                    "glyph": acts[at].glyph,
                    "name": acts[at].name,
                    "detail": qsTr("Command"),
                    "route": "",
                    "act": at
                });
        }
        list.currentIndex = entries.count > 0 ? 0 : -1;
    }

    /// What a device shows and lets do, by the words of it: "press-line-a rest" leads to where its containers are restarted.
    function addTabs(id: string, wanted: string): void {
        for (const tab of tabs) {
            const whole = [tab.title].concat(tab.words).join(" ").toLowerCase();
            if (entries.count < palette.most && palette.desk.may(tab.permission) && whole.includes(wanted))
                entries.append({
                    "glyph": tab.glyph,
                    "name": Format.fill(qsTr("%1: %2"), [id, wanted.length > 0 ? (tab.words.find(word => word.toLowerCase().includes(wanted)) ?? tab.title) : tab.title]),
                    "detail": qsTr("Device"),
                    "route": "device/" + id + (tab.name.length > 0 ? "/" + tab.name : "")
                });
        }
    }

    function run(row: int): void {
        if (row < 0 || row >= entries.count)
            return;
        const { route, act } = entries.get(row);
        palette.close();
        if (route.length > 0)
            palette.desk.go(route);
        else
            acts[act].run();
    }

    parent: Basic.Overlay.overlay
    x: parent ? (parent.width - width) / 2 : 0
    y: desk.compact ? Theme.space12 : Theme.paletteTop
    width: parent ? Math.min(Theme.paletteWidth, parent.width - 2 * Theme.space12) : Theme.paletteWidth
    modal: true
    focus: true
    padding: Theme.space8
    closePolicy: Basic.Popup.CloseOnEscape | Basic.Popup.CloseOnPressOutside
    onAboutToShow: {
        field.clear();
        rebuild();
    }
    onOpened: field.forceActiveFocus()

    DevicesModel {
        id: found

        link: palette.desk.link
        active: palette.visible && field.text.trim().length > 0
        text: field.text.trim()
        windowSize: palette.most
        onWindowChanged: {
            palette.foundFor = text.toLowerCase();
            palette.rebuild();
        }
    }
    ListModel {
        id: entries
    }

    Basic.Overlay.modal: Rectangle {
        color: Theme.shade
    }
    background: Card {}
    contentItem: Column {
        spacing: Theme.space8
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Search")

        TextField {
            id: field

            width: parent.width
            glyph: Icons.search
            hint: qsTr("Search devices, or run a command")
            onTextEdited: palette.rebuild()
            onAccepted: palette.run(list.currentIndex)
            Keys.onDownPressed: list.incrementCurrentIndex()
            Keys.onUpPressed: list.decrementCurrentIndex()
        }
        ListView {
            id: list

            width: parent.width
            height: Math.min(contentHeight, Theme.tableRow * (palette.most + 2), palette.parent ? palette.parent.height - palette.y - field.height - 3 * Theme.space8 - Theme.space12 : 0)
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            model: entries
            // What is made ahead is made later, and Qt complains when it is gone by then.
            cacheBuffer: 0
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Found")

            delegate: Rectangle {
                id: entry

                required property int index
                required property string glyph
                required property string name
                required property string detail

                width: ListView.view.width
                height: Theme.tableRow
                radius: Theme.radiusControl
                color: ListView.isCurrentItem ? Theme.panelRaised : "transparent"
                Accessible.role: Accessible.ListItem
                Accessible.name: name + ", " + detail
                Accessible.selected: ListView.isCurrentItem
                Accessible.onPressAction: palette.run(index)

                Icon {
                    id: icon

                    anchors.left: parent.left
                    anchors.leftMargin: Theme.space12
                    anchors.verticalCenter: parent.verticalCenter
                    text: entry.glyph
                }
                Label {
                    anchors.left: icon.right
                    anchors.leftMargin: Theme.space12
                    anchors.right: kind.left
                    anchors.rightMargin: Theme.space12
                    anchors.verticalCenter: parent.verticalCenter
                    mayElide: true
                    text: entry.name
                    Accessible.ignored: true
                }
                Label {
                    id: kind

                    anchors.right: parent.right
                    anchors.rightMargin: Theme.space12
                    anchors.verticalCenter: parent.verticalCenter
                    text: entry.detail
                    color: Theme.textSecondary
                    font.pixelSize: Theme.fontCaption
                    Accessible.ignored: true
                }
                MouseArea {
                    anchors.fill: parent
                    hoverEnabled: true
                    // A pointer that rests has chosen nothing.
                    onPositionChanged: list.currentIndex = entry.index
                    onClicked: palette.run(entry.index)
                }
            }
        }
    }
}
