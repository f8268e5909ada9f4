// SPDX-License-Identifier: GPL-3.0-or-later
import Muster.Controls

/// Where else the fleet may be had: a page of a browser belongs to its server, and goes to no other by itself.
Banner {
    id: banner

    /// Host and port of the other server.
    required property string host

    signal openRequested

    glyph: Icons.unplug
    text: qsTr("Another server of this fleet may lead now")
    action: qsTr("Open %1").arg(host)
    onActionTriggered: banner.openRequested()
}
