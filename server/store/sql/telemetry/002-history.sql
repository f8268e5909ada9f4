-- What happened to devices, and what they report of themselves.

CREATE TABLE history (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    series INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    time   INTEGER NOT NULL,
    kind   TEXT NOT NULL CHECK (kind IN ('event', 'presence', 'key', 'command')),
    name   TEXT NOT NULL,
    text   TEXT NOT NULL DEFAULT '',
    data   TEXT,
    source TEXT NOT NULL DEFAULT '',
    who    TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX history_by_device ON history (series, id);
CREATE INDEX history_by_age ON history (time);
-- A device that did not hear our answer reports its events again.
CREATE UNIQUE INDEX event_once ON history (series, name, time, source) WHERE kind = 'event';

CREATE TABLE reported (
    device_id TEXT PRIMARY KEY,
    state     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
