// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client

/// What is shown at a place.
FocusScope {
    id: page

    required property Desk desk
    required property Place place
    // Its own, since only what is one step from here is compiled ahead: Desk could be derived from, and what it has be another thing.
    readonly property Link link: desk.link
    readonly property Account account: desk.account
    readonly property ServerClock clock: desk.clock
    readonly property FleetWatch fleet: desk.fleet
    readonly property TextSaver saver: desk.saver
    readonly property bool compact: desk.compact
    readonly property bool shown: place.shown
    /// It has opened something that fills the window of a phone: what stands around it may go.
    property bool whole: false

    /// A person comes back to it.
    signal arrived

    function notice(text: string, failing: bool): void {
        desk.notice(text, failing);
    }
}
