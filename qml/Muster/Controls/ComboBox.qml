// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic

/// One of several texts. What is chosen is said by `chosen` and asked for by `activated`.
Basic.ComboBox {
    id: combo

    property string label
    property bool wrong: false
    property string hint
    property bool touch: Theme.touch
    property int chosen: -1

    implicitHeight: touch ? Theme.touchTarget : Theme.controlHeight
    leftPadding: Theme.space12
    rightPadding: Theme.space32
    topPadding: 0
    bottomPadding: 0
    currentIndex: chosen
    Accessible.role: Accessible.ComboBox
    Accessible.name: label.length > 0 ? label : displayText

    onChosenChanged: currentIndex = chosen
    onModelChanged: currentIndex = chosen

    contentItem: Label {
        verticalAlignment: Text.AlignVCenter
        mayElide: true
        text: combo.currentIndex >= 0 ? combo.displayText : combo.hint
        color: combo.currentIndex >= 0 ? Theme.text : Theme.textTertiary
        Accessible.ignored: true
    }
    indicator: Icon {
        x: combo.width - width - Theme.space8
        y: (combo.height - height) / 2
        text: Icons.chevronDown
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: Theme.panel
        border.width: Theme.hairline
        border.color: combo.wrong ? Theme.failing : Theme.line

        FocusRing {
            shown: combo.visualFocus
        }
    }
    delegate: MenuItem {
        required property int index
        required property string modelData

        width: ListView.view ? ListView.view.width : combo.width
        text: modelData
        highlighted: combo.highlightedIndex === index
    }
    popup: Basic.Popup {
        y: combo.height + Theme.space4
        width: Math.max(combo.width, Theme.menuWidth)
        height: Math.min(contentItem.implicitHeight + 2 * padding, Theme.dialogWidth)
        padding: Theme.space4

        background: Rectangle {
            color: Theme.panel
            radius: Theme.radiusControl
            border.width: Theme.hairline
            border.color: Theme.line
        }
        contentItem: ListView {
            clip: true
            implicitHeight: contentHeight
            model: combo.popup.visible ? combo.delegateModel : null
            currentIndex: combo.highlightedIndex
            boundsBehavior: Flickable.StopAtBounds

            Basic.ScrollBar.vertical: ScrollBar {}
        }
    }
}
