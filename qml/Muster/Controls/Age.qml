// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Muster.Client

/// How long ago something was; beside the pointer, when.
Label {
    required property real time
    required property real now

    text: Format.ago(time, now)
    tip: time > 0 ? Format.fullTime(time) : ""
}
