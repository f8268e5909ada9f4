// SPDX-License-Identifier: GPL-3.0-or-later
import Muster.Client
import Muster.Controls

/// One API key.
OwnedRow {
    id: row

    required property apiKey entry
    required property real now
    property bool showUser: false

    glyph: Icons.keyRound
    title: entry.name
    about: (showUser ? entry.user + " · " : "") + (entry.expiresAt > 0 ? Format.fill(qsTr("made %1, ends %2"), [Format.ago(entry.createdAt, now), Format.wallTime(entry.expiresAt, now)]) : qsTr("made %1, does not end by itself").arg(Format.ago(entry.createdAt, now)))
    action: qsTr("Remove")
    actionHint: qsTr("Remove the key %1").arg(entry.name)
}
