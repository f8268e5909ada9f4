// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick

/// Keeps what a page is set to (filter, order, tab) in its address, so that a link, a reload and another look lead to the same.
QtObject {
    id: query

    required property Place place
    /// What it is set to, as texts by name; what is empty, or as it begins, need not stand there.
    required property var values
    property bool begun: false
    property bool taking: false
    readonly property Connections watcher: Connections {
        target: query.place
        function onQueryChanged(): void {
            query.take();
        }
    }

    /// An address says otherwise. `values` has texts of anybody's: what does not fit is for the page to leave out.
    signal asked(var values)

    function written(): string {
        return Object.keys(values).filter(name => values[name].length > 0).map(name => name + "=" + encodeURIComponent(values[name])).join("&");
    }

    function take(): void {
        if (place.query === written())
            return;
        const found = {};
        for (const pair of place.query.split("&")) {
            const at = pair.indexOf("=");
            if (at < 1)
                continue;
            try {
                found[pair.slice(0, at)] = decodeURIComponent(pair.slice(at + 1));
            } catch (error) {
                // Badly encoded, by whoever made the link: as if it were not there.
            }
        }
        taking = true;
        asked(found);
        taking = false;
        place.query = written();
    }

    onValuesChanged: {
        if (begun && !taking)
            place.query = written();
    }
    Component.onCompleted: {
        begun = true;
        if (place.query.length > 0)
            take();
    }
}
