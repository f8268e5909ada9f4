-- Who has a device beside those who see all of them.
CREATE TABLE device_share (
    device_id TEXT COLLATE "C" NOT NULL REFERENCES device (id) ON DELETE CASCADE,
    account   BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    PRIMARY KEY (device_id, account)
);
CREATE INDEX device_share_by_account ON device_share (account);
