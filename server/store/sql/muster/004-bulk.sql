-- How far a call to many is, is asked several times a second, of up to 120,000 rows.
CREATE INDEX command_by_bulk ON command (bulk, state) WHERE bulk <> '';
