-- Keys, decisions, accounts and the audit: what was acknowledged is never lost.

-- One row for each key that a device id ever presented. The row's id is the id of its approval.
CREATE TABLE device_key (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    device_id   TEXT NOT NULL,
    spki        BLOB NOT NULL,
    key_id      BLOB NOT NULL,
    algorithm   TEXT NOT NULL,
    bits        INTEGER NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'rejected', 'replaced', 'forgotten')),
    first_seen  INTEGER NOT NULL,
    last_seen   INTEGER NOT NULL,
    attempts    INTEGER NOT NULL DEFAULT 1,
    address     TEXT NOT NULL DEFAULT '',
    machine     TEXT NOT NULL DEFAULT '{}',
    agent       TEXT NOT NULL DEFAULT '{}',
    clock_ahead INTEGER NOT NULL DEFAULT 0,
    decided_at  INTEGER,
    decided_by  TEXT,
    UNIQUE (device_id, key_id)
) STRICT;
CREATE INDEX device_key_by_key ON device_key (key_id);
CREATE UNIQUE INDEX one_accepted_key ON device_key (device_id) WHERE state = 'accepted';

CREATE TABLE account (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL UNIQUE COLLATE NOCASE,
    role       TEXT NOT NULL,
    password   TEXT,
    created_at INTEGER NOT NULL
) STRICT;

-- Tokens are random; only their SHA-256 is kept.
CREATE TABLE session (
    id         TEXT PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    account    INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    address    TEXT NOT NULL DEFAULT '',
    client     TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE api_key (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    account    INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER
) STRICT;

-- One-time links: for the first account (account NULL) and for signing in.
CREATE TABLE link (
    token_hash BLOB PRIMARY KEY,
    account    INTEGER REFERENCES account (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE audit (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    time    INTEGER NOT NULL,
    actor   TEXT NOT NULL,
    session TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    method  TEXT NOT NULL,
    target  TEXT NOT NULL DEFAULT '',
    outcome TEXT NOT NULL,
    detail  TEXT NOT NULL DEFAULT '{}'
) STRICT;
