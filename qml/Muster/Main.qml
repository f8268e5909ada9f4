// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls

/// The dashboard's window: the shell for who is signed in, the sign-in page for others.
Basic.ApplicationWindow {
    id: window

    required property Backend backend
    /// Keeps texts that a person wants to keep; null: nothing can be kept here.
    property TextSaver saver: null
    /// Where the person is: "devices", "device/ID", "device/ID/containers" (methods, history), "approvals", "approvals/DEVICE",
    /// "commands" or "commands/ID".
    property string route: "devices"
    /// A one-time link or token that the program was started with.
    property string link
    /// Another version of this program is on the server; where it can be loaded, reloadRequested() is heard.
    property bool outdated: false
    /// Approvals that wait for a person, for who looks at another window.
    readonly property int waiting: signedIn ? backend.counts.approvals : 0
    /// There is no mouse: what is pressed is large in a wide window too. A first touch says it as well.
    property bool fingers: false
    readonly property bool narrow: width < Theme.compactBelow
    readonly property bool low: height < Theme.lowBelow
    readonly property bool compact: narrow || low
    readonly property bool signedIn: backend.state === Backend.Ready || backend.state === Backend.Reconnecting
    readonly property string place: signedIn && backend.session.serverName.length > 0 ? qsTr("%1 – Muster").arg(backend.session.serverName) : "Muster"

    signal reloadRequested

    width: Theme.windowWidth
    height: Theme.windowHeight
    minimumWidth: Theme.windowMinimumWidth
    minimumHeight: Theme.windowMinimumHeight
    visible: true
    title: waiting > 0 ? "(%1) %2".arg(waiting).arg(place) : place
    color: Theme.background
    font.family: Theme.family
    font.pixelSize: Theme.fontBody

    CallsModel {
        id: calls

        backend: window.backend
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
    Loader {
        anchors.fill: parent
        active: window.signedIn
        focus: window.signedIn
        sourceComponent: AppShell {
            backend: window.backend
            compact: window.compact
            narrow: window.narrow
            route: window.route
            saver: window.saver
            calls: calls
            outdated: window.outdated
            focus: true
            onRouteRequested: route => window.route = route
            onReloadRequested: window.reloadRequested()
        }
    }
    Loader {
        anchors.fill: parent
        active: !window.signedIn
        focus: !window.signedIn
        sourceComponent: SignInPage {
            backend: window.backend
            compact: window.compact
            link: window.link
            outdated: window.outdated
            focus: true
            onReloadRequested: window.reloadRequested()
        }
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
