// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

/// Whether a thing is inside what it scrolls in. The software renderer draws a Shape that is wholly clipped away as if
/// nothing clipped it, so shapes must be hidden there; with a graphics card this always holds and costs nothing.
QtObject {
    required property Item item
    property Flickable viewport
    /// Where the thing stands in what scrolls.
    property real standsAt: 0
    readonly property int api: item.GraphicsInfo.api
    readonly property bool holds: api > GraphicsInfo.Software || !viewport || (standsAt < viewport.contentY + viewport.height && standsAt + item.height > viewport.contentY)
}
