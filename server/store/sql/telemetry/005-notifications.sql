-- What happened in the fleet, in one order: who reads it goes on behind the number that was read last, which never comes again.
CREATE TABLE fleet_event (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    device_id TEXT NOT NULL,
    time      INTEGER NOT NULL,
    kind      TEXT NOT NULL,
    method    TEXT NOT NULL DEFAULT '',
    data      TEXT
) STRICT;
CREATE INDEX fleet_event_by_device ON fleet_event (device_id, id);
CREATE INDEX fleet_event_by_age ON fleet_event (time);
