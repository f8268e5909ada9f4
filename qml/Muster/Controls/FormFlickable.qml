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
        if (focused)
            show(focused);
    }

    /// Brings a part of the form into view: with as little movement as does it.
    function show(item: Item): void {
        if (!isWithin(item))
            return;
        const at = item.mapToItem(contentItem, 0, 0);
        const room = Theme.space12;
        // What is higher than the view shows its beginning.
        if (at.y - room < contentY || item.height > height)
            contentY = Math.min(Math.max(0, contentHeight - height), Math.max(0, at.y - room));
        else if (at.y + item.height + room > contentY + height)
            contentY = Math.min(Math.max(0, contentHeight - height), at.y + item.height + room - height);
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
