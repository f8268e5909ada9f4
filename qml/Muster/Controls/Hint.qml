// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

/// What may be written into an empty field.
Label {
    verticalAlignment: Text.AlignVCenter
    mayElide: true
    excerpt: true
    color: Theme.textTertiary
    Accessible.ignored: true
}
