// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

/// Somewhere that a person can be: a page, or a tab of a device's. Its route is its name, and after a "/" what is looked at there.
QtObject {
    id: place

    required property string name
    required property string title
    required property string glyph
    /// Who has it sees the place; empty: everybody.
    property string permission
    /// How many things wait there for a person.
    property int badge: 0
    /// A page that is reached from the one that it names here, and stands below it.
    property string under
    /// It is about one thing, which its address has to name.
    property bool ofOne: false
    /// It is there until the window closes once it was seen, so that all stands where it was left.
    property bool keeps: false
    /// Its things have addresses of their own, behind a device's: a container's log, a method.
    property bool parts: false
    /// What else a person may call it, or wants to do there: for the palette.
    property list<string> words
    /// What is looked at there can stand in its address.
    property bool subjects: false
    /// A Page.
    required property Component component

    // What the shell says of it:
    /// It is looked at now.
    property bool shown: false
    /// What is looked at there, such as the id of a device; stays while the place is left.
    property string subject
    /// Which of its things is opened, where a tab has `parts`; empty: none.
    property string part
    /// How it is set, as an address says it behind "?"; see Query.
    property string query
}
