// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Client
import Muster.Commands
import Muster.Controls
import Muster.Forms
import Muster.Frame

/// One method: its params to fill in, the call, what came back, and what came back before.
FocusScope {
    id: pane

    required property Desk desk
    readonly property Link link: desk.link
    readonly property Account account: desk.account
    readonly property ServerClock clock: desk.clock
    required property device device
    required property deviceMethod method
    required property CallsModel calls
    required property bool compact
    readonly property bool away: device.presence !== States.Presence.Online
    readonly property bool mayCall: account.session.may("devices.call")
    readonly property string why: !mayCall ? desk.lacks("devices.call") : !link.live ? qsTr("Not live: nothing can be called now.") : ""
    property int shown: 0
    property methodCall result
    property bool strict: false

    /// The answer may stand below what is in view: it is brought there once it is laid out, and told.
    function showResult(): void {
        answer.forceLayout();
        flick.show(answer);
    }

    function tellResult(): void {
        Qt.callLater(showResult);
        Accessible.announce(answer.words);
    }

    signal backRequested
    signal commandRequested(string id)
    signal notice(string text, bool failing)

    function ready(): bool {
        if (why.length > 0)
            return false;
        if (!form.valid) {
            strict = true;
            return false;
        }
        return true;
    }

    function call(): void {
        if (pane.away) {
            leave();
            return;
        }
        if (!ready() || result.underway)
            return;
        shown = calls.call(method.name, form.value);
        result = calls.numbered(shown);
        tellResult();
    }

    /// A call that was made before, to be made again: its params stand in the form.
    function takeHanded(): void {
        const handed = visible && form.forMethod === method.name ? desk.take(what => what.device === device.id && what.method === method.name) : null;
        if (handed !== null)
            form.json = handed.params;
    }

    function leave(): void {
        if (!ready() || result.underway)
            return;
        shown = calls.leave(method.name, form.value, expiry.withinMs);
        result = calls.numbered(shown);
        tellResult();
    }

    onMethodChanged: {
        if (form.forMethod === method.name)
            return;
        form.forMethod = method.name;
        form.schema = method.paramsSchema;
        strict = false;
        shown = 0;
        result = calls.latest(method.name);
        flick.contentY = 0;
        takeHanded();
    }
    onVisibleChanged: takeHanded()
    Keys.onPressed: event => {
        if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && event.modifiers & Qt.ControlModifier) {
            pane.call();
            event.accepted = true;
        }
    }

    SchemaForm {
        id: form

        property string forMethod
    }
    Shortcut {
        sequences: ["Ctrl+Return", "Ctrl+Enter"]
        enabled: pane.visible && pane.method.name.length > 0
        onActivated: pane.call()
    }
    Connections {
        target: pane.calls
        function onChanged(number: int): void {
            if (number === pane.shown || pane.shown === 0)
                pane.result = pane.shown === 0 ? pane.calls.latest(pane.method.name) : pane.calls.numbered(number);
            if (number === pane.shown)
                pane.tellResult();
        }
        function onLeft(method: string, command: string): void {
            pane.notice(qsTr("%1 waits for the device").arg(method), false);
        }
    }
    CommandsModel {
        id: before

        link: pane.link
        active: pane.visible && pane.account.session.may("commands.read")
        deviceId: pane.device.id
    }

    FormFlickable {
        id: flick

        anchors.fill: parent
        contentHeight: column.height + 2 * column.y

        Column {
            id: column

            readonly property int pad: pane.compact ? Theme.space12 : Theme.space20

            anchors.left: parent.left
            anchors.leftMargin: pad
            y: pad
            width: flick.width - 2 * pad
            spacing: Theme.space16

            Column {
                width: parent.width
                spacing: Theme.space4

                Item {
                    width: parent.width
                    height: Math.max(title.implicitHeight, back.visible ? back.height : 0)

                    IconButton {
                        id: back

                        anchors.left: parent.left
                        anchors.leftMargin: -Theme.space8
                        anchors.verticalCenter: parent.verticalCenter
                        visible: pane.compact
                        width: visible ? implicitWidth : 0
                        touch: true
                        glyph: Icons.arrowLeft
                        text: qsTr("Back to the methods")
                        onClicked: pane.backRequested()
                    }
                    Label {
                        id: title

                        anchors.left: back.visible ? back.right : parent.left
                        anchors.verticalCenter: parent.verticalCenter
                        width: Math.min(implicitWidth, parent.width - (back.visible ? back.width - Theme.space8 : 0) - (worker.visible ? worker.width + Theme.space8 : 0))
                        mayElide: true
                        text: pane.method.name
                        mono: true
                        strong: true
                        font.pixelSize: Theme.fontLead
                        Accessible.role: Accessible.Heading
                    }
                    Chip {
                        id: worker

                        anchors.left: title.right
                        anchors.leftMargin: Theme.space8
                        anchors.verticalCenter: parent.verticalCenter
                        visible: pane.method.worker.length > 0
                        width: Math.min(implicitWidth, parent.width / 2)
                        tone: Chip.Accent
                        glyph: Icons.boxes
                        text: pane.compact ? qsTr("worker") : qsTr("worker %1").arg(pane.method.worker.length > 24 ? pane.method.worker.slice(0, 24) + "…" : pane.method.worker)
                    }
                }
                Label {
                    width: parent.width
                    visible: text.length > 0
                    wrapMode: Text.Wrap
                    maximumLineCount: 6
                    mayElide: true
                    text: pane.method.description.length > 0 ? pane.method.summary + "\n" + pane.method.description : pane.method.summary
                    secondary: true
                }
            }
            ParamsForm {
                id: params

                width: parent.width
                form: form
                strict: pane.strict
            }
            Column {
                width: parent.width
                spacing: Theme.space8
                visible: pane.away

                Banner {
                    width: parent.width
                    glyph: Icons.unplug
                    text: pane.device.can("durable_commands") ? qsTr("The device is away. The call can be left for later: it runs once, as soon as the device comes.") : qsTr("The device is away. The call can be left for later: it is made once, when the device comes. This device keeps no books: if the line breaks meanwhile, nobody knows whether it ran, and there is no receipt.")
                }
                Label {
                    text: qsTr("It may wait for")
                    secondary: true
                }
                ExpiryChips {
                    id: expiry

                    width: parent.width
                }
            }
            Flow {
                width: parent.width
                spacing: Theme.space8

                Button {
                    visible: !pane.away
                    primary: true
                    enabled: pane.why.length === 0 && !pane.result.underway
                    glyph: Icons.send
                    text: qsTr("Call")
                    onClicked: pane.call()
                }
                Button {
                    visible: pane.away
                    primary: true
                    enabled: pane.why.length === 0 && !pane.result.underway
                    glyph: Icons.hourglass
                    text: qsTr("Leave it for later")
                    onClicked: pane.leave()
                }
                Label {
                    height: Theme.controlHeight
                    verticalAlignment: Text.AlignVCenter
                    width: Math.min(implicitWidth, column.width)
                    wrapMode: Text.Wrap
                    text: pane.why.length > 0 ? pane.why : pane.strict && !form.valid ? form.firstError() : pane.compact ? "" : qsTr("Ctrl Return")
                    color: pane.strict && !form.valid ? Theme.failingText : Theme.textSecondary
                }
            }
            CallResult {
                id: answer

                width: parent.width
                call: pane.result
                onNotice: (text, failing) => pane.notice(text, failing)
                onCommandRequested: id => pane.commandRequested(id)
            }
            Column {
                width: parent.width
                visible: pane.calls.count > 0
                spacing: Theme.space4

                Label {
                    text: qsTr("Calls to this device since the program started")
                    secondary: true
                    font.weight: Font.Medium
                    Accessible.role: Accessible.Heading
                }
                Repeater {
                    model: pane.calls

                    PastCall {
                        required property methodCall call

                        width: column.width
                        method: call.method
                        words: call.underway ? qsTr("waiting") : call.failed ? call.errorText : call.command.length > 0 ? qsTr("left for later") : qsTr("answered in %1").arg(Format.took(call.tookMs))
                        time: call.at
                        now: pane.clock.now
                        glyph: call.underway ? Icons.loaderCircle : call.failed ? Icons.circleAlert : call.command.length > 0 ? Icons.hourglass : Icons.circleCheck
                        ink: call.failed ? Theme.failingText : call.underway || call.command.length > 0 ? Theme.textSecondary : Theme.okText
                        onClicked: {
                            if (call.command.length > 0)
                                pane.commandRequested(call.command);
                            else if (call.method === pane.method.name) {
                                pane.shown = call.number;
                                pane.result = call;
                                form.json = call.paramsText;
                            }
                        }
                    }
                }
            }
            Column {
                width: parent.width
                visible: {
                    for (let row = 0; row < before.count; ++row) {
                        if (before.at(row).method === pane.method.name && !before.at(row).isCall)
                            return true;
                    }
                    return false;
                }
                spacing: Theme.space4

                Label {
                    text: qsTr("Commands of this method, newest first")
                    secondary: true
                    font.weight: Font.Medium
                    Accessible.role: Accessible.Heading
                }
                Repeater {
                    id: commandsOfMethod

                    model: before

                    PastCall {
                        required property command command

                        width: column.width
                        visible: command.method === pane.method.name && !command.isCall
                        height: visible ? implicitHeight : 0
                        method: command.method
                        words: Format.commandState(command) + (command.outcome.length > 0 ? ": " + command.outcome : "")
                        time: command.askedAt
                        now: pane.clock.now
                        glyph: CommandLook.glyph(command.state)
                        ink: CommandLook.ink(command.state)
                        onClicked: pane.commandRequested(command.id)
                    }
                }
            }
        }
    }
}
