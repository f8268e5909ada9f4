// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

/// A line across the page that says that something is not as it should be.
Rectangle {
    id: banner

    property string text
    property string glyph
    property string action
    property bool failing: false

    signal actionTriggered

    /// Large text on a phone leaves the text no room beside the button.
    readonly property bool stacked: button.visible && width - icon.width - button.implicitWidth - 2 * Theme.space24 < Theme.nameMinimum - Theme.space48

    implicitHeight: stacked ? label.implicitHeight + button.implicitHeight + 2 * Theme.space8 + Theme.space4 : Math.max(label.implicitHeight + 2 * Theme.space8, button.visible ? button.implicitHeight + 2 * Theme.space4 : 0)
    color: failing ? Theme.failingPanel : Theme.warningPanel
    radius: Theme.radiusControl
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Icon {
        id: icon

        anchors.left: parent.left
        anchors.leftMargin: Theme.space12
        anchors.verticalCenter: label.verticalCenter
        text: banner.glyph
        color: banner.failing ? Theme.failingText : Theme.warningText
    }
    Label {
        id: label

        anchors.left: icon.right
        anchors.leftMargin: Theme.space8
        anchors.right: button.visible && !banner.stacked ? button.left : parent.right
        anchors.rightMargin: Theme.space12
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: banner.stacked ? -(button.height + Theme.space4) / 2 : 0
        wrapMode: Text.Wrap
        text: banner.text
        color: banner.failing ? Theme.failingText : Theme.warningText
        Accessible.ignored: true
    }
    Button {
        id: button

        anchors.right: parent.right
        anchors.rightMargin: Theme.space8
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: banner.stacked ? (parent.height - height) / 2 - Theme.space8 : 0
        visible: banner.action.length > 0
        text: banner.action
        onClicked: banner.actionTriggered()
    }
}
