// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Controls

Item {
    id: title

    property string text
    property string detail

    implicitHeight: heading.implicitHeight
    Accessible.role: Accessible.Heading
    Accessible.name: text

    Label {
        id: heading

        anchors.left: parent.left
        width: Math.min(implicitWidth, parent.width)
        mayElide: true
        text: title.text
        strong: true
        font.pixelSize: Theme.fontTitle
        Accessible.ignored: true
    }
    Label {
        anchors.left: heading.right
        anchors.leftMargin: Theme.space12
        anchors.right: parent.right
        anchors.baseline: heading.baseline
        mayElide: true
        text: title.detail
        secondary: true
    }
}
