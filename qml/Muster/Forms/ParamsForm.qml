// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Controls

/// The params of a method: a form where its schema draws one, and the same as JSON, in step.
Item {
    id: params

    required property SchemaForm form
    property bool strict: false
    readonly property bool sideBySide: width >= Theme.paletteWidth && form.count > 0

    implicitHeight: sideBySide ? Math.max(fields.height, raw.height) : (form.count > 0 ? fields.height + Theme.space16 : 0) + raw.height

    function takeFocus(): void {
        // A group has nothing to write: what comes after it is meant.
        const first = repeater.count > 0 ? repeater.itemAt(0).nextItemInFocusChain() : code;
        first.forceActiveFocus(Qt.TabFocusReason);
    }

    Column {
        id: fields

        width: params.sideBySide ? parent.width * 0.56 - Theme.space16 : parent.width
        visible: params.form.count > 0
        spacing: Theme.space16

        Repeater {
            id: repeater

            model: params.form

            FormField {
                width: fields.width
                form: params.form
                strict: params.strict
            }
        }
    }
    Column {
        id: raw

        x: params.sideBySide ? parent.width - width : 0
        y: params.sideBySide || params.form.count === 0 ? 0 : fields.height + Theme.space16
        width: params.sideBySide ? parent.width * 0.44 : parent.width
        spacing: Theme.space4

        Label {
            text: params.form.count > 0 ? qsTr("The same as JSON") : params.form.nothing ? qsTr("It takes no params") : qsTr("Params as JSON")
            secondary: true
            font.pixelSize: Theme.fontCaption
        }
        CodeArea {
            id: code

            width: parent.width
            height: params.form.nothing ? Theme.cardTwoLines - Theme.space16 : Theme.codeHeight
            label: qsTr("Params as JSON")
            wrong: params.form.jsonError.length > 0
            text: params.form.json
            onEdited: text => params.form.json = text
        }
        Label {
            width: parent.width
            visible: text.length > 0
            wrapMode: Text.Wrap
            text: params.form.jsonError
            color: Theme.failingText
            font.pixelSize: Theme.fontCaption
        }
    }
}
