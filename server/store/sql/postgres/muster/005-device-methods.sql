-- What a device can be asked to do, as it last said: shown while it is away. Compressed JSON (qCompress).
CREATE TABLE device_methods (
    device_id TEXT COLLATE "C" PRIMARY KEY,
    seen_at   BIGINT NOT NULL, -- ms since 1970, UTC
    document  BYTEA NOT NULL
);
