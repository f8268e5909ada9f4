// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic as Basic

Basic.Menu {
    implicitWidth: Theme.menuWidth
    padding: Theme.space4
    delegate: MenuItem {}

    background: Rectangle {
        color: Theme.panel
        radius: Theme.radiusControl
        border.width: Theme.hairline
        border.color: Theme.line
    }
}
