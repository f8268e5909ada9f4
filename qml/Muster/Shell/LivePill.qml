// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client
import Muster.Controls

/// Says whether what is on the screen is live, and how far away the server is.
Rectangle {
    id: pill

    required property Link link
    /// No room for the figure.
    required property bool brief
    readonly property bool live: link.live
    readonly property string figure: qsTr("Live · %1 ms").arg(Math.max(0, link.roundTripMs))
    /// What it takes with its figure, whether it shows that or not.
    readonly property real wholeWidth: whole.advanceWidth + Theme.dot + Theme.space6 + Theme.space20
    readonly property string word: live ? (link.roundTripMs >= 0 && !brief ? figure : qsTr("Live")) : link.state === Link.Reconnecting ? qsTr("Reconnecting") : qsTr("Connecting")

    implicitWidth: row.implicitWidth + Theme.space20
    implicitHeight: Theme.chipHeight - Theme.space2
    radius: height / 2
    color: live ? Theme.okPanel : Theme.warningPanel
    Accessible.role: Accessible.Indicator
    Accessible.name: word

    TextMetrics {
        id: whole

        text: pill.figure
        font.family: Theme.family
        font.pixelSize: Theme.fontCaption
        font.weight: Font.Medium
    }
    Row {
        id: row

        anchors.centerIn: parent
        spacing: Theme.space6

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.dot
            height: Theme.dot
            radius: width / 2
            color: pill.live ? Theme.ok : "transparent"
            border.width: pill.live ? 0 : Theme.focusRing
            border.color: Theme.warning
        }
        Label {
            anchors.verticalCenter: parent.verticalCenter
            text: pill.word
            color: pill.live ? Theme.okText : Theme.warningText
            font.pixelSize: Theme.fontCaption
            font.weight: Font.Medium
            Accessible.ignored: true
        }
    }
}
