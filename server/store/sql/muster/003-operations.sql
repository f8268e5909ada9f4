-- A command of a device that was forgotten since: whoever takes the id later has no part in it.
ALTER TABLE command ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0;

-- Written now and then, and empty again: shows whether the file can be written.
CREATE TABLE probe (
    id   INTEGER PRIMARY KEY,
    data BLOB NOT NULL
) STRICT;
