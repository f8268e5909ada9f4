// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic as Basic

/// What scrolls a form: the control that the keyboard comes to is brought into view.
Flickable {
    id: flick

    readonly property Item focused: Window.activeFocusItem

    contentWidth: width
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    onFocusedChanged: reveal()
    // A keyboard on the screen takes half of it.
    onHeightChanged: Qt.callLater(reveal)

    function reveal(): void {
        if (!focused || !isWithin(focused))
            return;
        const at = focused.mapToItem(contentItem, 0, 0);
        const room = Theme.space12;
        // What is higher than the view shows its beginning.
        if (at.y - room < contentY || focused.height > height)
            contentY = Math.max(0, at.y - room);
        else if (at.y + focused.height + room > contentY + height)
            contentY = Math.min(Math.max(0, contentHeight - height), at.y + focused.height + room - height);
    }

    function isWithin(item: Item): bool {
        for (let up = item; up; up = up.parent) {
            if (up === contentItem)
                return true;
        }
        return false;
    }

    Basic.ScrollBar.vertical: ScrollBar {}
}
