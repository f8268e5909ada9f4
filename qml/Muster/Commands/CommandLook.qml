// SPDX-License-Identifier: GPL-3.0-or-later
pragma Singleton

import QtQuick
import Muster.Controls

/// The shape and the colour of a command's state; the word beside it comes from Format.commandState().
QtObject {
    function glyph(state: string): string {
        switch (state) {
        case "queued":
            return Icons.hourglass;
        case "sent":
            return Icons.send;
        case "running":
            return Icons.loaderCircle;
        case "done":
            return Icons.circleCheck;
        case "failed":
            return Icons.circleAlert;
        case "expired":
            return Icons.clock;
        case "cancelled":
            return Icons.ban;
        default:
            return Icons.circleDashed;
        }
    }

    function ink(state: string): color {
        switch (state) {
        case "done":
            return Theme.okText;
        case "failed":
            return Theme.failingText;
        case "expired":
            return Theme.warningText;
        case "cancelled":
            return Theme.textTertiary;
        default:
            return Theme.textSecondary;
        }
    }

    function tone(state: string): int {
        return state === "done" ? Chip.Ok : state === "failed" ? Chip.Failing : state === "expired" ? Chip.Warning : state === "cancelled" ? Chip.Neutral : Chip.Accent;
    }
}
