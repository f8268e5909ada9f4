-- The time by which what is kept grows old, as it was last known: see server/agingclock.h.
CREATE TABLE aging (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    time INTEGER NOT NULL -- ms since 1970, UTC
) STRICT;
