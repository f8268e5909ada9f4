// SPDX-License-Identifier: GPL-3.0-or-later
import Muster.Client
import Muster.Controls

/// One open session.
OwnedRow {
    id: row

    required property openSession entry
    required property real now
    /// Whose it is is not said elsewhere.
    property bool showUser: false

    glyph: Icons.monitor
    title: showUser ? Format.fill(qsTr("%1 · %2"), [entry.user, entry.program]) : entry.program
    about: (entry.current ? qsTr("This one") + " · " : "") + Format.fill(qsTr("from %1, signed in %2"), [entry.address, Format.ago(entry.createdAt, now)])
    action: qsTr("Sign out")
    actionHint: Format.fill(qsTr("Sign out %1 from %2"), [entry.user, entry.address])
}
