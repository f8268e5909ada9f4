// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Controls

/// One field of a form that a schema draws: name, what to write it with, what it is for, what is wrong with it.
Column {
    id: field

    required property SchemaForm form
    required property int index
    required property string path
    required property string name
    required property int depth
    required property int kind
    required property string description
    required property string hint
    required property bool needed
    required property string fieldText
    required property list<string> choices
    required property string errorText
    required property string meant
    required property int chosen
    /// Errors of fields that nobody has touched are told once somebody wants to call.
    property bool strict: false
    property bool touched: false
    readonly property bool wrong: errorText.length > 0 && (touched || strict || fieldText.length > 0)
    readonly property string placeholder: meant.length > 0 ? qsTr("%1, if nothing is written").arg(meant) : ""

    leftPadding: depth * Theme.space16
    spacing: Theme.space4

    readonly property Item editor: line.visible ? line : combo.visible ? combo : code.visible ? code : null

    Row {
        spacing: Theme.space8

        Label {
            text: field.name
            mono: field.kind !== SchemaForm.Group
            strong: true
            mayElide: true
            width: Math.min(implicitWidth, field.width - field.leftPadding - remark.width - Theme.space8)
        }
        Label {
            id: remark

            anchors.baseline: parent.children[0].baseline
            text: field.needed ? qsTr("needed") : field.kind === SchemaForm.Group ? qsTr("may be left out") : ""
            color: Theme.textTertiary
            font.pixelSize: Theme.fontCaption
        }
    }
    Label {
        width: field.width - field.leftPadding
        visible: text.length > 0
        wrapMode: Text.Wrap
        maximumLineCount: 4
        mayElide: true
        text: field.hint.length > 0 && field.description.length > 0 ? field.description + " (" + field.hint + ")" : field.description + field.hint
        secondary: true
        font.pixelSize: Theme.fontCaption
    }
    TextField {
        id: line

        visible: field.kind === SchemaForm.Line || field.kind === SchemaForm.Whole || field.kind === SchemaForm.Decimal || field.kind === SchemaForm.List
        width: field.width - field.leftPadding
        label: field.path
        wrong: field.wrong
        text: field.fieldText
        hint: field.placeholder
        inputMethodHints: field.kind === SchemaForm.Whole || field.kind === SchemaForm.Decimal ? Qt.ImhFormattedNumbersOnly : Qt.ImhNoPredictiveText
        onTextEdited: field.form.write(field.index, text)
        onEditingFinished: field.touched = true
    }
    ComboBox {
        id: combo

        readonly property list<string> names: field.needed ? field.choices : [qsTr("Left out"), ...field.choices]

        visible: field.kind === SchemaForm.Choice || field.kind === SchemaForm.Switch
        width: Math.min(field.width - field.leftPadding, Theme.filterWidth)
        label: field.path
        wrong: field.wrong
        hint: qsTr("Choose")
        model: names
        chosen: field.needed ? field.chosen : field.chosen + 1
        displayText: !field.needed && currentIndex === 0 && field.meant.length > 0 ? qsTr("Left out: %1").arg(field.meant) : currentText
        onActivated: row => {
            field.touched = true;
            field.form.choose(field.index, field.needed ? row : row - 1);
        }
    }
    CodeArea {
        id: code

        visible: field.kind === SchemaForm.Json
        width: field.width - field.leftPadding
        height: Theme.cardTwoLines
        label: field.path
        wrong: field.wrong
        text: field.fieldText
        hint: field.placeholder
        onEdited: text => {
            field.touched = true;
            field.form.write(field.index, text);
        }
    }
    Row {
        visible: field.wrong
        spacing: Theme.space4

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            size: Theme.iconSmall
            text: Icons.circleAlert
            color: Theme.failingText
        }
        Label {
            width: Math.min(implicitWidth, field.width - field.leftPadding - Theme.iconSmall - Theme.space4)
            wrapMode: Text.Wrap
            text: field.errorText
            color: Theme.failingText
            font.pixelSize: Theme.fontCaption
        }
    }
}
