-- Who has a device beside those who see all of them.
CREATE TABLE device_share (
    device_id TEXT NOT NULL REFERENCES device (id) ON DELETE CASCADE,
    account   INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    PRIMARY KEY (device_id, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX device_share_by_account ON device_share (account);
