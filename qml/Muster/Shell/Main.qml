// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls
import Muster.Frame
import Muster.SignIn

/// The dashboard's window: the shell for who is signed in, the sign-in page for others.
Basic.ApplicationWindow {
    id: window

    required property Backend backend
    /// Keeps texts that a person wants to keep; null: nothing can be kept here.
    property TextSaver saver: null
    /// Where the person is: the name of a place, and what is looked at there, such as "devices", "device/ID", "device/ID/containers",
    /// "approvals/DEVICE". Places.qml has the list.
    property string route: "devices"
    /// How the page of the route is set, as its address says it behind "?".
    readonly property string query: (shellLoader.item as AppShell)?.place?.query ?? ""
    /// The same, of the address that the program was started with.
    property string firstQuery
    /// How often a person went to a page that was to be set otherwise: a step of the history each, also where the page stays the same.
    property int steps: 0
    /// A one-time link or token that the program was started with.
    property string link
    /// Another version of this program is on the server; where it can be loaded, reloadRequested() is heard.
    property bool outdated: false
    /// Host and port of another server of this fleet, where this window cannot go there by itself; elsewhereRequested() is heard where it can be
    /// opened. Empty: none.
    property string elsewhere
    /// Approvals that wait for a person, for who looks at another window.
    readonly property int waiting: signedIn ? backend.fleet.counts.approvals : 0
    /// There is no mouse: what is pressed is large in a wide window too. A first touch says it as well.
    property bool fingers: false
    /// Reading goes from right to left: everything is mirrored.
    property bool mirrored: Language.rightToLeft
    /// See Desk; a person turns it off in the menu of the account.
    property alias letterKeys: desk.letterKeys
    /// There is no such page: who knows better than to ask a person says so.
    readonly property bool lost: shellLoader.status === Loader.Ready && (shellLoader.item as AppShell)?.place === null
    /// The pages that there are, for whom `lost` surprises.
    readonly property string pageNames: (shellLoader.item as AppShell)?.pageNames ?? ""
    readonly property bool narrow: width < Theme.compactBelow
    // A phone that lies on its side; one that stands has height enough to scroll in, however large the text is.
    readonly property bool low: height < Theme.lowBelow && width > height
    readonly property bool compact: narrow || low
    readonly property bool signedIn: backend.link.state === Link.Ready || backend.link.state === Link.Reconnecting
    readonly property string place: signedIn && backend.account.session.serverName.length > 0 ? qsTr("%1 – Muster").arg(backend.account.session.serverName) : "Muster"

    signal reloadRequested
    signal elsewhereRequested

    width: Theme.windowWidth
    height: Theme.windowHeight
    minimumWidth: Theme.windowMinimumWidth
    minimumHeight: Theme.windowMinimumHeight
    visible: true
    title: waiting > 0 ? Format.fill("(%1) %2", [String(waiting), place]) : place
    color: Theme.background
    font.family: Theme.family
    font.pixelSize: Theme.fontBody

    function makeAnew(): void {
        if (shellLoader.item !== null)
            firstQuery = query;
        for (const loader of [shellLoader, signInLoader])
            loader.sourceComponent = null;
        shellLoader.sourceComponent = shell;
        signInLoader.sourceComponent = signIn;
    }

    LayoutMirroring.enabled: mirrored
    LayoutMirroring.childrenInherit: true

    // Another language: all is made anew, so that nothing keeps the words that it began with. The address says where one was.
    Connections {
        target: Language

        function onCodeChanged(): void {
            Qt.callLater(window.makeAnew);
        }
    }
    Desk {
        id: desk

        backend: window.backend
        saver: window.saver
        compact: window.compact
        onRouteRequested: (route, query) => {
            if (query.length === 0) {
                window.route = route;
                return;
            }
            if (route !== window.route || query !== window.query)
                ++window.steps;
            window.open(route, query);
        }
    }
    Binding {
        target: Theme
        property: "touch"
        value: window.compact || window.fingers
    }
    Binding {
        target: Theme
        property: "low"
        value: window.low
    }
    /// @param query how the page is to be set
    function open(route: string, query: string): void {
        const shown = shellLoader.item as AppShell;
        if (shown !== null)
            shown.set(route, query);
        else
            firstQuery = query;
        window.route = route;
    }

    Component {
        id: shell

        AppShell {
            desk: desk
            narrow: window.narrow
            route: window.route
            outdated: window.outdated
            elsewhere: window.elsewhere
            focus: true
            onReloadRequested: window.reloadRequested()
            onElsewhereRequested: window.elsewhereRequested()
            Component.onCompleted: {
                set(window.route, window.firstQuery);
                window.firstQuery = "";
            }
        }
    }
    Component {
        id: signIn

        SignInPage {
            backend: window.backend
            compact: window.compact
            link: window.link
            outdated: window.outdated
            elsewhere: window.elsewhere
            focus: true
            onReloadRequested: window.reloadRequested()
            onElsewhereRequested: window.elsewhereRequested()
        }
    }
    Loader {
        id: shellLoader

        anchors.fill: parent
        active: window.signedIn
        focus: window.signedIn
        sourceComponent: shell
    }
    Loader {
        id: signInLoader

        anchors.fill: parent
        active: !window.signedIn
        focus: !window.signedIn
        sourceComponent: signIn
    }
    // Above the pages, for what takes a touch keeps it from what is below; this only looks on.
    Item {
        anchors.fill: parent

        PointHandler {
            acceptedDevices: PointerDevice.TouchScreen
            // Once it is over: nothing moves away under a finger.
            onActiveChanged: {
                if (!active)
                    window.fingers = true;
            }
        }
    }
}
