-- What people want a device to be. `times` is like `desired`, with milliseconds since 1970 in the place of each leaf.
CREATE TABLE shadow (
    device_id  TEXT COLLATE "C" PRIMARY KEY,
    desired    TEXT COLLATE "C" NOT NULL,
    times      TEXT COLLATE "C" NOT NULL,
    version    BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT COLLATE "C" NOT NULL
);
