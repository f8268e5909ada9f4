// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client

/// A tab of a device's page.
Page {
    readonly property string deviceId: place.subject
    /// The device as it is known now; the page keeps it up to date.
    property device device
    /// What it has to set, for beside the tabs where there is room.
    property Component beside: null
    /// There is room, and it is shown there.
    property bool besideShown: false
}
