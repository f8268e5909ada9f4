// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic as Basic
import Muster.Client
import Muster.Controls
import Muster.Frame

/// Who did what, on what, and who was refused.
Page {
    id: page

    readonly property int margin: compact ? Theme.space12 : Theme.space24
    readonly property bool stacked: width < Theme.commandDetail + Theme.containerList + 3 * Theme.space24
    /// Large text on a phone: the list has to keep some room, so that one field and the time are all there is to find by.
    readonly property bool tight: compact && width < Theme.nameMinimum + Theme.space48
    readonly property bool may: desk.may(place.permission)
    /// The entry that is looked at; an empty id: none.
    property auditEntry opened
    readonly property bool detailed: opened.id.length > 0

    whole: detailed && stacked
    Keys.onEscapePressed: close()

    /// An entry stands in the address, and is a step of the history: back leads to the list.
    function show(id: string): void {
        desk.go("audit" + (id.length > 0 ? "/" + id : ""));
    }

    function look(): void {
        if (opened.id === place.subject)
            return;
        let row = -1;
        for (let at = 0; at < list.count && row < 0; ++at) {
            if (model.at(at).id === place.subject)
                row = at;
        }
        opened = model.at(row);
    }

    function close(): void {
        show("");
        list.forceActiveFocus();
    }

    Connections {
        target: page.place
        function onSubjectChanged(): void {
            page.look();
        }
    }

    AuditModel {
        id: model

        clock: page.clock
        link: page.link
        active: page.may
        onItemsChanged: page.look()
    }
    Query {
        place: page.place
        values: ({
                "who": model.actor,
                "what": model.what,
                "on": model.target,
                "outcome": model.outcome,
                "days": page.span > 0 ? String(page.span / page.spans[1]) : ""
            })
        onAsked: values => {
            whoField.text = values.who ?? "";
            whatField.text = values.what ?? "";
            targetField.text = values.on ?? "";
            page.find();
            model.outcome = ["ok", "refused"].includes(values.outcome) ? values.outcome : "";
            page.span = page.spans.includes(Number(values.days) * page.spans[1]) ? Number(values.days) * page.spans[1] : 0;
        }
    }
    AuditExport {
        id: exporter

        model: model
        onReady: (name, text) => page.saver.save(name, text)
        onFailed: message => page.notice(qsTr("Nothing was saved: %1").arg(message), true)
    }
    Connections {
        target: page.shown ? page.saver : null
        function onSaved(where: string): void {
            page.notice(qsTr("Saved: %1").arg(where), false);
        }
        function onFailed(message: string): void {
            page.notice(message, true);
        }
    }

    PageTitle {
        id: title

        anchors.left: parent.left
        anchors.right: save.left
        anchors.top: parent.top
        anchors.margins: page.margin
        anchors.topMargin: Theme.low ? 0 : page.compact ? Theme.space16 : Theme.space24
        height: Theme.low ? 0 : implicitHeight
        visible: !page.whole && !Theme.low
        text: qsTr("Audit")
        detail: model.loading === States.Loading.Loaded ? (qsTr("%Ln entries", "", model.total)) : ""
    }
    Button {
        id: save

        anchors.right: parent.right
        anchors.rightMargin: page.margin
        anchors.verticalCenter: Theme.low ? undefined : title.verticalCenter
        anchors.top: Theme.low ? filters.top : undefined
        visible: !page.whole && page.may && page.saver !== null
        enabled: exporter.busy || (page.link.live && model.count > 0)
        glyph: exporter.busy ? Icons.x : Icons.download
        text: exporter.busy ? qsTr("Stop, %1 read").arg(Format.count(exporter.read)) : qsTr("Save")
        onClicked: exporter.busy ? exporter.stop() : saveMenu.popup(save, save.width - saveMenu.width, save.height + Theme.space4)

        Menu {
            id: saveMenu

            MenuItem {
                glyph: Icons.fileText
                text: qsTr("All that match, as CSV")
                onTriggered: exporter.begin(AuditExport.Csv)
            }
            MenuItem {
                glyph: Icons.fileText
                text: qsTr("All that match, as JSON lines")
                onTriggered: exporter.begin(AuditExport.JsonLines)
            }
        }
    }
    Flow {
        id: filters

        anchors.left: parent.left
        anchors.right: Theme.low && save.visible ? save.left : parent.right
        anchors.top: title.bottom
        anchors.margins: page.margin
        anchors.topMargin: Theme.low ? Theme.space8 : Theme.space16
        visible: table.visible && page.may
        spacing: Theme.space8

        component Filter: TextField {
            width: page.tight ? filters.width : page.compact ? (filters.width - 2 * Theme.space8) / 3 : Theme.menuWidth
            leftPadding: page.compact ? Theme.space8 : glyph.length > 0 ? Theme.space12 + Theme.icon + Theme.space8 : Theme.space12
            Keys.onEscapePressed: clear()
            Keys.onDownPressed: list.forceActiveFocus()
        }

        Filter {
            id: whoField

            glyph: page.compact ? "" : Icons.user
            hint: qsTr("Who")
            onTextChanged: typing.restart()
        }
        Filter {
            id: whatField

            visible: !page.tight
            glyph: page.compact ? "" : Icons.terminal
            hint: qsTr("What")
            onTextChanged: typing.restart()
        }
        Filter {
            id: targetField

            visible: !page.tight
            glyph: page.compact ? "" : Icons.cpu
            hint: qsTr("On what")
            onTextChanged: typing.restart()
        }
        Timer {
            id: typing

            interval: Theme.calm
            onTriggered: page.find()
        }
        Repeater {
            model: [qsTr("All"), qsTr("Done"), qsTr("Refused")]

            FilterChip {
                required property string modelData
                required property int index
                readonly property string outcome: ["", "ok", "refused"][index]

                height: whoField.height
                visible: !page.tight
                text: modelData
                marked: false
                chosen: model.outcome === outcome
                onClicked: model.outcome = outcome
            }
        }
        ComboBox {
            height: whoField.height
            width: Math.min(Theme.menuWidth, filters.width)
            label: qsTr("From when")
            model: [qsTr("Of all times"), qsTr("The last 24 hours"), qsTr("The last 7 days"), qsTr("The last 30 days")]
            chosen: page.spans.indexOf(page.span)
            onActivated: index => page.span = page.spans[index]
        }
    }

    readonly property list<real> spans: [0, 86400000, 7 * 86400000, 30 * 86400000]
    property real span: 0

    onSpanChanged: model.within = span

    /// What stands in the fields counts from now on.
    function find(): void {
        typing.stop();
        model.actor = whoField.text.trim();
        model.what = whatField.text.trim();
        model.target = targetField.text.trim();
    }

    Card {
        id: table

        anchors.left: parent.left
        anchors.right: page.detailed && !page.stacked ? side.left : parent.right
        anchors.top: filters.bottom
        anchors.bottom: parent.bottom
        anchors.leftMargin: page.margin
        anchors.rightMargin: page.detailed && !page.stacked ? Theme.space16 : page.margin
        anchors.topMargin: Theme.space12
        anchors.bottomMargin: page.compact ? Theme.space8 : page.margin
        visible: !page.whole

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
            Accessible.role: Accessible.Table
            Accessible.name: qsTr("Audit")
            Keys.onReturnPressed: page.show(model.at(currentIndex).id)
            Keys.onPressed: event => {
                if (event.key === Qt.Key_Home)
                    currentIndex = 0;
                else if (event.key === Qt.Key_End)
                    currentIndex = count - 1;
                else
                    return;
                event.accepted = true;
            }

            Basic.ScrollBar.vertical: ScrollBar {}

            delegate: AuditRow {
                width: ListView.view.width
                now: page.clock.now
                compact: page.compact
                current: entry.id === page.opened.id
                focused: ListView.isCurrentItem && ListView.view.activeFocus
                onChosen: {
                    list.currentIndex = index;
                    list.forceActiveFocus();
                    page.show(entry.id);
                }
            }
            footer: Item {
                width: ListView.view.width
                height: model.more ? more.height + Theme.space24 : Theme.space8

                Button {
                    id: more

                    anchors.centerIn: parent
                    visible: model.more
                    text: qsTr("Show older")
                    onClicked: model.loadMore()
                    onActiveFocusChanged: {
                        // Who comes here by Tab sees it.
                        if (activeFocus)
                            list.positionViewAtEnd();
                    }
                }
            }
        }
        EmptyState {
            anchors.centerIn: parent
            width: parent.width
            visible: model.loading === States.Loading.Underway && list.count === 0
            glyph: Icons.loaderCircle
            title: qsTr("Asking for the audit")
        }
        EmptyState {
            anchors.centerIn: parent
            width: parent.width
            visible: model.loading === States.Loading.Loaded && list.count === 0
            glyph: model.filtered ? Icons.searchX : Icons.scrollText
            title: model.filtered ? qsTr("No entry matches") : qsTr("Nothing was done yet")
            text: model.filtered ? "" : qsTr("Every change is written down here, and who was refused one.")
            action: model.filtered ? qsTr("Show all") : ""
            onActionTriggered: page.showAll()
        }
        EmptyState {
            anchors.centerIn: parent
            width: parent.width
            visible: model.loading === States.Loading.Failed
            glyph: Icons.circleAlert
            loud: true
            title: qsTr("The audit could not be read")
            text: model.errorText
            action: qsTr("Try again")
            onActionTriggered: model.retry()
        }
        EmptyState {
            anchors.centerIn: parent
            width: parent.width
            visible: !page.may
            glyph: Icons.lock
            title: qsTr("The audit is not for your role")
            text: qsTr("It takes the permission audit.read: an admin can give it.")
        }
    }

    function showAll(): void {
        whoField.clear();
        whatField.clear();
        targetField.clear();
        span = 0;
        typing.stop();
        model.clearFilters();
    }

    Card {
        id: side

        anchors.right: parent.right
        anchors.rightMargin: page.margin
        anchors.top: page.stacked ? parent.top : table.top
        anchors.topMargin: page.stacked ? page.margin : 0
        anchors.bottom: parent.bottom
        anchors.bottomMargin: page.compact ? Theme.space8 : page.margin
        width: page.stacked ? parent.width - 2 * page.margin : Theme.commandDetail
        visible: page.detailed

        AuditDetail {
            anchors.fill: parent
            anchors.margins: Theme.hairline
            focus: page.detailed
            item: page.opened
            now: page.clock.now
            compact: page.stacked
            onBackRequested: page.close()
            onActorRequested: actor => {
                whoField.text = actor;
                page.find();
            }
            onTargetRequested: target => {
                targetField.text = target;
                page.find();
            }
        }
    }
}
