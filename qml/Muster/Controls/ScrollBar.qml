// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic as Basic

Basic.ScrollBar {
    id: bar

    policy: Basic.ScrollBar.AsNeeded
    minimumSize: 0.06
    padding: Theme.space2

    contentItem: Rectangle {
        implicitWidth: Theme.space6
        radius: width / 2
        color: bar.pressed || bar.hovered ? Theme.textTertiary : Theme.lineStrong
        opacity: bar.size < 1 && (bar.active || bar.hovered) ? 1 : 0

        Behavior on opacity {
            NumberAnimation {
                duration: Theme.calmly
            }
        }
    }
    background: Item {}
}
