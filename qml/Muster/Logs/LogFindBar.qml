// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client
import Muster.Controls

/// Finds words in a log, or shows the lines alone that have them.
Item {
    id: bar

    required property LogModel log
    required property LogFilter filter
    required property bool narrow
    readonly property bool faulty: log.searchFault !== LogModel.SoundSearch

    signal closed
    signal nextRequested(forward: bool)

    function take(): void {
        field.forceActiveFocus(Qt.ShortcutFocusReason);
        field.selectAll();
    }

    function clear(): void {
        field.clear();
    }

    implicitHeight: buttons.y + buttons.height + (fault.visible ? fault.implicitHeight + Theme.space4 : 0) + Theme.space8

    TextField {
        id: field

        anchors.left: parent.left

        anchors.leftMargin: Theme.space12
        width: bar.narrow ? parent.width - 2 * Theme.space12 : Math.min(Theme.filterWidth, parent.width - 2 * Theme.space12 - hits.width - buttons.width - Theme.space16)
        glyph: Icons.search
        hint: bar.log.regex ? qsTr("Find by a regular expression") : qsTr("Find in these lines")
        wrong: bar.faulty
        onTextEdited: bar.log.search = text
        onTextChanged: {
            if (text.length === 0)
                bar.log.search = "";
        }
        Keys.onReturnPressed: event => bar.nextRequested(!(event.modifiers & Qt.ShiftModifier))
        Keys.onEscapePressed: bar.closed()
    }
    Row {
        id: buttons

        anchors.left: bar.narrow ? parent.left : field.right
        anchors.leftMargin: Theme.space8
        y: bar.narrow ? field.height + Theme.space4 : (field.height - height) / 2
        spacing: Theme.space2

        IconButton {
            glyph: Icons.regex
            chosen: bar.log.regex
            text: bar.log.regex ? qsTr("A regular expression") : qsTr("Words as they stand")
            Accessible.checkable: true
            Accessible.checked: chosen
            onClicked: bar.log.regex = !bar.log.regex
        }
        IconButton {
            glyph: Icons.listFilter
            chosen: bar.filter.onlyMatching
            text: qsTr("Only matching lines")
            Accessible.checkable: true
            Accessible.checked: chosen
            onClicked: bar.filter.onlyMatching = !bar.filter.onlyMatching
        }
        IconButton {
            enabled: bar.filter.matches > 0
            glyph: Icons.chevronUp
            text: qsTr("Previous match")
            onClicked: bar.nextRequested(false)
        }
        IconButton {
            enabled: bar.filter.matches > 0
            glyph: Icons.chevronDown
            text: qsTr("Next match")
            onClicked: bar.nextRequested(true)
        }
        IconButton {
            glyph: Icons.x
            text: qsTr("Close the search")
            onClicked: bar.closed()
        }
    }
    Label {
        id: hits

        anchors.left: buttons.right
        anchors.leftMargin: Theme.space8
        anchors.verticalCenter: buttons.verticalCenter
        figures: true
        text: {
            const all = bar.filter.matches;
            if (field.text.length === 0 || bar.faulty)
                return "";
            if (all === 0)
                return qsTr("none");
            if (bar.filter.currentMatch > 0)
                return Format.fill(qsTr("%1 of %2"), [Format.count(bar.filter.currentMatch), Format.count(all)]);
            return qsTr("%Ln lines", "", all);
        }
        secondary: true
        Accessible.role: Accessible.StaticText
    }
    Label {
        id: fault

        anchors.top: buttons.bottom
        anchors.topMargin: Theme.space4
        anchors.left: parent.left
        anchors.leftMargin: Theme.space12
        width: parent.width - 2 * Theme.space12
        visible: bar.faulty && field.text.length > 0
        wrapMode: Text.Wrap
        text: bar.log.searchFault === LogModel.InvalidSearch ? qsTr("This is no regular expression: %1").arg(bar.log.searchFaultText) : qsTr("This expression takes too long on these lines: make it simpler. Not all of them were looked at.")
        color: Theme.failingText
        Accessible.role: Accessible.AlertMessage
    }
}
