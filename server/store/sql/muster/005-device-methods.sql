-- What a device can be asked to do, as it last said: shown while it is away. Compressed JSON (qCompress).
CREATE TABLE device_methods (
    device_id TEXT PRIMARY KEY,
    seen_at   INTEGER NOT NULL, -- ms since 1970, UTC
    document  BLOB NOT NULL
) STRICT, WITHOUT ROWID;
