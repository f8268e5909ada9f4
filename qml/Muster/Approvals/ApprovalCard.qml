// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client
import Muster.Controls

/// A waiting key in the list.
Card {
    id: card

    required property approval approval
    required property int index
    required property int loadingState
    property real now: 0
    property bool current: false
    property bool focused: false
    readonly property bool rejected: approval.state === "rejected"
    readonly property bool decided: rejected && approval.decidedAt > 0
    /// From where a key came, or who rejected it.
    readonly property string beside: decided ? approval.decidedBy : approval.address
    /// Large text on a phone: the mark is a glyph, and the age goes before the name does.
    readonly property bool tight: width < Theme.nameMinimum + 2 * Theme.space48
    readonly property string kindText: rejected ? qsTr("Rejected") : approval.newKey ? (roomy ? qsTr("Known device, new key") : qsTr("New key")) : (roomy ? qsTr("New device") : qsTr("New"))
    readonly property bool roomy: width >= Theme.approvalList - Theme.space48

    signal chosen(int row)

    implicitHeight: Theme.approvalCard
    border.color: current || focused ? Theme.accent : mouse.containsMouse ? Theme.lineStrong : Theme.line
    border.width: focused ? Theme.focusRing : Theme.hairline
    opacity: loadingState === States.Loading.Underway ? Theme.disabledOpacity : 1
    Accessible.role: Accessible.ListItem
    Accessible.name: Format.fill(qsTr("%1, %2, %3, %4"), [approval.deviceId, kindText, approval.words.join(" "), from.text])
    Accessible.selected: current
    Accessible.focusable: true
    Accessible.focused: focused
    Accessible.onPressAction: card.chosen(card.index)

    Label {
        id: name

        anchors.left: parent.left
        anchors.leftMargin: Theme.space16
        anchors.top: parent.top
        anchors.topMargin: Theme.space16 + Theme.space2
        width: Math.min(implicitWidth, Math.max(0, card.width - (card.tight ? 0 : from.width) - kind.width - 2 * Theme.space12 - 2 * Theme.space16))
        mayElide: true
        text: card.approval.deviceId
        strong: true
        Accessible.ignored: true
    }
    Chip {
        id: kind

        anchors.left: name.right
        anchors.leftMargin: Theme.space12 - Theme.space2
        anchors.verticalCenter: name.verticalCenter
        tone: card.approval.newKey && !card.rejected ? Chip.Failing : Chip.Neutral
        glyph: card.rejected ? Icons.x : card.approval.newKey ? Icons.shieldAlert : ""
        text: card.tight && glyph.length > 0 ? "" : card.kindText
    }
    Label {
        id: from

        anchors.right: parent.right
        anchors.rightMargin: Theme.space16
        anchors.baseline: name.baseline
        visible: !card.tight
        text: (card.roomy && card.beside.length > 0 && card.beside.length < 22 ? card.beside + " · " : "") + Format.ago(card.decided ? card.approval.decidedAt : card.approval.firstSeen, card.now)
        secondary: true
        font.pixelSize: Theme.fontCaption
        Accessible.ignored: true
    }
    Label {
        anchors.left: name.left
        anchors.right: parent.right
        anchors.rightMargin: Theme.space16
        anchors.top: name.bottom
        anchors.topMargin: Theme.space12 - Theme.space2
        mayElide: true
        text: card.approval.words.join(" ")
        mono: true
        secondary: true
        Accessible.ignored: true
    }
    MouseArea {
        id: mouse

        anchors.fill: parent
        // Below the texts, which show what they hide.
        z: -1
        hoverEnabled: true
        cursorShape: Qt.PointingHandCursor
        onClicked: card.chosen(card.index)
    }
}
