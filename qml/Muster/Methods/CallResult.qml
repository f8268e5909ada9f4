// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client
import Muster.Controls
import Muster.Forms

/// What became of a call.
Column {
    id: result

    required property methodCall call
    readonly property string words: call.underway ? qsTr("Waiting for the answer") : call.failed ? qsTr("Failed: %1").arg(call.errorText) : call.command.length > 0 ? qsTr("Left for later") : qsTr("Answered")

    signal notice(string text, bool failing)
    signal commandRequested(string id)

    spacing: Theme.space8
    visible: call.number > 0

    Item {
        width: parent.width
        height: Theme.touch ? Theme.touchTarget : Theme.controlHeight

        Chip {
            id: state

            anchors.verticalCenter: parent.verticalCenter
            tone: result.call.underway ? Chip.Accent : result.call.failed ? Chip.Failing : Chip.Ok
            glyph: result.call.underway ? Icons.loaderCircle : result.call.failed ? Icons.circleAlert : result.call.command.length > 0 ? Icons.hourglass : Icons.circleCheck
            text: result.call.failed ? qsTr("Failed") : result.words
        }
        Label {
            anchors.left: state.right
            anchors.leftMargin: Theme.space8
            anchors.verticalCenter: parent.verticalCenter
            visible: result.call.tookMs >= 0
            text: qsTr("in %1").arg(Format.took(result.call.tookMs))
            secondary: true
            font.pixelSize: Theme.fontCaption
        }
        Button {
            anchors.right: parent.right
            visible: result.call.resultText.length > 0
            glyph: Icons.copy
            text: qsTr("Copy")
            onClicked: {
                Clipboard.copy(result.call.resultText);
                result.notice(qsTr("The answer is on the clipboard"), false);
            }
        }
        Button {
            anchors.right: parent.right
            visible: result.call.command.length > 0
            text: qsTr("Look at it")
            onClicked: result.commandRequested(result.call.command)
        }
    }
    Label {
        width: parent.width
        visible: result.call.failed
        wrapMode: Text.Wrap
        maximumLineCount: 8
        mayElide: true
        text: result.call.errorText
        color: Theme.failingText
    }
    CodeArea {
        width: parent.width
        height: Theme.resultHeight
        visible: result.call.resultText.length > 0
        readOnly: true
        label: qsTr("The answer")
        text: result.call.resultText
    }
    Label {
        width: parent.width
        visible: result.call.cut
        wrapMode: Text.Wrap
        text: qsTr("This is the beginning of a long answer. musterctl has it whole.")
        color: Theme.warningText
        font.pixelSize: Theme.fontCaption
    }
}
