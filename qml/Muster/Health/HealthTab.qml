// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import Muster.Client
import Muster.Controls
import Muster.Frame

/// How a device does: its charts, and the facts about it beside them.
DeviceTab {
    id: tab

    property bool looked: false
    /// The stretch that is looked at closely, in whole seconds since 1970, once it stands still; zeros: none.
    property point stretch: Qt.point(0, 0)
    /// The same as an address wants it, until there is a device to look at.
    property point wish: Qt.point(0, 0)
    /// A stream of its own, which not all devices have.
    readonly property bool live: device.can("live_health")
    readonly property var ranges: live ? known : known.slice(1)
    readonly property var known: [
        {
            "code": "live",
            "name": qsTr("Live"),
            "ms": 300000
        },
        {
            "code": "1h",
            "name": qsTr("1 h"),
            "ms": 3600000
        },
        {
            "code": "24h",
            "name": qsTr("24 h"),
            "ms": 86400000
        },
        {
            "code": "7d",
            "name": qsTr("7 d"),
            "ms": 604800000
        },
        {
            "code": "90d",
            "name": qsTr("90 d"),
            "ms": 7776000000
        }
    ]
    /// What is shown where nothing says otherwise.
    property var usual: known[1]
    readonly property string rangeName: tab.ranges.find(range => range.ms === series.rangeMs)?.name ?? ""
    readonly property bool sideBySide: width >= Theme.wideAbove - Theme.railWidth - 2 * Theme.space24

    beside: RangeChips {
        series: series
        ranges: tab.ranges
    }
    onLiveChanged: {
        // An address asked for it.
        if (!live && series.rangeMs === known[0].ms)
            series.rangeMs = usual.ms;
    }
    onDeviceChanged: {
        if (looked || device.id.length === 0)
            return;
        looked = true;
        // A device that was accepted just now has no history: what moves is what there is to see.
        if (live && clock.now - device.acceptedAt < 2 * known[0].ms)
            usual = known[0];
        series.rangeMs = usual.ms;
    }
    Keys.onPressed: event => {
        const digit = event.key - Qt.Key_1;
        // Those are the browser's.
        if (event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier))
            return;
        // A plus takes Shift on some keyboards.
        if (event.key === Qt.Key_Plus || event.key === Qt.Key_Equal)
            series.zoomBy(2, charts.pointedAt);
        else if (event.key === Qt.Key_Minus)
            series.zoomBy(0.5, charts.pointedAt);
        else if (event.modifiers !== Qt.NoModifier)
            return;
        else if (event.key === Qt.Key_Left)
            series.pan(-0.25);
        else if (event.key === Qt.Key_Right && series.zoomed)
            series.pan(0.25);
        else if (event.key === Qt.Key_Escape && series.zoomed)
            series.endZoom();
        else if (digit >= 0 && digit < tab.ranges.length)
            series.rangeMs = tab.ranges[digit].ms;
        else
            return;
        event.accepted = true;
    }
    Keys.onDownPressed: flick.contentY = Math.min(Math.max(0, flick.contentHeight - flick.height), flick.contentY + Theme.rowHeight)
    Keys.onUpPressed: flick.contentY = Math.max(0, flick.contentY - Theme.rowHeight)

    function look(): void {
        if (wish.x > 0 && series.deviceId.length > 0)
            series.zoom(wish.x * 1000, wish.y * 1000);
        if (series.deviceId.length > 0)
            wish = Qt.point(0, 0);
    }

    Query {
        place: tab.place
        values: ({
                "range": series.rangeMs === tab.usual.ms ? "" : tab.ranges.find(range => range.ms === series.rangeMs)?.code ?? "",
                "from": tab.stretch.x > 0 ? String(tab.stretch.x) : "",
                "to": tab.stretch.x > 0 ? String(tab.stretch.y) : ""
            })
        onAsked: values => {
            tab.looked = true;
            series.rangeMs = (tab.ranges.find(one => one.code === values.range) ?? tab.usual).ms;
            const from = Number(values.from);
            const to = Number(values.to);
            // What is no number is greater than none.
            tab.wish = from > 0 && to > from ? Qt.point(from, to) : Qt.point(0, 0);
            if (tab.wish.x > 0)
                tab.look();
            else if (series.zoomed)
                series.endZoom();
        }
    }
    Connections {
        target: series
        function onDeviceIdChanged(): void {
            tab.look();
        }
        function onZoomedChanged(): void {
            settled.restart();
        }
    }
    Timer {
        id: settled

        // Who drags passes a hundred of them, and browsers count what is written into the address.
        interval: 2 * Theme.calm
        onTriggered: tab.stretch = series.zoomed ? Qt.point(Math.round(series.from / 1000), Math.round(series.to / 1000)) : Qt.point(0, 0)
    }
    HealthSeries {
        id: series

        backend: tab.desk.backend
        // A live stream costs the device something: only while somebody looks.
        deviceId: tab.shown ? tab.deviceId : ""
    }
    FormFlickable {
        id: flick

        anchors.fill: parent
        focus: true
        contentHeight: body.y + body.height + (tab.compact ? Theme.space12 : Theme.space24)

        RangeChips {
            id: chips

            width: parent.width
            visible: !tab.besideShown
            series: series
            ranges: tab.ranges
        }
        Item {
            id: body

            y: chips.visible ? chips.height + Theme.space12 : 0
            width: parent.width
            height: tab.sideBySide ? Math.max(charts.height, side.height) : charts.height + Theme.space16 + side.height

            HealthCharts {
                id: charts

                anchors.left: parent.left
                width: tab.sideBySide ? parent.width - side.width - Theme.space16 : parent.width
                series: series
                lastSeen: tab.device.presence === States.Presence.Online ? 0 : tab.device.evidenceAt
                now: tab.clock.now
                rangeName: tab.rangeName
                viewport: flick
                standsAt: body.y
                columns: tab.compact || width < 2 * Theme.sideColumn ? 1 : 2
            }
            DeviceSide {
                id: side

                anchors.right: parent.right
                y: tab.sideBySide ? 0 : charts.height + Theme.space16
                width: tab.sideBySide ? Theme.sideColumn : parent.width
                device: tab.device
                now: tab.clock.now
                live: tab.link.live
            }
        }
    }
}
