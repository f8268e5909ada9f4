// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Client
import Muster.Controls
import Muster.Frame

/// Rail or bottom bar, top bar, and the page of the route between them.
FocusScope {
    id: shell

    required property Desk desk
    readonly property Link link: desk.link
    readonly property ServerClock clock: desk.clock
    /// No room for the rail: the pages are named at the lower edge.
    required property bool narrow
    required property string route
    required property bool outdated
    /// See ElsewhereBanner; empty: nowhere.
    required property string elsewhere
    readonly property bool compact: desk.compact
    readonly property Place place: places.of(route)
    readonly property string pageNames: places.names
    readonly property bool stale: link.state === Link.Reconnecting

    signal reloadRequested
    signal elsewhereRequested

    /// Who was signed in before; empty: nobody yet.
    property string formerUser

    /// Another person came to this window without a word, by a link in another one of the browser, say.
    function takeUser(): void {
        const user = desk.account.session.user;
        if (user.length === 0)
            return;
        if (formerUser.length > 0 && formerUser !== user)
            desk.notice(qsTr("This window is %1's now: somebody signed in with this browser").arg(user), true);
        formerUser = user;
    }

    Connections {
        target: shell.desk.account
        function onSessionChanged(): void {
            shell.takeUser();
        }
    }

    Connections {
        target: shell.link
        function onMovedTo(address: string): void {
            shell.desk.notice(qsTr("Live again, at %1 now").arg(address), false);
        }
    }

    // Who does not see the pill or the banner hears of it.
    onStaleChanged: Accessible.announce(stale ? qsTr("Not live. %1").arg(link.trouble) : qsTr("Live again"), Accessible.Assertive)
    onPlaceChanged: Qt.callLater(focusPage)
    onRouteChanged: takeRoute()
    Component.onCompleted: {
        takeRoute();
        takeUser();
        // Why the link that led here did nothing.
        if (desk.account.signInError.length > 0)
            desk.notice(desk.account.signInError, true);
    }

    function takeRoute(): void {
        const here = places.of(route);
        // A page on its way out keeps its subject: it must not ask for another.
        if (here !== null)
            here.subject = route.slice(here.name.length + 1);
        for (const one of places.pages)
            one.shown = one === here;
    }

    /// How the page of a route is set from now on.
    function set(route: string, query: string): void {
        const there = places.setBy(route);
        if (there !== null)
            there.query = query;
    }

    function focusPage(): void {
        for (let index = 0; index < pages.count; ++index) {
            const loader = pages.itemAt(index) as PageLoader;
            if (loader.wanted) {
                loader.forceActiveFocus();
                loader.arrive();
            }
        }
    }

    component PageLoader: Loader {
        id: loader

        required property Place modelData
        readonly property bool wanted: modelData.shown

        function arrive(): void {
            const page = item as Page;
            if (page !== null)
                page.arrived();
        }

        anchors.fill: parent
        visible: wanted
        focus: wanted
        active: shell.desk.may(modelData.permission) && (wanted || (modelData.keeps && item !== null))
        sourceComponent: modelData.component
        onLoaded: item.focus = true
    }
    component PlaceShortcut: Shortcut {
        required property Place modelData
        required property int index

        sequences: ["Ctrl+" + (index + 1)]
        enabled: index < 9
        onActivated: shell.desk.go(modelData.name)
    }

    Places {
        id: places

        desk: shell.desk
    }
    Connections {
        target: shell.desk
        function onNoticed(text: string, failing: bool): void {
            toasts.show(text, failing);
        }
    }
    Binding {
        shell.desk.covered: palette.visible
    }
    Shortcut {
        sequences: ["Ctrl+K"]
        onActivated: palette.open()
    }
    Shortcut {
        sequences: shell.desk.letterKeys ? ["?", "F1"] : ["F1"]
        enabled: !shell.desk.covered
        onActivated: keys.open()
    }
    KeysDialog {
        id: keys

        places: places.open
        letterKeys: shell.desk.letterKeys
    }
    Instantiator {
        model: places.open
        delegate: PlaceShortcut {}
    }

    Rail {
        id: rail

        anchors.left: parent.left
        visible: !shell.narrow
        width: visible ? Theme.railWidth : 0
        height: parent.height
        desk: shell.desk
        places: places.open
        place: shell.place
    }
    TopBar {
        id: topBar

        anchors.left: rail.right
        anchors.right: parent.right
        desk: shell.desk
        onSearchRequested: palette.open()
    }
    Column {
        id: banners

        anchors.top: topBar.bottom
        anchors.left: rail.right
        anchors.right: parent.right
        anchors.leftMargin: shell.compact ? Theme.space12 : Theme.space24
        anchors.rightMargin: anchors.leftMargin
        topPadding: shell.stale || shell.outdated ? (shell.compact ? Theme.space8 : Theme.space12) : 0
        spacing: Theme.space8

        Banner {
            width: parent.width
            visible: shell.stale
            glyph: Icons.unplug
            action: qsTr("Try now")
            text: Format.fill(qsTr("Not live: this is how things stood at %1. %2."), [Format.wallTime(shell.link.staleSince, shell.clock.now), shell.link.trouble]) + (shell.link.nextAttemptAt > 0 ? " " + qsTr("Next try in %1.").arg(Format.span(Math.max(0, shell.link.nextAttemptAt - shell.clock.now))) : "")
            onActionTriggered: shell.link.retryNow()
        }
        ElsewhereBanner {
            width: parent.width
            visible: shell.stale && host.length > 0
            host: shell.elsewhere
            onOpenRequested: shell.elsewhereRequested()
        }
        OutdatedBanner {
            width: parent.width
            visible: shell.outdated
            onReloadRequested: shell.reloadRequested()
        }
    }
    Item {
        id: body

        anchors.top: banners.bottom
        anchors.left: rail.right
        anchors.right: parent.right
        anchors.bottom: bottomBar.visible ? bottomBar.top : parent.bottom

        Repeater {
            id: pages

            model: places.pages
            delegate: PageLoader {}
        }
        EmptyState {
            anchors.centerIn: parent
            width: parent.width
            visible: shell.place !== null && !shell.desk.may(shell.place.permission)
            glyph: Icons.lock
            title: qsTr("%1: not for your role").arg(shell.place === null ? "" : shell.place.under.length > 0 ? qsTr("Devices") : shell.place.title)
            text: qsTr("Who runs this server can give you the permission %1.").arg(shell.place?.permission ?? "")
        }
        EmptyState {
            anchors.centerIn: parent
            width: parent.width
            visible: shell.place === null
            glyph: Icons.searchX
            title: qsTr("There is no such page")
            text: qsTr("The address names nothing that this dashboard has.")
            action: qsTr("To the devices")
            onActionTriggered: shell.desk.go("devices")
        }
    }
    BottomBar {
        id: bottomBar

        anchors.bottom: parent.bottom
        width: parent.width
        visible: shell.narrow
        desk: shell.desk
        places: places.open
        place: shell.place
    }
    Toasts {
        id: toasts

        anchors.horizontalCenter: body.horizontalCenter
        y: shell.desk.footRead ? body.y + Theme.space16 : body.y + body.height - height - Theme.space16
    }
    CommandPalette {
        id: palette

        desk: shell.desk
        places: places.named
        tabs: places.tabs
        route: shell.route
        onKeysRequested: keys.open()
        onClosed: shell.focusPage()
    }
}
