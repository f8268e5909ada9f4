-- Written now and then, and empty again: shows whether the file can be written.
CREATE TABLE probe (
    id   INTEGER PRIMARY KEY,
    data BLOB NOT NULL
) STRICT;
