// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Client
import Muster.Controls
import Muster.Forms

/// One entry of the audit, whole.
FocusScope {
    id: detail

    required property auditEntry item
    required property real now
    required property bool compact
    readonly property int pad: compact ? Theme.space12 : Theme.space20

    signal backRequested
    /// Only entries of this who, or on this target.
    signal actorRequested(string actor)
    signal targetRequested(string target)

    component Line: Fact {
        visible: value.length > 0
        width: column.width
        labelWidth: Theme.factLabel - Theme.space24
        compact: true
    }

    FormFlickable {
        anchors.fill: parent
        contentHeight: column.height + 2 * detail.pad

        Column {
            id: column

            anchors.left: parent.left
            anchors.leftMargin: detail.pad
            y: detail.pad
            width: parent.width - 2 * detail.pad
            spacing: Theme.space12

            Item {
                width: parent.width
                height: Math.max(title.implicitHeight, close.height)

                IconButton {
                    id: back

                    anchors.left: parent.left
                    anchors.leftMargin: -Theme.space8
                    visible: detail.compact
                    width: visible ? implicitWidth : 0
                    touch: true
                    glyph: Icons.arrowLeft
                    text: qsTr("Back to the audit")
                    onClicked: detail.backRequested()
                }
                Label {
                    id: title

                    anchors.left: back.visible ? back.right : parent.left
                    anchors.right: close.visible ? close.left : parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    mayElide: true
                    text: detail.item.method
                    strong: true
                    font.pixelSize: Theme.fontLead
                    Accessible.role: Accessible.Heading
                }
                IconButton {
                    id: close

                    anchors.right: parent.right
                    visible: !detail.compact
                    glyph: Icons.x
                    text: qsTr("Close")
                    onClicked: detail.backRequested()
                }
            }
            Chip {
                tone: detail.item.ok ? Chip.Ok : Chip.Failing
                glyph: detail.item.ok ? Icons.check : Icons.ban
                text: detail.item.ok ? qsTr("Done") : qsTr("Refused")
            }
            Column {
                width: parent.width

                Line {
                    label: qsTr("Who")
                    value: detail.item.actor
                }
                Line {
                    label: qsTr("On")
                    value: detail.item.target
                }
                Line {
                    label: qsTr("When")
                    value: Format.fill(qsTr("%1, %2"), [Format.fullTime(detail.item.time), Format.ago(detail.item.time, detail.now)])
                }
                Line {
                    label: qsTr("From")
                    value: detail.item.address
                }
                Line {
                    label: qsTr("Because")
                    value: detail.item.ok ? "" : detail.item.outcome
                    lined: false
                }
            }
            Flow {
                width: parent.width
                spacing: Theme.space8

                Button {
                    glyph: Icons.user
                    text: qsTr("Only by them")
                    onClicked: detail.actorRequested(detail.item.actor)
                }
                Button {
                    visible: detail.item.target.length > 0
                    glyph: Icons.search
                    text: qsTr("Only on this")
                    onClicked: detail.targetRequested(detail.item.target)
                }
            }
            Label {
                visible: detail.item.detailText.length > 0
                text: qsTr("What was asked")
                secondary: true
                font.weight: Font.Medium
                Accessible.role: Accessible.Heading
            }
            CodeArea {
                width: parent.width
                height: Math.min(Theme.resultHeight, Math.max(Theme.rowHeight, (detail.item.detailText.split("\n").length + 1) * Theme.space16))
                visible: detail.item.detailText.length > 0
                readOnly: true
                label: qsTr("What was asked")
                text: detail.item.detailText
            }
            Button {
                visible: detail.item.detailText.length > 0
                glyph: Icons.copy
                text: qsTr("Copy")
                onClicked: Clipboard.copy(detail.item.detailText)
            }
        }
    }
}
