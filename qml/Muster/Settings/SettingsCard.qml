// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Controls

/// A group of settings under its name.
Card {
    id: card

    property string title
    property string text
    default property alias extra: inner.data
    readonly property int pad: Theme.touch ? Theme.space16 : Theme.space20

    implicitHeight: column.height + 2 * pad
    Accessible.role: Accessible.Grouping
    Accessible.name: title

    Column {
        id: column

        anchors.left: parent.left
        anchors.leftMargin: card.pad
        y: card.pad
        width: parent.width - 2 * card.pad
        spacing: Theme.space8

        Label {
            width: parent.width
            wrapMode: Text.Wrap
            text: card.title
            strong: true
            font.pixelSize: Theme.fontLead
            Accessible.role: Accessible.Heading
        }
        Label {
            width: parent.width
            visible: text.length > 0
            wrapMode: Text.Wrap
            text: card.text
            secondary: true
        }
        Column {
            id: inner

            width: parent.width
            spacing: Theme.space8
        }
    }
}
