// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic as Basic

Basic.Menu {
    id: menu

    // As wide as its longest line, in whatever language.
    implicitWidth: {
        let widest = Theme.menuWidth;
        for (let at = 0; at < count; ++at)
            widest = Math.max(widest, (itemAt(at)?.implicitWidth ?? 0) + 2 * padding);
        return Math.min(widest, Theme.dialogWidth);
    }
    padding: Theme.space4
    delegate: MenuItem {}

    background: Rectangle {
        color: Theme.panel
        radius: Theme.radiusControl
        border.width: Theme.hairline
        border.color: Theme.line
    }
}
