-- A device's own record: what it is called, what it is trusted by, and who let it in. Of a token only its SHA-256 is kept; it has none
-- once it was taken back.
CREATE TABLE device (
    id         TEXT COLLATE "C" PRIMARY KEY,
    name       TEXT COLLATE "C" NOT NULL DEFAULT '',
    door       TEXT COLLATE "C" NOT NULL,
    credential TEXT COLLATE "C" NOT NULL CHECK (credential IN ('signed', 'certificate', 'token', 'secret')),
    token_hash BYTEA UNIQUE,
    token_at   BIGINT,
    token_by   TEXT COLLATE "C",
    made_at    BIGINT NOT NULL,
    made_by    TEXT COLLATE "C" NOT NULL
);
INSERT INTO device (id, door, credential, made_at, made_by)
    SELECT device_id, 'signed', 'signed', coalesce(decided_at, first_seen), coalesce(decided_by, '')
    FROM device_key WHERE state = 'accepted';
