// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client

/// What is shown at a place.
FocusScope {
    id: page

    required property Desk desk
    required property Place place
    readonly property Backend backend: desk.backend
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
