// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls
import Muster.Forms
import Muster.Frame
import Muster.Methods

/// One method for many devices: who they are, what to call, and their number to type before it goes.
Basic.Popup {
    id: dialog

    required property Desk desk
    readonly property Link link: desk.link
    required property BulkCall bulk
    readonly property bool compact: parent ? parent.width < Theme.compactBelow || Theme.low : false
    readonly property string method: nameField.text.trim()
    readonly property deviceMethod known: dialog.methodsHere ? methods.method(method) : none
    readonly property bool methodsHere: methods.loading === States.Loading.Loaded
    property deviceMethod none
    readonly property bool typed: countField.text.trim() === String(bulk.total)
    property string failure

    signal sent(int commands, string found)

    function go(): void {
        if (!goButton.enabled)
            return;
        failure = "";
        bulk.create(method, form.value, expiry.withinMs);
    }

    parent: Basic.Overlay.overlay
    x: parent ? (parent.width - width) / 2 : 0
    y: parent ? Math.max(Theme.space12, (parent.height - height) / 2) : 0
    width: Math.min(Theme.bulkWidth, (parent ? parent.width : Theme.bulkWidth) - 2 * Theme.space12)
    height: Math.min(column.height + 2 * padding, (parent ? parent.height : Theme.windowHeight) - 2 * Theme.space12)
    modal: true
    focus: true
    padding: compact ? Theme.space16 : Theme.space24
    closePolicy: Basic.Popup.CloseOnEscape
    onAboutToShow: {
        nameField.clear();
        countField.clear();
        failure = "";
    }
    onOpened: nameField.forceActiveFocus(Qt.TabFocusReason)
    onClosed: bulk.clear()

    MethodsModel {
        id: methods

        link: dialog.link
        // What one of them offers stands for all; the others answer for themselves.
        deviceId: dialog.visible ? (dialog.bulk.ids[0] ?? "") : ""
        text: dialog.method
    }
    SchemaForm {
        id: form

        schema: dialog.known.paramsSchema
    }
    Connections {
        target: dialog.bulk
        function onCreated(commands: int, bulk: string): void {
            dialog.sent(commands, bulk);
            dialog.close();
        }
        function onFailed(message: string): void {
            dialog.failure = message;
        }
    }

    Basic.Overlay.modal: Rectangle {
        color: Theme.shade
    }
    background: Card {}
    contentItem: FormFlickable {
        contentHeight: column.height
        Accessible.role: Accessible.Dialog
        Accessible.name: title.text

        Column {
            id: column

            width: parent.width
            spacing: Theme.space12

            Label {
                id: title

                width: parent.width
                wrapMode: Text.Wrap
                text: dialog.bulk.loading === States.Loading.Loaded ? (qsTr("Call a method on %Ln devices", "", dialog.bulk.total)) : qsTr("Call a method on many devices")
                strong: true
                font.pixelSize: Theme.fontLead
            }
            Label {
                width: parent.width
                visible: dialog.bulk.loading === States.Loading.Underway
                text: qsTr("Asking for the list")
                secondary: true
            }
            Banner {
                width: parent.width
                visible: dialog.bulk.loading === States.Loading.Failed
                failing: true
                glyph: Icons.circleAlert
                text: dialog.bulk.errorText
            }
            Label {
                width: parent.width
                visible: dialog.bulk.loading === States.Loading.Loaded
                wrapMode: Text.Wrap
                text: dialog.bulk.away === 0 ? qsTr("The list is frozen: who comes or goes now changes nothing. All of them are connected.") : qsTr("The list is frozen: who comes or goes now changes nothing. %Ln of them are away: their commands wait.", "", dialog.bulk.away)
                secondary: true
                lineHeight: 1.3
            }
            Rectangle {
                width: parent.width
                height: Math.min(Theme.cardTwoLines, names.contentHeight + Theme.space12)
                visible: dialog.bulk.ids.length > 0
                radius: Theme.radiusControl
                color: Theme.background
                border.width: Theme.hairline
                border.color: Theme.line

                ListView {
                    id: names

                    anchors.fill: parent
                    anchors.margins: Theme.space6
                    clip: true
                    activeFocusOnTab: true
                    boundsBehavior: Flickable.StopAtBounds
                    model: dialog.bulk.ids
                    Accessible.role: Accessible.List
                    Accessible.name: qsTr("The chosen devices")

                    Basic.ScrollBar.vertical: ScrollBar {}

                    delegate: Label {
                        required property string modelData

                        width: ListView.view.width
                        leftPadding: Theme.space6
                        mayElide: true
                        text: modelData
                        mono: true
                        lineHeight: 1.4
                    }
                    footer: Label {
                        width: ListView.view.width
                        leftPadding: Theme.space6
                        visible: dialog.bulk.total > dialog.bulk.ids.length
                        height: visible ? implicitHeight : 0
                        text: qsTr("and %Ln more", "", dialog.bulk.total - dialog.bulk.ids.length)
                        secondary: true
                    }
                }
            }
            TextField {
                id: nameField

                width: parent.width
                glyph: Icons.terminal
                hint: qsTr("Method, for instance Sys.GetInfo")
                label: qsTr("Method")
                Keys.onDownPressed: {
                    const row = methods.count > 0 ? methods.at(0).name : "";
                    if (row.length > 0)
                        nameField.text = row;
                }
            }
            Flow {
                width: parent.width
                spacing: Theme.space4
                visible: dialog.methodsHere && dialog.known.name.length === 0

                Repeater {
                    model: methods

                    FilterChip {
                        required property deviceMethod method
                        required property int index

                        visible: index < 8
                        width: Math.min(implicitWidth, column.width)
                        text: method.name.length > 40 ? method.name.slice(0, 40) + "…" : method.name
                        marked: false
                        onClicked: {
                            nameField.text = method.name;
                            params.takeFocus();
                        }
                    }
                }
            }
            Label {
                width: parent.width
                visible: text.length > 0
                wrapMode: Text.Wrap
                maximumLineCount: 3
                mayElide: true
                text: dialog.known.name.length > 0 ? dialog.known.summary : dialog.methodsHere && dialog.method.length > 0 ? qsTr("%1 does not offer this method. Others may.").arg(dialog.bulk.ids[0] ?? "") : ""
                secondary: true
                font.pixelSize: Theme.fontCaption
            }
            ParamsForm {
                id: params

                width: parent.width
                visible: dialog.method.length > 0
                form: form
                strict: true
            }
            Column {
                width: parent.width
                spacing: Theme.space4

                Label {
                    text: qsTr("A device that is away gets it within")
                    secondary: true
                }
                ExpiryChips {
                    id: expiry

                    width: parent.width
                }
            }
            Column {
                width: parent.width
                spacing: Theme.space4

                Label {
                    width: parent.width
                    wrapMode: Text.Wrap
                    text: qsTr("Type the number of devices, %1, to say that you mean all of them").arg(dialog.bulk.total)
                    secondary: true
                }
                TextField {
                    id: countField

                    width: Math.min(parent.width, Theme.columnState)
                    label: qsTr("Number of devices")
                    wrong: text.length > 0 && !dialog.typed
                    inputMethodHints: Qt.ImhDigitsOnly
                    onAccepted: dialog.go()
                }
            }
            Label {
                width: parent.width
                visible: dialog.failure.length > 0
                wrapMode: Text.Wrap
                text: dialog.failure
                color: Theme.failingText
            }
            Row {
                anchors.right: parent.right
                spacing: Theme.space8

                Button {
                    text: qsTr("Cancel")
                    onClicked: dialog.close()
                }
                Button {
                    id: goButton

                    primary: true
                    enabled: dialog.bulk.loading === States.Loading.Loaded && dialog.method.length > 0 && form.valid && dialog.typed && !dialog.bulk.busy && dialog.link.live
                    glyph: Icons.send
                    text: dialog.bulk.busy ? qsTr("Sending") : qsTr("Send %Ln commands", "", dialog.bulk.total)
                    onClicked: dialog.go()
                }
            }
        }
    }
}
