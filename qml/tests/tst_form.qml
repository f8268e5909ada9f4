// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Muster.Controls
import Muster.Forms

Item {
    id: root

    width: 900
    height: 700

    SchemaForm {
        id: form
    }
    ParamsForm {
        id: params

        width: root.width
        form: form
    }
    Tabs {
        id: tabs

        y: 660
        width: 400
        names: ["One", "Two", "Three"]
    }

    TestCase {
        name: "Form"
        when: windowShown

        function initTestCase(): void {
            form.schema = {
                "type": "object",
                "required": ["speed", "mode"],
                "x-order": ["speed", "mode", "dry", "tags", "place", "extra"],
                "properties": {
                    "speed": {
                        "type": "integer",
                        "minimum": 1,
                        "maximum": 90
                    },
                    "mode": {
                        "enum": ["gentle", "steep"]
                    },
                    "dry": {
                        "type": "boolean",
                        "default": false
                    },
                    "tags": {
                        "type": "array",
                        "items": {
                            "type": "string"
                        }
                    },
                    "place": {
                        "type": "object",
                        "properties": {
                            "x": {
                                "type": "number"
                            }
                        }
                    },
                    "extra": {}
                }
            };
        }

        function init(): void {
            failOnWarning(/./);
            form.json = "{}";
            params.strict = false;
        }

        // All that is drawn below an item.
        function all(item: Item): var {
            let found = [item];
            for (const child of item.children)
                found = found.concat(all(child));
            return found;
        }

        function field(path: string): FormField {
            return all(params).find(item => item instanceof FormField && item.path === path) as FormField;
        }

        function shows(text: string): bool {
            return all(params).some(item => item instanceof Label && item.visible && item.text === text);
        }

        function test_eachKindHasItsField(): void {
            compare(field("speed").editor instanceof TextField, true);
            compare(field("mode").editor instanceof ComboBox, true);
            compare(field("dry").editor instanceof ComboBox, true);
            compare(field("tags").editor instanceof TextField, true);
            compare(field("place").editor, null);
            compare(field("place.x").editor instanceof TextField, true);
            compare(field("extra").editor instanceof CodeArea, true);
            verify(field("place.x").leftPadding > field("speed").leftPadding);
        }

        function test_typingWritesTheJson(): void {
            params.takeFocus();
            keyClick("4");
            keyClick("2");
            compare(JSON.parse(form.json).speed, 42);
            verify(form.json.includes("\"speed\": 42"));
            keyClick(Qt.Key_Tab);
            keyClick(Qt.Key_Down);
            compare(JSON.parse(form.json).mode, "gentle");
            verify(form.valid);
        }

        function test_theJsonWritesTheFields(): void {
            form.json = "{\"speed\": 7, \"tags\": [\"a\", \"b\"], \"dry\": true}";
            compare((field("speed").editor as TextField).text, "7");
            compare((field("tags").editor as TextField).text, "a, b");
            compare((field("dry").editor as ComboBox).displayText, "true");
            form.json = "{\"speed\": ";
            verify(form.jsonError.length > 0);
            compare((field("speed").editor as TextField).text, "7");
        }

        function test_mistakesAreToldOnceTheyMatter(): void {
            verify(!shows("This is needed"));
            params.strict = true;
            verify(shows("This is needed"));
            params.takeFocus();
            keyClick("9");
            keyClick("9");
            verify(shows("This must be at most 90"));
            compare(form.firstError(), "speed: This must be at most 90");
        }

        function test_tabLeavesTheJson(): void {
            const code = field("extra").editor;
            code.forceActiveFocus();
            keyClick("1");
            compare(JSON.parse(form.json).extra, 1);
            keyClick(Qt.Key_Tab);
            verify(!code.activeFocus);
        }

        function test_tabsGoByArrows(): void {
            tabs.currentIndex = 0;
            tabs.itemAt(0).forceActiveFocus();
            keyClick(Qt.Key_Right);
            keyClick(Qt.Key_Right);
            compare(tabs.currentIndex, 2);
            keyClick(Qt.Key_Left);
            compare(tabs.currentIndex, 1);
        }
    }
}
