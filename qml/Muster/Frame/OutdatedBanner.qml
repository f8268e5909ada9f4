// SPDX-License-Identifier: GPL-3.0-or-later
import Muster.Controls

/// Another version of this program is on the server than the one that runs here.
Banner {
    id: banner

    signal reloadRequested

    glyph: Icons.refreshCw
    text: qsTr("A newer version of this page is on the server")
    action: qsTr("Reload")
    onActionTriggered: banner.reloadRequested()
}
