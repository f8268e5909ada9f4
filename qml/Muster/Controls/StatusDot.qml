// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client

/// The mark of a device's state: a shape as well as a colour, for a word stands beside it and not everybody sees colours.
/// Well: disc. Warning: diamond. Failing: square. Offline: ring. Never seen: hollow square.
Item {
    id: dot

    required property int presence
    required property int level
    property int size: Theme.dot
    readonly property bool online: presence === States.Presence.Online
    readonly property bool warning: online && level === States.Level.Warning
    readonly property bool failing: online && level === States.Level.Failing
    readonly property string shape: !online ? (presence === States.Presence.Never ? "hollow square" : "ring") : warning ? "diamond" : failing ? "square" : "disc"

    implicitWidth: size
    implicitHeight: size
    Accessible.role: Accessible.Indicator
    Accessible.name: !online ? (presence === States.Presence.Never ? qsTr("Never seen") : qsTr("Offline")) : failing ? qsTr("Failing") : warning ? qsTr("Warning") : qsTr("Online")

    Rectangle {
        anchors.centerIn: parent
        width: dot.size
        height: dot.size
        antialiasing: true
        rotation: dot.warning ? 45 : 0
        radius: dot.shape === "disc" || dot.shape === "ring" ? width / 2 : 1
        color: !dot.online ? "transparent" : dot.failing ? Theme.failing : dot.warning ? Theme.warning : Theme.ok
        border.width: dot.online ? 0 : Theme.focusRing
        border.color: Theme.offline
    }
}
