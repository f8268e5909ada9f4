// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client
import Muster.Controls

/// One line of a log: when, how grave, from which output and container, and what.
Item {
    id: line

    required property int index
    required property string text
    required property var spans
    required property string timeText
    required property int level
    required property bool fromStderr
    required property bool matched
    required property bool news
    required property string container
    required property int hue
    property bool wrap: false
    /// Other lines stand between those that match: these stand out.
    property bool marksMatch: true
    property bool chosen: false
    property bool current: false
    /// Lines of several containers: each says whose it is.
    property bool named: false
    /// Its words stand below what is said of it: there is no room beside that.
    property bool below: false
    property real timeWidth: 0
    property real letterWidth: 0
    property real nameWidth: 0
    readonly property bool marked: matched && marksMatch
    readonly property bool erred: level >= States.LogLevel.Error
    readonly property bool warned: level === States.LogLevel.Warning
    readonly property color ink: erred ? Theme.failingText : warned || (marked && !chosen) ? Theme.warningText : level === States.LogLevel.Debug ? Theme.textSecondary : Theme.text
    readonly property color ground: chosen ? Theme.accentPanel : marked ? Theme.warningPanel : Theme.panel
    /// The word for how grave it is; empty: it does not say.
    readonly property string levelText: ["", qsTr("debug"), qsTr("information"), qsTr("warning"), qsTr("error"), qsTr("fatal error")][level]

    implicitHeight: news || !wrap ? Theme.logRow : Math.max(Theme.logRow, what.y + what.implicitHeight + Theme.hairline)
    Accessible.role: Accessible.ListItem
    Accessible.name: news ? text : [timeText, named ? container : "", levelText, fromStderr ? qsTr("error output") : ""].filter(part => part.length > 0).join(", ") + ": " + text
    Accessible.selected: chosen

    Rectangle {
        anchors.fill: parent
        visible: line.chosen || line.marked
        color: line.ground
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

        x: Theme.space16 + line.timeWidth + 2 * Theme.space8
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
    // A letter in a coloured field: who sees no colours reads the letter.
    Rectangle {
        id: grade

        anchors.left: time.right
        anchors.leftMargin: Theme.space8
        y: (Theme.logRow - height) / 2
        width: line.letterWidth + Theme.space8
        height: Theme.logRow - Theme.space4
        radius: Theme.radiusSmall
        color: line.erred ? Theme.failingPanel : line.warned ? Theme.warningPanel : "transparent"

        Label {
            anchors.centerIn: parent
            text: line.news ? "" : ["", "D", "I", "W", "E", "F"][line.level]
            mono: true
            strong: line.erred || line.warned
            color: line.erred ? Theme.failingText : line.warned ? Theme.warningText : Theme.textTertiary
            Accessible.ignored: true
        }
    }
    Label {
        id: mark

        anchors.left: grade.right
        anchors.leftMargin: Theme.space6
        width: 3 * line.letterWidth
        height: Theme.logRow
        verticalAlignment: Text.AlignVCenter
        text: line.fromStderr ? "err" : ""
        mono: true
        color: line.marked && !line.chosen ? Theme.warningText : Theme.textTertiary
        Accessible.ignored: true
    }
    Label {
        id: name

        anchors.left: mark.right
        anchors.leftMargin: Theme.space6
        width: line.named ? line.nameWidth : 0
        height: Theme.logRow
        visible: line.named && !line.news
        verticalAlignment: Text.AlignVCenter
        mayElide: true
        text: line.named ? line.container : ""
        mono: true
        color: Theme.series[line.hue]
        Accessible.ignored: true
    }
    LogText {
        id: what

        x: line.below ? time.x : (line.named ? name.x + name.width : mark.x + mark.width) + Theme.space8
        y: line.below ? Theme.logRow : line.wrap ? Theme.space2 : Math.round((Theme.logRow - implicitHeight) / 2)
        width: line.wrap ? line.width - x - Theme.space16 : implicitWidth
        height: implicitHeight
        visible: !line.news
        wrap: line.wrap
        text: line.news ? "" : line.text
        spans: line.spans
        font: time.font
        color: line.ink
        ground: line.ground
        colours: Theme.terminal
    }
}
