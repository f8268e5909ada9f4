// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick

/// Short news at the lower edge that go by themselves.
Item {
    id: toasts

    readonly property alias count: model.count

    function show(text: string, failing: bool): void {
        if (model.count > 2)
            model.remove(0);
        model.append({
            "message": text,
            "bad": failing
        });
        Accessible.announce(text, failing ? Accessible.Assertive : Accessible.Polite);
    }

    width: Math.min(Theme.toastWidth, (parent ? parent.width : Theme.toastWidth) - 2 * Theme.space16)
    height: column.height

    ListModel {
        id: model
    }
    Column {
        id: column

        width: parent.width
        spacing: Theme.space8

        Repeater {
            model: model

            Rectangle {
                id: toast

                required property string message
                required property bool bad
                required property int index

                width: column.width
                height: label.implicitHeight + 2 * Theme.space12
                radius: Theme.radiusControl
                color: bad ? Theme.failingPanel : Theme.panelRaised
                border.width: Theme.hairline
                border.color: bad ? Theme.failing : Theme.lineStrong
                Accessible.role: Accessible.AlertMessage
                Accessible.name: message

                Icon {
                    id: icon

                    anchors.left: parent.left
                    anchors.leftMargin: Theme.space12
                    anchors.verticalCenter: parent.verticalCenter
                    text: toast.bad ? Icons.circleAlert : Icons.circleCheck
                    color: toast.bad ? Theme.failingText : Theme.okText
                }
                Label {
                    id: label

                    anchors.left: icon.right
                    anchors.leftMargin: Theme.space8
                    anchors.right: close.left
                    anchors.verticalCenter: parent.verticalCenter
                    wrapMode: Text.Wrap
                    maximumLineCount: toast.bad ? 10 : 4 // what went wrong stands at the end
                    mayElide: true
                    text: toast.message
                    Accessible.ignored: true
                }
                IconButton {
                    id: close

                    anchors.right: parent.right
                    anchors.rightMargin: Theme.space4
                    anchors.verticalCenter: parent.verticalCenter
                    glyph: Icons.x
                    text: qsTr("Dismiss")
                    onClicked: model.remove(toast.index)
                }
                Timer {
                    running: true
                    interval: toast.bad ? 3 * Theme.toast : Theme.toast
                    onTriggered: model.remove(toast.index)
                }
            }
        }
    }
}
