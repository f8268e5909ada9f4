// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

Rectangle {
    color: Theme.panel
    radius: Theme.radiusCard
    border.width: Theme.hairline
    border.color: Theme.line
}
