// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls
import Muster.Forms
import Muster.Frame

/// The state of a device: what is wanted of it, what it reports, and what differs.
DeviceTab {
    id: tab

    readonly property bool may: desk.may("devices.call")
    readonly property string standing: model.differing === 0 ? qsTr("As it is wanted") : model.toldError.length > 0 ? Format.fill(qsTr("It was not taken: %1"), [model.toldError]) : model.told ? qsTr("The device was told, and does not report it yet") : tab.device.presence === States.Presence.Online ? qsTr("The device is being told") : qsTr("The device is told when it is back")
    /// The row that is being changed; -1: one that is new.
    property int editing: -1

    function edit(row: int): void {
        const index = model.index(row, 0);
        if (!may || (row >= 0 && model.data(index, ShadowModel.IsOfAgentRole)))
            return;
        editing = row;
        nameField.text = row >= 0 ? model.data(index, ShadowModel.NameRole) : "";
        valueField.text = row >= 0 ? (model.data(index, ShadowModel.DesiredRole) || model.data(index, ShadowModel.ReportedRole)) : "";
        backButton.visible = row >= 0 && model.data(index, ShadowModel.IsWantedRole);
        wish.open();
        (row >= 0 ? valueField : nameField).forceActiveFocus(Qt.TabFocusReason);
    }

    function editAll(): void {
        whole.seen = model.version;
        area.text = model.desiredText;
        whole.open();
        area.forceActiveFocus(Qt.TabFocusReason);
    }

    ShadowModel {
        id: model

        property string asked

        link: tab.link
        deviceId: tab.deviceId
        onStored: asked = ""
        onRefused: (message, conflict) => {
            if (asked === "whole")
                whole.refuse(conflict ? qsTr("Somebody else changed it meanwhile. Close this, look, and change it again.") : message);
            else if (asked === "wish")
                wish.refuse(message);
            else
                tab.notice(message, true);
            asked = "";
        }
    }

    Item {
        id: head

        width: parent.width
        height: Math.max(words.height, buttons.height)

        Column {
            id: words

            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - buttons.width - Theme.space12
            spacing: Theme.space2
            visible: model.loading === States.Loading.Loaded && model.count > 0

            Label {
                width: parent.width
                mayElide: true
                strong: true
                text: model.differing > 0 ? qsTr("%n differ(s)", "", model.differing) : tab.standing
                color: model.differing > 0 ? Theme.warningText : Theme.text
            }
            Label {
                width: parent.width
                wrapMode: Text.Wrap
                maximumLineCount: 3
                visible: text.length > 0
                secondary: true
                font.pixelSize: Theme.fontCaption
                text: (model.differing > 0 ? tab.standing + ". " : "") + (model.version > 0 ? Format.fill(qsTr("Version %1, by %2 %3"), [String(model.version), model.changedBy, Format.ago(model.changedAt, tab.clock.now)]) : "")
            }
        }
        Row {
            id: buttons

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.space8
            visible: tab.may && model.loading === States.Loading.Loaded

            Button {
                glyph: Icons.plus
                text: qsTr("Add…")
                onClicked: tab.edit(-1)
            }
            Button {
                glyph: Icons.braces
                text: qsTr("As JSON…")
                visible: !tab.compact
                onClicked: tab.editAll()
            }
        }
    }
    Card {
        anchors.top: head.bottom
        anchors.topMargin: Theme.space12
        anchors.bottom: parent.bottom
        width: parent.width

        ListView {
            id: list

            anchors.fill: parent
            anchors.margins: Theme.hairline
            focus: true
            activeFocusOnTab: true
            clip: true
            currentIndex: -1
            highlightMoveDuration: 0
            keyNavigationEnabled: true
            boundsBehavior: Flickable.StopAtBounds
            model: model
            Accessible.role: Accessible.List
            Accessible.name: qsTr("State")
            Keys.onReturnPressed: tab.edit(currentIndex)
            Keys.onSpacePressed: {
                if (tab.may)
                    model.toggle(currentIndex);
            }

            Basic.ScrollBar.vertical: ScrollBar {}

            header: Item {
                width: ListView.view.width
                height: tab.compact || list.count === 0 ? 0 : Theme.headerHeight
                visible: height > 0

                Label {
                    x: Theme.space16 + Theme.space8 + Theme.space12
                    anchors.verticalCenter: parent.verticalCenter
                    text: qsTr("State")
                    color: Theme.textTertiary
                    font.pixelSize: Theme.fontSmall
                }
                Label {
                    x: Theme.space16 + Theme.space8 + 2 * Theme.space12 + parent.width * 0.3
                    anchors.verticalCenter: parent.verticalCenter
                    text: qsTr("Wanted")
                    color: Theme.textTertiary
                    font.pixelSize: Theme.fontSmall
                }
                Label {
                    x: Theme.space16 + Theme.space8 + 3 * Theme.space12 + parent.width * 0.5
                    anchors.verticalCenter: parent.verticalCenter
                    text: qsTr("Reported")
                    color: Theme.textTertiary
                    font.pixelSize: Theme.fontSmall
                }
                Label {
                    x: parent.width - Theme.space16 - Theme.columnTime - Theme.space8 - Theme.touchTarget
                    anchors.verticalCenter: parent.verticalCenter
                    text: qsTr("Since")
                    color: Theme.textTertiary
                    font.pixelSize: Theme.fontSmall
                }
            }
            delegate: ShadowRow {
                width: ListView.view.width
                compact: tab.compact || width < Theme.paletteWidth
                now: tab.clock.now
                may: tab.may
                focused: ListView.isCurrentItem && ListView.view.activeFocus
                onToggled: row => model.toggle(row)
                onEditRequested: row => {
                    list.currentIndex = row;
                    tab.edit(row);
                }
            }
        }
        EmptyState {
            anchors.centerIn: parent
            width: parent.width
            visible: model.loading === States.Loading.Underway && list.count === 0
            glyph: Icons.loaderCircle
            title: qsTr("Asking for the state")
        }
        EmptyState {
            anchors.centerIn: parent
            width: parent.width
            visible: model.loading === States.Loading.Loaded && list.count === 0
            glyph: Icons.slidersHorizontal
            title: qsTr("Nothing is wanted, and nothing reported")
            text: qsTr("Programs on the device report its state. What somebody wants of it is kept here, and told to it when it is there.")
            action: tab.may ? qsTr("Say what is wanted…") : ""
            onActionTriggered: tab.edit(-1)
        }
        EmptyState {
            anchors.centerIn: parent
            width: parent.width
            visible: model.loading === States.Loading.Failed
            glyph: Icons.circleAlert
            loud: true
            title: qsTr("The state could not be read")
            text: model.errorText
            action: qsTr("Try again")
            onActionTriggered: model.retry()
        }
    }

    Dialog {
        id: wish

        title: tab.editing >= 0 ? qsTr("What is wanted") : qsTr("Say what is wanted")
        text: qsTr("JSON, or a text: true, 7, \"on\", [1, 2]. A device that is away is told when it is back.")
        confirmText: qsTr("Want this")
        ready: valueField.length > 0 && (tab.editing >= 0 || nameField.length > 0)
        onConfirmed: {
            model.asked = "wish";
            if (tab.editing >= 0)
                model.want(tab.editing, valueField.text);
            else
                model.wantNamed(nameField.text, valueField.text);
        }

        TextField {
            id: nameField

            width: parent.width
            label: qsTr("Name")
            hint: qsTr("light.on")
            readOnly: tab.editing >= 0
        }
        TextField {
            id: valueField

            width: parent.width
            label: qsTr("Value")
            hint: qsTr("Value")
            onAccepted: wish.confirm()
        }
        Button {
            id: backButton

            text: qsTr("Want nothing of it any more")
            onClicked: {
                wish.close();
                model.takeBack(tab.editing);
            }
        }
    }
    Dialog {
        id: whole

        property double seen: 0

        title: qsTr("All that is wanted")
        confirmText: qsTr("Want this")
        width: Math.min(Theme.paletteWidth, (parent ? parent.width : Theme.paletteWidth) - 2 * Theme.space16)
        onConfirmed: {
            model.asked = "whole";
            const wrong = model.replace(area.text, seen);
            if (wrong.length > 0)
                refuse(wrong);
        }

        CodeArea {
            id: area

            width: parent.width
            height: Theme.chartHeight * 1.5
            label: qsTr("What is wanted, as JSON")
            onEdited: text => area.text = text
        }
    }
}
