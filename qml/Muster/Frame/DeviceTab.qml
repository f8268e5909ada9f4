// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client

/// A tab of a device's page.
Page {
    readonly property string deviceId: place.subject
    /// Which of its things the address opens; empty: none.
    readonly property string part: place.part
    /// No room for the list and what is opened side by side: the one stands over the other.
    property bool stacked: false
    /// The device as it is known now; the page keeps it up to date.
    property device device
    /// What it has to set, for beside the tabs where there is room.
    property Component beside: null
    /// There is room, and it is shown there.
    property bool besideShown: false

    /// Opens one of its things, or none. Each is a step of the history: back leads to the list.
    function openPart(name: string): void {
        desk.go("device/" + deviceId + "/" + place.name + (name.length > 0 ? "/" + name : ""));
    }

    /// Goes back to the list, where something lies over it.
    function leave(): bool {
        if (!stacked || part.length === 0)
            return false;
        openPart("");
        return true;
    }
}
