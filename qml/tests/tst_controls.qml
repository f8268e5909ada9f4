// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Muster.Charts
import Muster.Client
import Muster.Controls

Item {
    id: root

    width: 600
    height: 500

    Button {
        id: button

        text: "Press"
        glyph: Icons.check
    }
    Label {
        id: label

        y: 40
        text: "<b>bold</b>"
    }
    TextField {
        id: field

        y: 80
        width: 200
        label: "Name"
    }
    FilterChip {
        id: chip

        y: 120
        text: "Failing"
        count: 1204
    }
    StatusDot {
        id: dot

        y: 160
        presence: States.Presence.Online
        level: States.Level.Ok
    }
    Sparkline {
        id: spark

        y: 180
        values: [100, 200, NaN, 300, 400]
    }
    EmptyState {
        id: empty

        y: 220
        width: 400
        title: "Nothing"
        action: "Again"
    }
    Toasts {
        id: toasts

        anchors.bottom: parent.bottom
    }
    Tabs {
        id: tabs

        y: 10
        x: 300
        width: 200
        names: ["One", "Two"]
    }
    Dialog {
        id: dialog

        title: "Sure?"
        confirmText: "Yes"
    }
    Fact {
        id: fact

        x: 300
        y: 60
        width: 250
        label: "Model"
        value: ""
    }

    TestCase {
        name: "Controls"
        when: windowShown

        SignalSpy {
            id: clicks

            target: button
            signalName: "clicked"
        }
        SignalSpy {
            id: actions

            target: empty
            signalName: "actionTriggered"
        }
        SignalSpy {
            id: confirmations

            target: dialog
            signalName: "confirmed"
        }

        function init(): void {
            failOnWarning(/./);
            clicks.clear();
            actions.clear();
            confirmations.clear();
        }

        function test_buttonsWorkByMouseAndKeyboard(): void {
            mouseClick(button);
            compare(clicks.count, 1);
            button.forceActiveFocus();
            keyClick(Qt.Key_Return);
            keyClick(Qt.Key_Space);
            keyClick(Qt.Key_Enter);
            compare(clicks.count, 4);
            button.enabled = false;
            mouseClick(button);
            compare(clicks.count, 4);
            button.enabled = true;
        }

        function test_labelsShowMarkupAsIs(): void {
            compare(label.textFormat, Text.PlainText);
            verify(label.implicitWidth > 60);
        }

        function test_labelsElideOnlyWhereTheyMay(): void {
            compare(label.elide, Text.ElideNone);
            label.mayElide = true;
            label.width = 20;
            verify(label.truncated);
            label.width = undefined;
            label.mayElide = false;
        }

        function test_fieldsTakeText(): void {
            mouseClick(field);
            verify(field.activeFocus);
            keyClick(Qt.Key_A);
            compare(field.text, "a");
            compare(field.Accessible.name, "Name");
        }

        function test_chipsDoNotTurnThemselvesOver(): void {
            chip.chosen = true;
            mouseClick(chip);
            verify(chip.chosen);
            verify(!chip.checkable);
            compare(chip.Accessible.name, "Failing 1,204");
        }

        function test_everyStateHasAShapeAndAWord_data(): var {
            return [
                {
                    "tag": "well",
                    "presence": States.Presence.Online,
                    "level": States.Level.Ok,
                    "shape": "disc",
                    "word": "Online"
                },
                {
                    "tag": "warning",
                    "presence": States.Presence.Online,
                    "level": States.Level.Warning,
                    "shape": "diamond",
                    "word": "Warning"
                },
                {
                    "tag": "failing",
                    "presence": States.Presence.Online,
                    "level": States.Level.Failing,
                    "shape": "square",
                    "word": "Failing"
                },
                {
                    "tag": "offline, whatever it was",
                    "presence": States.Presence.Offline,
                    "level": States.Level.Failing,
                    "shape": "ring",
                    "word": "Offline"
                },
                {
                    "tag": "never",
                    "presence": States.Presence.Never,
                    "level": States.Level.Unknown,
                    "shape": "hollow square",
                    "word": "Never seen"
                }
            ];
        }
        function test_everyStateHasAShapeAndAWord(data): void {
            dot.presence = data.presence;
            dot.level = data.level;
            compare(dot.shape, data.shape);
            compare(dot.Accessible.name, data.word);
        }

        function test_sparklinesShowGaps(): void {
            const lines = Plot.lines(spark.points, Qt.size(100, 20), 0, spark.last, 0, 1000);
            compare(lines.length, 2);
        }

        function test_emptyStatesOfferAWayOut(): void {
            empty.forceActiveFocus();
            keyClick(Qt.Key_Return);
            compare(actions.count, 1);
        }

        function test_toastsComeAndGo(): void {
            for (let i = 0; i < 5; ++i)
                toasts.show("number " + i, i === 4);
            tryVerify(() => toasts.height > 0);
            compare(toasts.count, 3);
        }

        function test_tabsChangeByKeyboard(): void {
            tabs.currentIndex = 0;
            tabs.itemAt(0).forceActiveFocus();
            keyClick(Qt.Key_Right);
            compare(tabs.currentIndex, 1);
        }

        function test_dialogsConfirmOnPurpose(): void {
            dialog.open();
            tryVerify(() => dialog.opened);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !dialog.visible);
            compare(confirmations.count, 0);
            dialog.open();
            tryVerify(() => dialog.opened);
            keyClick(Qt.Key_Return);
            compare(confirmations.count, 1);
            tryVerify(() => !dialog.visible);
        }

        function test_carefulDialogsBeginAtCancel(): void {
            dialog.danger = true;
            dialog.open();
            tryVerify(() => dialog.opened);
            keyClick(Qt.Key_Return);
            tryVerify(() => !dialog.visible);
            compare(confirmations.count, 0);
            dialog.open();
            tryVerify(() => dialog.opened);
            keyClick(Qt.Key_Tab);
            keyClick(Qt.Key_Return);
            compare(confirmations.count, 1);
            dialog.danger = false;
        }

        function test_factsWithoutAValueShowADash(): void {
            compare(fact.Accessible.name, "Model: ");
            fact.value = "Raspberry Pi 5";
            compare(fact.Accessible.name, "Model: Raspberry Pi 5");
        }

        function test_theThemeHasTwoSides(): void {
            Theme.mode = Theme.Dark;
            const dark = Theme.background.toString();
            Theme.mode = Theme.Light;
            verify(dark !== Theme.background.toString());
            Theme.mode = Theme.System;
        }

        function test_theFontsAreTheOnesInside(): void {
            compare(Theme.family, "Inter");
            compare(Theme.monoFamily, "JetBrains Mono");
            compare(Theme.iconFamily, "lucide");
        }
    }
}
