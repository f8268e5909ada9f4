-- Commands: calls that are kept, run once and leave a receipt; and direct calls, once they have ended.

CREATE TABLE command (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT NOT NULL UNIQUE,
    device_id   TEXT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('command', 'call')),
    method      TEXT NOT NULL,
    params      TEXT NOT NULL DEFAULT '{}',
    params_cut  INTEGER NOT NULL DEFAULT 0,
    state       TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'running', 'done', 'failed', 'expired', 'cancelled')),
    account     INTEGER NOT NULL,
    asked_by    TEXT NOT NULL,
    asked_at    INTEGER NOT NULL,
    expires_at  INTEGER,
    sent_at     INTEGER,
    finished_at INTEGER,
    outcome     TEXT,
    outcome_cut INTEGER NOT NULL DEFAULT 0,
    reason      TEXT NOT NULL DEFAULT '',
    bulk        TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX command_by_time ON command (asked_at, id);
CREATE INDEX command_by_device ON command (device_id, asked_at, id);
CREATE INDEX command_by_state ON command (state, asked_at, id);
CREATE INDEX command_by_end ON command (kind, finished_at) WHERE finished_at IS NOT NULL;

-- What is too long for a list, and what proves it: read one at a time.
CREATE TABLE command_proof (
    command INTEGER PRIMARY KEY REFERENCES command (id) ON DELETE CASCADE,
    outcome TEXT,
    message TEXT,
    spki    BLOB
) STRICT;
