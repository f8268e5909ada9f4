-- Health samples and when each device was last heard: a power cut may cost the last moments, never the file.

-- Small numbers for device ids, so that the key of a chunk is short.
CREATE TABLE series (
    id        INTEGER PRIMARY KEY,
    device_id TEXT NOT NULL UNIQUE
) STRICT;

-- Packed samples (server/store/healthpack.h). tier 0: 10 s, 1: 1 min, 2: 10 min.
CREATE TABLE chunk (
    series INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    tier   INTEGER NOT NULL,
    start  INTEGER NOT NULL,
    data   BLOB NOT NULL,
    PRIMARY KEY (series, tier, start)
) STRICT, WITHOUT ROWID;
-- Samples as they arrived, until the next roll-up packs them into chunks.
CREATE TABLE inbox (
    id     INTEGER PRIMARY KEY,
    series INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    data   BLOB NOT NULL
) STRICT;
CREATE INDEX inbox_by_series ON inbox (series);

CREATE INDEX chunk_by_age ON chunk (tier, start);

CREATE TABLE seen (
    device_id   TEXT PRIMARY KEY,
    evidence_at INTEGER NOT NULL,
    state       TEXT NOT NULL,
    reason      TEXT NOT NULL,
    since       INTEGER NOT NULL,
    boot_id     TEXT NOT NULL DEFAULT '',
    address     TEXT NOT NULL DEFAULT '',
    machine     TEXT NOT NULL DEFAULT '{}',
    agent       TEXT NOT NULL DEFAULT '{}',
    clock_ahead INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
