-- A device's own record: what it is called, what it is trusted by, and who let it in. Of a token only its SHA-256 is kept; it has none
-- once it was taken back.
CREATE TABLE device (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL DEFAULT '',
    door       TEXT NOT NULL,
    credential TEXT NOT NULL CHECK (credential IN ('signed', 'certificate', 'token', 'secret')),
    token_hash BLOB UNIQUE,
    token_at   INTEGER,
    token_by   TEXT,
    made_at    INTEGER NOT NULL,
    made_by    TEXT NOT NULL
) STRICT;
INSERT INTO device (id, door, credential, made_at, made_by)
    SELECT device_id, 'signed', 'signed', coalesce(decided_at, first_seen), coalesce(decided_by, '')
    FROM device_key WHERE state = 'accepted';
