-- What people want a device to be. `times` is like `desired`, with milliseconds since 1970 in the place of each leaf.
CREATE TABLE shadow (
    device_id  TEXT PRIMARY KEY,
    desired    TEXT NOT NULL,
    times      TEXT NOT NULL,
    version    INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by TEXT NOT NULL
);
