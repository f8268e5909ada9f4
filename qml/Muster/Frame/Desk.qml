// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client

/// What every page gets: the server, the window it is in, and whom to tell. One for all of them.
QtObject {
    required property Backend backend
    readonly property Link link: backend.link
    readonly property Account account: backend.account
    readonly property ServerClock clock: backend.clock
    readonly property FleetWatch fleet: backend.fleet
    /// Keeps texts that a person wants to keep; null: nothing can be kept here.
    property TextSaver saver: null
    /// There is little room, or what is pressed has to be large.
    property bool compact: false
    /// Something lies over the pages and has the keyboard.
    property bool covered: false
    /// What stands at the lower edge is read while it changes: nothing may lie over it.
    property bool footRead: false
    /// Single letters are shortcuts: A and R decide on a key, "/" finds. Keys with Ctrl always are.
    property bool letterKeys: true

    /// What the next page is to begin with, which is for no address; null: nothing.
    property var handed: null

    /// Somewhere else is to be seen; see Place.
    /// @param query how it is to be set; empty: as it was left
    signal routeRequested(string route, string query)
    /// Something has happened that a person should hear of now.
    signal noticed(string text, bool failing)

    function go(route: string): void {
        handed = null;
        routeRequested(route, "");
    }

    function goSet(route: string, query: string): void {
        handed = null;
        routeRequested(route, query);
    }

    function goWith(route: string, what: var): void {
        handed = what;
        routeRequested(route, "");
    }

    /// What was handed on, once, to whom it fits.
    function take(fits: var): var {
        if (handed === null || !fits(handed))
            return null;
        const taken = handed;
        handed = null;
        return taken;
    }

    function notice(text: string, failing: bool): void {
        noticed(text, failing);
    }

    /// Why something is not for this person, and who can change that.
    function lacks(permission: string): string {
        return Format.fill(qsTr("Your role, %1, lacks the permission %2: an admin can give you another."), [account.session.role, permission]);
    }

    function may(permission: string): bool {
        return permission.length === 0 || account.session.may(permission);
    }
}
