// SPDX-License-Identifier: GPL-3.0-or-later
pragma Singleton

import QtQuick

/// Every colour, size and duration of the dashboard. The values come from resources/theme/tokens.json.
ThemeTokens {
    id: theme

    enum Mode {
        System,
        Dark,
        Light
    }

    property int mode: Theme.System
    /// No animation at all: for pictures, and for people who ask for it.
    property bool still: false

    /// Fingers, not a mouse: everything that is pressed is at least touchTarget large. The window says so.
    property bool touch: false
    /// A phone that lies on its side, or whose keyboard is out: what can be done without makes room. The window says so.
    property bool low: false

    readonly property int tableRow: touch ? touchTarget : rowHeight

    readonly property int quickly: still ? 0 : quick
    readonly property int calmly: still ? 0 : calm

    readonly property string family: interRegular.font.family
    readonly property string monoFamily: monoRegular.font.family
    readonly property string iconFamily: iconFont.font.family

    /// The sixteen colours of a terminal, in its order.
    readonly property list<color> terminal: [terminalBlack, terminalRed, terminalGreen, terminalYellow, terminalBlue, terminalMagenta, terminalCyan, terminalWhite, terminalBrightBlack, terminalBrightRed, terminalBrightGreen, terminalBrightYellow, terminalBrightBlue, terminalBrightMagenta, terminalBrightCyan, terminalBrightWhite]
    /// For names that are told apart by colour; none that stands for a state.
    readonly property list<color> series: [terminalBlue, terminalMagenta, terminalCyan, terminalGreen, terminalBrightBlue, terminalBrightMagenta, terminalBrightCyan, terminalBrightGreen]

    readonly property FontLoader interRegular: FontLoader {
        source: "qrc:/muster/fonts/Inter-Regular.otf"
    }
    readonly property FontLoader interMedium: FontLoader {
        source: "qrc:/muster/fonts/Inter-Medium.otf"
    }
    readonly property FontLoader interSemiBold: FontLoader {
        source: "qrc:/muster/fonts/Inter-SemiBold.otf"
    }
    readonly property FontLoader monoRegular: FontLoader {
        source: "qrc:/muster/fonts/JetBrainsMono-Regular.ttf"
    }
    readonly property FontLoader iconFont: FontLoader {
        source: "qrc:/muster/fonts/lucide.ttf"
    }

    dark: mode === Theme.Dark || (mode === Theme.System && Application.styleHints.colorScheme === Qt.ColorScheme.Dark)
}
