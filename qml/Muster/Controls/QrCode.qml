// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Shapes
import "qrcode.mjs" as Generator

/// A text for a camera: dark on white whatever the theme, with the quiet zone that ISO/IEC 18004 wants.
Rectangle {
    id: code

    property string text
    readonly property int quiet: 4
    /// Squares along an edge.
    readonly property int squares: made === null ? 0 : made.getModuleCount()
    readonly property real square: squares > 0 ? width / (squares + 2 * quiet) : 0
    readonly property var made: make(text)

    function make(wanted: string): var {
        if (wanted.length === 0)
            return null;
        const made = Generator.qrcode(0, "L");
        made.addData(wanted, "Byte");
        made.make();
        return made;
    }

    /// Each run of dark squares in a row, as a line of an SVG path.
    function path(): string {
        let lines = "";
        for (let row = 0; row < squares; ++row) {
            for (let column = 0; column < squares; ++column) {
                if (!made.isDark(row, column))
                    continue;
                const begin = column;
                while (column < squares && made.isDark(row, column))
                    ++column;
                lines += `M${begin} ${row}h${column - begin}v1h${begin - column}z`;
            }
        }
        return lines;
    }

    implicitHeight: width
    color: "white"
    radius: Theme.radiusControl
    visible: squares > 0
    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("QR code")

    Shape {
        x: code.quiet * code.square
        y: code.quiet * code.square
        scale: code.square
        transformOrigin: Item.TopLeft
        preferredRendererType: Shape.GeometryRenderer

        ShapePath {
            strokeWidth: -1
            fillColor: "black"

            PathSvg {
                path: code.path()
            }
        }
    }
}
