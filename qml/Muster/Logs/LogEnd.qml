// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client
import Muster.Controls

/// Below a log: how much of it is here, and whether it goes on.
Item {
    id: foot

    required property LogModel log
    required property LogFilter filter
    required property bool live

    implicitHeight: Math.max(Theme.space24, end.visible ? end.height + Theme.space12 : 0)

    Label {
        anchors.left: parent.left
        anchors.leftMargin: Theme.space16
        anchors.right: parent.right
        anchors.rightMargin: Theme.space16
        anchors.verticalCenter: parent.verticalCenter
        visible: !end.visible && foot.log.count > 0
        mayElide: true
        text: {
            const all = foot.log.count;
            const parts = [foot.filter.filtering ? qsTr("%1 of %Ln lines", "", all).arg(Format.count(foot.filter.count)) : qsTr("%Ln lines", "", all)];
            if (foot.log.dropped > 0)
                parts.push(qsTr("%Ln older ones fell out", "", foot.log.dropped));
            if (!foot.live)
                parts.push(qsTr("not live"));
            else if (foot.log.paused)
                parts.push(foot.log.waiting ? qsTr("paused, more waits") : qsTr("paused"));
            return parts.join(" · ");
        }
        color: foot.log.paused || !foot.live ? Theme.warningText : Theme.textTertiary
        font.pixelSize: Theme.fontSmall
    }
    Banner {
        id: end

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.space8
        anchors.verticalCenter: parent.verticalCenter
        visible: foot.log.ended
        failing: foot.log.errorText.length > 0
        glyph: failing ? Icons.circleAlert : Icons.square
        text: failing ? qsTr("The log broke off: %1").arg(foot.log.errorText) : foot.log.containers.length > 1 ? qsTr("The logs end here: the containers have stopped. They go on when those are started.") : qsTr("The log ends here: the container has stopped. It goes on when that is started.")
        action: foot.live ? qsTr("Read again") : ""
        onActionTriggered: {
            foot.log.paused = false;
            foot.log.retry();
        }
    }
}
