-- The time by which what is kept grows old, as it was last known: see server/agingclock.h.
CREATE TABLE aging (
    id   BIGINT PRIMARY KEY CHECK (id = 1),
    time BIGINT NOT NULL -- ms since 1970, UTC
);
