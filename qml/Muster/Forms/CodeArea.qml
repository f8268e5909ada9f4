// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Controls

/// A text of several lines in fixed pitch: JSON to write, or to read and copy from.
FocusScope {
    id: area

    property string label
    property alias readOnly: edit.readOnly
    property bool wrong: false
    /// As its owner has it; what a person types is told by `edited`.
    property string text
    property string hint

    signal edited(string text)

    onTextChanged: {
        if (edit.text !== text)
            edit.text = text;
    }

    implicitHeight: Theme.chartHeight

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusControl
        color: edit.readOnly ? Theme.background : Theme.panel
        border.width: edit.activeFocus ? Theme.focusRing : Theme.hairline
        border.color: area.wrong ? Theme.failing : edit.activeFocus ? Theme.accent : Theme.line
    }
    Flickable {
        id: flick

        anchors.fill: parent
        anchors.margins: Theme.space2
        clip: true
        contentWidth: edit.width
        contentHeight: edit.height
        boundsBehavior: Flickable.StopAtBounds
        flickableDirection: Flickable.AutoFlickIfNeeded

        function follow(at: rect): void {
            contentX = Math.max(0, Math.min(Math.max(contentX, at.x + at.width + Theme.space12 - width), at.x));
            contentY = Math.max(0, Math.min(Math.max(contentY, at.y + at.height + Theme.space12 - height), at.y));
        }

        Basic.ScrollBar.vertical: ScrollBar {}
        Basic.ScrollBar.horizontal: ScrollBar {}

        Basic.TextArea {
            id: edit

            width: Math.max(flick.width, implicitWidth)
            height: Math.max(flick.height, implicitHeight)
            focus: true
            textFormat: TextEdit.PlainText
            wrapMode: TextEdit.NoWrap
            selectByMouse: true
            selectByKeyboard: true
            color: Theme.text
            selectionColor: Theme.accent
            selectedTextColor: Theme.accentInk
            renderType: Text.NativeRendering
            font.family: Theme.monoFamily
            font.pixelSize: Theme.fontCaption
            padding: Theme.space8
            background: Item {}
            activeFocusOnTab: true
            Accessible.name: area.label
            // Tab goes on to the next control: JSON wants no tabs, and who has no mouse wants out.
            Keys.onTabPressed: event => {
                const next = edit.nextItemInFocusChain(true);
                if (next)
                    next.forceActiveFocus(Qt.TabFocusReason);
                event.accepted = next !== null;
            }
            Keys.onBacktabPressed: event => {
                const next = edit.nextItemInFocusChain(false);
                if (next)
                    next.forceActiveFocus(Qt.BacktabFocusReason);
                event.accepted = next !== null;
            }
            onTextChanged: {
                if (text !== area.text)
                    area.edited(text);
            }
            onCursorRectangleChanged: {
                if (activeFocus)
                    flick.follow(cursorRectangle);
            }

            Hint {
                anchors.left: parent.left
                anchors.leftMargin: edit.leftPadding
                y: edit.topPadding
                width: flick.width - edit.leftPadding - edit.rightPadding
                visible: edit.length === 0 && edit.preeditText.length === 0
                mono: true
                text: area.hint
            }
        }
    }
}
