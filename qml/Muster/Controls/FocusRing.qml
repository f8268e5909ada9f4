// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

/// Shows where the keyboard is. Put it into a control whose `visualFocus` (or `activeFocus`) is given as `shown`.
Rectangle {
    property bool shown: false

    anchors.fill: parent
    anchors.margins: -Theme.focusRing
    visible: shown
    color: "transparent"
    radius: Theme.radiusControl + Theme.focusRing
    border.width: Theme.focusRing
    border.color: Theme.accent
}
