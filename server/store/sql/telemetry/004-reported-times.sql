-- Since when each leaf of what a device reports has its value; like `state`, with milliseconds since 1970.
ALTER TABLE reported ADD COLUMN times TEXT NOT NULL DEFAULT '{}';
