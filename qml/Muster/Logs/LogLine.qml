// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client
import Muster.Controls

/// One line of a log: when, from which output, and what.
Item {
    id: line

    required property int index
    required property string text
    required property string timeText
    required property int tone
    required property bool fromStderr
    required property bool matched
    required property bool news
    property bool wrap: false
    property bool chosen: false
    property bool current: false
    property real timeWidth: 0
    property real markWidth: 0
    readonly property color ink: tone === States.LogTone.Erred ? Theme.failingText : tone === States.LogTone.Warned ? Theme.warningText : Theme.text

    implicitHeight: wrap ? Math.max(Theme.logRow, what.implicitHeight + Theme.space2 + Theme.hairline) : Theme.logRow
    Accessible.role: Accessible.ListItem
    Accessible.name: news ? text : Format.fill(fromStderr ? qsTr("%1, error output: %2") : qsTr("%1: %2"), [timeText, text])
    Accessible.selected: chosen

    Rectangle {
        anchors.fill: parent
        visible: line.chosen || line.matched
        color: line.chosen ? Theme.accentPanel : Theme.warningPanel
    }
    Rectangle {
        width: Theme.focusRing
        height: parent.height
        visible: line.current
        color: Theme.accent
    }
    Rectangle {
        y: Math.round(Theme.logRow / 2)
        width: parent.width
        height: Theme.hairline
        visible: line.news
        color: Theme.lineStrong
    }
    Rectangle {
        x: newsLabel.x - Theme.space8
        width: newsLabel.width + 2 * Theme.space8
        height: Theme.logRow
        visible: line.news
        color: Theme.panel
    }
    Label {
        id: newsLabel

        x: Theme.space16 + line.timeWidth + line.markWidth + 2 * Theme.space8
        height: Theme.logRow
        visible: line.news
        verticalAlignment: Text.AlignVCenter
        text: line.news ? line.text : ""
        secondary: true
        Accessible.ignored: true
    }
    Label {
        id: time

        x: Theme.space16
        width: line.timeWidth
        height: Theme.logRow
        verticalAlignment: Text.AlignVCenter
        mayElide: true
        text: line.timeText
        mono: true
        color: Theme.textTertiary
        Accessible.ignored: true
    }
    Label {
        id: mark

        anchors.left: time.right
        anchors.leftMargin: Theme.space8
        width: line.markWidth
        height: Theme.logRow
        verticalAlignment: Text.AlignVCenter
        text: line.fromStderr ? "err" : ""
        mono: true
        color: line.matched && !line.chosen ? Theme.warningText : Theme.textTertiary
        Accessible.ignored: true
    }
    Label {
        id: what

        anchors.left: mark.right
        anchors.leftMargin: Theme.space8
        y: line.wrap ? Theme.space2 : 0
        width: line.wrap ? line.width - x - Theme.space16 : implicitWidth
        height: line.wrap ? implicitHeight : Theme.logRow
        verticalAlignment: line.wrap ? Text.AlignTop : Text.AlignVCenter
        wrapMode: line.wrap ? Text.WrapAnywhere : Text.NoWrap
        text: line.news ? "" : line.text
        mono: true
        color: line.matched && !line.chosen && line.tone === States.LogTone.Plain ? Theme.warningText : line.ink
        Accessible.ignored: true
    }
}
