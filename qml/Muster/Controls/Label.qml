// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic as Basic

/// The one way to show text: never interpreted as markup, whoever wrote it.
Text {
    id: label

    /// What stands beside the pointer: the whole of a text that is cut, unless it is set to something else; empty: nothing.
    property string tip: truncated ? text : ""
    /// Fixed pitch, for what people compare letter by letter.
    property bool mono: false
    property bool strong: false
    property bool secondary: false
    /// All digits equally wide, for figures that change or stand under each other.
    property bool figures: false
    /// Cut with an ellipsis where it does not fit. Texts of unknown length must be; the tests look for others that are cut.
    property bool mayElide: false
    /// Only the beginning of something that is shown whole elsewhere: a cut is as it should be.
    property bool excerpt: false

    textFormat: Text.PlainText
    color: secondary ? Theme.textSecondary : Theme.text
    elide: mayElide ? Text.ElideRight : Text.ElideNone
    renderType: Text.NativeRendering
    font.family: mono ? Theme.monoFamily : Theme.family
    font.pixelSize: mono ? Theme.fontCaption : Theme.fontBody
    font.weight: strong ? Font.DemiBold : Font.Normal
    font.features: figures ? {
        "tnum": 1
    } : {}
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    HoverHandler {
        id: pointer

        enabled: label.tip.length > 0
    }
    Loader {
        active: pointer.hovered && label.tip.length > 0
        // By its address: a Tip is made of a Label.
        source: "Tip.qml"
        onLoaded: {
            const shown = item as Basic.ToolTip;
            shown.parent = label;
            shown.text = Qt.binding(() => label.tip);
            shown.visible = true;
        }
    }
}
