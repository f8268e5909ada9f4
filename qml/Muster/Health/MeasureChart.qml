// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Shapes
import Muster.Charts
import Muster.Client
import Muster.Controls

/// One value of a HealthSeries over time: line, band from least to most, axes, gaps, and a readout under the pointer.
/// Two values may share it (received and sent).
Card {
    id: chart

    required property HealthSeries series
    required property int field
    property int secondField: -1
    property string title
    property string secondTitle
    /// The top of the axis; NaN: what the values need.
    property real fixedHigh: NaN
    property real fixedLow: 0
    /// The least that the top of the axis may be: what is quiet shall look quiet.
    property real leastHigh: 1
    /// The moment that is pointed at, in any chart of the page; NaN for none.
    property real pointedAt: NaN

    // Time runs from left to right, whatever is read how.
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true

    /// What it scrolls in.
    property Flickable viewport
    /// Where it stands in there.
    property real standsAt: 0

    readonly property real low: fixedLow
    property real high: 1
    property real from: 0
    property real to: 1
    property list<point> mean
    property list<point> least
    property list<point> most
    property list<point> second
    property real latest: NaN
    property real secondLatest: NaN
    property list<real> times
    property bool hasData: false
    property real awaitedFrom: NaN
    property real awaitedTo: NaN
    readonly property bool awaited: Plot.isNumber(awaitedFrom)
    readonly property int pointedRow: Plot.isNumber(pointedAt) && pointedAt <= to && hasData ? series.nearestOf(pointedAt, field) : -1
    /// From where on the device's condition is no longer ok; NaN: it is not judged by this.
    property real warning: NaN
    property real failing: NaN
    /// What is being dragged over, in any chart of the page; NaN for nothing.
    property real draggedFrom: NaN
    property real draggedTo: NaN
    readonly property real shown: pointedRow >= 0 ? series.meanAt(pointedRow, field) : latest
    readonly property real secondShown: secondField < 0 ? NaN : pointedRow >= 0 ? series.meanAt(pointedRow, secondField) : secondLatest

    signal pointed(real moment)
    signal dragged(real from, real to)
    /// The person let go: this is to be seen closely.
    signal zoomRequested(real from, real to)

    function refresh(): void {
        from = series.from;
        to = series.to;
        awaitedFrom = series.awaitedFrom;
        awaitedTo = series.awaitedTo;
        mean = series.line(field);
        least = series.lower(field);
        most = series.upper(field);
        latest = series.latest(field);
        second = secondField >= 0 ? series.line(secondField) : [];
        secondLatest = secondField >= 0 ? series.latest(secondField) : NaN;
        const first = series.maximum(field);
        const other = secondField >= 0 ? series.maximum(secondField) : NaN;
        const top = Plot.isNumber(first) && Plot.isNumber(other) ? Math.max(first, other) : Plot.isNumber(first) ? first : other;
        hasData = Plot.isNumber(top);
        high = Plot.isNumber(fixedHigh) ? fixedHigh : Math.max(leastHigh, Plot.ceiling(top * 1.05));
        warning = series.threshold(field, false);
        failing = series.threshold(field, true);
        times = Plot.moments(from, to, Math.max(1, Math.floor(plot.width / (1.25 * Theme.chartAxis))));
    }

    implicitHeight: heading.height + Theme.chartHeight + Theme.chartFooter + 2 * Theme.space16
    Accessible.role: Accessible.Chart
    Accessible.description: [Plot.isNumber(warning) ? qsTr("Warning from %1 on").arg(Format.tick(field, warning)) : "", Plot.isNumber(failing) ? qsTr("failing from %1 on").arg(Format.tick(field, failing)) : ""].filter(part => part.length > 0).join(", ")
    Accessible.name: title + ": " + value.text + (secondField >= 0 ? ", " + secondTitle + ": " + secondValue.text : "")
    Component.onCompleted: refresh()

    Connections {
        target: chart.series
        function onChanged(): void {
            chart.refresh();
        }
    }

    Item {
        id: heading

        x: Theme.space16
        y: Theme.space12
        width: parent.width - 2 * Theme.space16
        height: Theme.space24

        Row {
            id: titles

            anchors.verticalCenter: parent.verticalCenter
            // What is pointed at is worth more than what it is called, where there is no room for both.
            visible: implicitWidth + Theme.space12 + readout.implicitWidth <= heading.width
            spacing: Theme.space8

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                visible: chart.secondField >= 0
                width: Theme.space12
                height: Theme.focusRing
                color: Theme.accent
            }
            Label {
                text: chart.title
                secondary: true
            }
            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                visible: chart.secondField >= 0
                width: Theme.space12
                height: Theme.focusRing
                color: Theme.ok
            }
            Label {
                visible: chart.secondField >= 0
                text: chart.secondTitle
                secondary: true
            }
        }
        Row {
            id: readout

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.space8

            Label {
                readonly property bool pending: chart.awaited && chart.pointedRow < 0 && chart.pointedAt > chart.awaitedFrom && chart.pointedAt < chart.awaitedTo

                anchors.baseline: value.baseline
                visible: chart.pointedRow >= 0 || pending
                text: pending ? qsTr("comes with the device's next report") : visible ? Plot.pointText(chart.series.timeAt(chart.pointedRow), chart.to - chart.from, chart.to) + (chart.secondField < 0 && Plot.isNumber(chart.shown) ? " · " + qsTr("up to %1").arg(Format.health(chart.field, chart.series.mostAt(chart.pointedRow, chart.field))) : "") : ""
                secondary: true
                font.pixelSize: Theme.fontCaption
            }
            Label {
                id: value

                figures: true
                text: Format.health(chart.field, chart.shown)
                strong: true
            }
            Label {
                id: secondValue

                figures: true
                visible: chart.secondField >= 0
                text: visible ? Format.health(chart.secondField, chart.secondShown) : ""
                strong: true
                color: Theme.okText
            }
        }
    }

    Item {
        id: plot

        x: Theme.space16 + Theme.chartAxis
        y: heading.y + heading.height + Theme.space8
        width: Math.max(1, parent.width - x - Theme.space16)
        height: Theme.chartHeight - Theme.space8
        onWidthChanged: chart.refresh()

        InView {
            id: inView

            item: plot
            viewport: chart.viewport
            standsAt: chart.standsAt + plot.y
        }
        Shape {
            anchors.fill: parent
            visible: inView.holds
            preferredRendererType: Shape.CurveRenderer

            ShapePath {
                strokeColor: "transparent"
                fillColor: Theme.accentPanel

                PathMultiline {
                    paths: chart.secondField >= 0 ? [] : Plot.bands(chart.least, chart.most, Qt.size(plot.width, plot.height), chart.from, chart.to, chart.low, chart.high)
                }
            }
            ShapePath {
                strokeColor: Theme.warning
                strokeWidth: Theme.hairline
                fillColor: "transparent"

                PathMultiline {
                    paths: Plot.dashes(chart.warning, Qt.size(plot.width, plot.height), chart.low, chart.high)
                }
            }
            ShapePath {
                strokeColor: Theme.failing
                strokeWidth: Theme.hairline
                fillColor: "transparent"

                PathMultiline {
                    paths: Plot.dashes(chart.failing, Qt.size(plot.width, plot.height), chart.low, chart.high)
                }
            }
            ShapePath {
                strokeColor: Theme.ok
                strokeWidth: Theme.chartStroke
                fillColor: "transparent"
                joinStyle: ShapePath.RoundJoin

                PathMultiline {
                    paths: Plot.lines(chart.second, Qt.size(plot.width, plot.height), chart.from, chart.to, chart.low, chart.high)
                }
            }
            ShapePath {
                strokeColor: Theme.accent
                strokeWidth: Theme.chartStroke
                fillColor: "transparent"
                joinStyle: ShapePath.RoundJoin

                PathMultiline {
                    paths: Plot.lines(chart.mean, Qt.size(plot.width, plot.height), chart.from, chart.to, chart.low, chart.high)
                }
            }
        }
        // Measured, and not reported yet.
        Rectangle {
            visible: chart.awaited
            x: chart.awaited ? (chart.awaitedFrom - chart.from) / (chart.to - chart.from) * plot.width : 0
            width: chart.awaited ? (chart.awaitedTo - chart.awaitedFrom) / (chart.to - chart.from) * plot.width : 0
            height: parent.height
            color: Theme.panelRaised
        }
        Rectangle {
            visible: chart.pointedRow >= 0
            x: chart.pointedRow >= 0 ? (chart.series.timeAt(chart.pointedRow) - chart.from) / (chart.to - chart.from) * plot.width : 0
            width: Theme.hairline
            height: parent.height
            color: Theme.lineStrong
        }
        Rectangle {
            readonly property real start: (Math.min(chart.draggedFrom, chart.draggedTo) - chart.from) / (chart.to - chart.from) * plot.width

            visible: Plot.isNumber(chart.draggedFrom)
            x: visible ? Math.max(0, start) : 0
            width: visible ? Math.abs(chart.draggedTo - chart.draggedFrom) / (chart.to - chart.from) * plot.width : 0
            height: parent.height
            color: Theme.accentPanel
            opacity: Theme.disabledOpacity
            border.width: Theme.hairline
            border.color: Theme.accent
        }
        HoverHandler {
            acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad | PointerDevice.Stylus
            onPointChanged: chart.pointed(hovered ? plot.momentAt(point.position.x) : NaN)
            onHoveredChanged: {
                if (!hovered)
                    chart.pointed(NaN);
            }
        }
        // Sideways alone: up and down a finger scrolls the page. A DragHandler would hear no finger here: what scrolls takes its touches.
        MouseArea {
            property real start: 0
            property bool sideways: false

            anchors.fill: parent
            preventStealing: sideways
            onPressed: mouse => {
                start = mouse.x;
                sideways = false;
            }
            onPositionChanged: mouse => {
                sideways = sideways || Math.abs(mouse.x - start) >= Theme.space8;
                if (sideways)
                    chart.dragged(plot.momentAt(start), plot.momentAt(mouse.x));
            }
            onReleased: mouse => {
                const ends = [plot.momentAt(start), plot.momentAt(mouse.x)];
                chart.dragged(NaN, NaN);
                // Less than this was a slip of the hand.
                if (sideways && Math.abs(mouse.x - start) >= Theme.space8)
                    chart.zoomRequested(Math.min(...ends), Math.max(...ends));
                else if (mouse.source !== Qt.MouseEventNotSynthesized)
                    chart.pointed(chart.pointedRow >= 0 ? NaN : ends[0]); // a finger that taps, and does not hover
                sideways = false;
            }
            onCanceled: {
                sideways = false;
                chart.dragged(NaN, NaN);
            }
        }

        function momentAt(x: real): real {
            return chart.from + Math.max(0, Math.min(1, x / plot.width)) * (chart.to - chart.from);
        }
    }
    Repeater {
        model: [0, 0.5, 1]

        Item {
            id: tick

            required property real modelData

            x: Theme.space16
            y: plot.y + plot.height * (1 - modelData)
            width: chart.width - 2 * Theme.space16

            Rectangle {
                x: Theme.chartAxis
                width: parent.width - Theme.chartAxis
                height: Theme.hairline
                z: -1
                color: Theme.line
                opacity: tick.modelData > 0 ? Theme.disabledOpacity : 1
            }
            Label {
                anchors.verticalCenter: parent.top
                text: Format.tick(chart.field, chart.low + (chart.high - chart.low) * tick.modelData)
                color: Theme.textTertiary
                font.pixelSize: Theme.fontSmall
                Accessible.ignored: true
            }
        }
    }
    Repeater {
        model: chart.times

        Label {
            required property real modelData

            x: plot.x + (modelData - chart.from) / (chart.to - chart.from) * plot.width - width / 2
            y: plot.y + plot.height + Theme.space6
            // One that would be cut, or lie under the figures at the side, is left out.
            visible: x >= plot.x - Theme.space8 && x + width <= chart.width - Theme.space4
            text: Plot.momentText(modelData, chart.to - chart.from)
            color: Theme.textTertiary
            font.pixelSize: Theme.fontSmall
            Accessible.ignored: true
        }
    }
    Label {
        anchors.centerIn: plot
        width: Math.min(implicitWidth, plot.width)
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignHCenter
        visible: !chart.hasData && chart.series.loading === States.Loading.Loaded
        text: qsTr("Not measured in this time")
        color: Theme.textTertiary
        font.pixelSize: Theme.fontCaption
    }
    Rectangle {
        anchors.fill: plot
        visible: chart.series.loading === States.Loading.Underway && !chart.hasData
        radius: Theme.radiusControl
        color: Theme.panelRaised
    }
}
