// SPDX-License-Identifier: GPL-3.0-or-later
pragma Singleton

import QtQuick

/// The roles that there are, and the words for them.
QtObject {
    readonly property list<string> names: ["viewer", "operator", "admin", "customer"]
    readonly property list<string> words: [qsTr("Viewer"), qsTr("Operator"), qsTr("Admin"), qsTr("Customer")]
    readonly property list<string> meanings: [qsTr("Looks at devices, logs and waiting keys, and changes nothing."), qsTr("Also accepts keys, calls methods, restarts containers, and sees the audit."), qsTr("Also forgets devices, and decides who may do what."), qsTr("Sees the devices that were shared with them and nothing else, and says what is wanted of those.")]

    function of(role: string): string {
        const at = names.indexOf(role);
        return at < 0 ? role : words[at];
    }
    function meaning(role: string): string {
        return meanings[names.indexOf(role)] ?? "";
    }
}
